using System.Text;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>Reads words: quotes, backslashes, and what <see cref="ExpansionParser"/> reads inside them.</summary>
internal sealed class WordParser(ShellInput input, CommandParser commands)
{
    private readonly ExpansionParser _expansions = new(input, commands);

    /// <summary>Reads the word that begins here; what follows it is not taken.</summary>
    /// <exception cref="UnreadableException">There is none, or it is not read alike by all shells.</exception>
    public ShellWord Read()
    {
        _ = input.Current;
        var start = input.Position;
        var word = new WordBuilder();
        ReadTilde(word);
        while (!ShellInput.IsWordEnd(input.Current))
        {
            ReadPiece(word, start);
        }

        if (input.Position == start)
        {
            throw new UnreadableException(input.IsAtEnd ? "a word is missing at the end" : $"a word is missing before `{input.Current}`");
        }

        return word.Build(input.From(start));
    }

    /// <summary>Reads `<(…)` or `>(…)`, and what hangs on to it.</summary>
    public ShellWord ReadProcessSubstitution()
    {
        var start = input.Position;
        commands.RefuseInPosix("a process substitution");
        input.Take();
        input.Take();
        var body = commands.ParseSubstitution();
        return ShellInput.IsWordEnd(input.Current)
            ? ShellWord.Unknown(input.From(start)) with { Substitutions = [new ShellNode.Scope(body)] }
            : throw new UnreadableException("something hangs on to a process substitution");
    }

    /// <summary>Reads a here-document's body, which is expanded as between double quotes but for the quotes.</summary>
    public ShellWord ReadDocument(string source)
    {
        var word = new WordBuilder();
        word.Quote();
        while (!input.IsAtEnd)
        {
            ReadExpandedPiece(word, isInQuotes: false);
        }

        return word.Build(source);
    }

    private void ReadTilde(WordBuilder word)
    {
        if (input.Current == '~')
        {
            if (input.Following == '/' || ShellInput.IsWordEnd(input.Following))
            {
                word.IsTilde = true;
            }
            else
            {
                word.AddUnknown();
            }
        }
        else if (input.Current == '=' && !ShellInput.IsWordEnd(input.Following))
        {
            // zsh puts a program's path here.
            word.AddUnknown();
        }
    }

    private void ReadPiece(WordBuilder word, int start)
    {
        var c = input.Current;
        switch (c)
        {
            case '\\':
                input.Take();
                word.AddQuoted(input.TakeRaw());
                break;
            case '\'':
                input.Take();
                ReadSingleQuoted(word);
                break;
            case '"':
                input.Take();
                ReadDoubleQuoted(word);
                break;
            case '$' when input.Following == '\'':
                commands.RefuseInPosix("$'…'");
                input.Take();
                input.Take();
                AnsiQuotes.Read(input, word);
                break;
            case '$' when input.Following == '"':
                // Translated, in a language that has a translation.
                commands.RefuseInPosix("$\"…\"");
                input.Take();
                input.Take();
                word.AddUnknown();
                ReadDoubleQuoted(word);
                break;
            case '$':
                _expansions.ReadDollar(word, isInQuotes: false);
                break;
            case '`':
                _expansions.ReadBackticks(word, isInQuotes: false);
                break;
            case '*' or '?':
                input.Take();
                word.AddGlob(c);
                break;
            case '[' when input.Position > start || !ShellInput.IsWordEnd(input.Following):
                input.Take();
                word.AddGlob(c);
                break;
            default:
                if (ShellInput.IsStrange(c))
                {
                    throw new UnreadableException($"it has a strange blank or an invisible character (U+{(int)c:X4})");
                }

                word.Add(input.Take());
                break;
        }
    }

    private void ReadSingleQuoted(WordBuilder word)
    {
        word.Quote();
        for (var c = input.TakeRaw(); c != '\''; c = input.TakeRaw())
        {
            word.AddQuoted(c);
        }
    }

    /// <summary>Up to and with the closing quote.</summary>
    private void ReadDoubleQuoted(WordBuilder word)
    {
        word.Quote();
        while (input.Current != '"')
        {
            if (input.IsAtEnd)
            {
                throw new UnreadableException("a double quote is not closed");
            }

            ReadExpandedPiece(word, isInQuotes: true);
        }

        input.Take();
    }

    private void ReadExpandedPiece(WordBuilder word, bool isInQuotes)
    {
        switch (input.Current)
        {
            case '\\' when input.Escaped is '$' or '`' or '\\' || (isInQuotes && input.Escaped == '"'):
                input.Take();
                word.AddQuoted(input.TakeRaw());
                break;
            case '$':
                _expansions.ReadDollar(word, isInQuotes: true);
                break;
            case '`':
                _expansions.ReadBackticks(word, isInQuotes);
                break;
            case ShellInput.End:
                throw new UnreadableException("the text ends in the middle");
            default:
                word.AddQuoted(input.Take());
                break;
        }
    }

    /// <summary>Reads the word behind an operator inside `${…}`, up to and with the closing brace.</summary>
    public static void ReadBraceRest(ShellInput input, ExpansionParser expansions, WordBuilder word, bool isInQuotes)
    {
        while (true)
        {
            var c = input.Current;
            switch (c)
            {
                case '}':
                    input.Take();
                    return;
                case ShellInput.End:
                    throw new UnreadableException("a `${` is not closed");
                case '\\':
                    input.Take();
                    input.TakeRaw();
                    break;
                case '\'' when isInQuotes:
                    throw new UnreadableException("a single quote stands in a `${…}` between double quotes");
                case '\'':
                    input.Take();
                    while (input.TakeRaw() != '\'')
                    {
                    }

                    break;
                case '"':
                    input.Take();
                    expansions.SkipDoubleQuoted(word);
                    break;
                case '$':
                    if (input.Following is '\'' or '"')
                    {
                        throw new UnreadableException("a `$` and a quote stand in a `${…}`");
                    }

                    expansions.ReadDollar(word, isInQuotes);
                    break;
                case '`':
                    expansions.ReadBackticks(word, isInQuotes);
                    break;
                case '{' or '(' or '<' or '>':
                    throw new UnreadableException($"a `{c}` stands in a `${{…}}`");
                default:
                    input.Take();
                    break;
            }
        }
    }
}
