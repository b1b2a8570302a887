using System.Buffers;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>Reads simple commands and function definitions of the form `name () …`.</summary>
internal sealed class SimpleCommandParser(ShellInput input, CommandParser commands)
{
    // With what a joined line leaves in the source.
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_\\\n");

    private readonly RedirectionParser _redirections = new(input, commands);

    public ShellNode Parse()
    {
        commands.Count();
        _ = input.Current;
        var start = input.Position;
        var words = new List<ShellWord>();
        var assignments = new List<ShellAssignment>();
        var redirections = new List<ShellRedirection>();
        while (true)
        {
            input.SkipBlanks();
            if (_redirections.TryRead() is { } redirection)
            {
                redirections.Add(redirection);
                continue;
            }

            var c = input.Current;
            if (c == '(')
            {
                return words is [var name] && assignments.Count == 0 && redirections.Count == 0 ? ParseFunction(name)
                    : throw new UnreadableException("a parenthesis stands inside a command");
            }

            if (c == '#' || (ShellInput.IsWordEnd(c) && !IsProcessSubstitution()))
            {
                break;
            }

            var word = IsProcessSubstitution() ? commands.Words.ReadProcessSubstitution() : commands.Words.Read();
            commands.Documents.RefuseLines(word);
            if (input.Current is '<' or '>' && word.Literal is { } text && text.StartsWith('{'))
            {
                throw new UnreadableException("a redirection sets a variable");
            }

            if (words.Count == 0 && word.AssignmentLength > 0)
            {
                assignments.Add(AssignmentParser.Make(word, input, commands));
            }
            else
            {
                RefuseSubscripts(word, words.Count);
                words.Add(word);
            }
        }

        if (words.Count + assignments.Count + redirections.Count == 0)
        {
            throw new UnreadableException(input.IsAtEnd ? "a command is missing at the end" : $"a command is missing before `{input.Current}`");
        }

        return new ShellNode.Simple(new ShellCommand
        {
            Source = input.From(start).TrimEnd(),
            Words = words,
            Assignments = assignments,
            Redirections = redirections,
        });
    }

    public ShellNode? ParseRedirectionsOnly()
    {
        var start = input.Position;
        var redirections = new List<ShellRedirection>();
        input.SkipBlanks();
        while (_redirections.TryRead() is { } redirection)
        {
            redirections.Add(redirection);
            input.SkipBlanks();
        }

        return redirections.Count == 0 ? null
            : new ShellNode.Simple(new ShellCommand { Source = input.From(start).Trim(), Redirections = redirections });
    }

    private bool IsProcessSubstitution() => input.Current is '<' or '>' && input.Following == '(';

    // NAME[…]=…: bash reads the subscript to its bracket, over blanks and comment signs, and works it out as arithmetic.
    private static void RefuseSubscripts(ShellWord word, int index)
    {
        var bracket = word.Source.IndexOf('[', StringComparison.Ordinal);
        if (index == 0 && bracket > 0 && word.Source.AsSpan(0, bracket).IndexOfAnyExcept(NameLetters) < 0)
        {
            throw new UnreadableException("an element of an array may be set");
        }
    }

    private ShellNode.Choice ParseFunction(ShellWord name)
    {
        input.Take();
        input.SkipBlanks();
        if (input.Take() != ')' || name.Literal is not { } literal || name.IsQuoted)
        {
            throw new UnreadableException("a parenthesis stands inside a command");
        }

        commands.SkipLines();
        return new ShellNode.Choice([commands.ParseBody()], literal);
    }
}
