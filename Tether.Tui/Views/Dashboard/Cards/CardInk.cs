using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>A shell command with its programs, paths and hosts made to stand out, and in warning colours whatever a person should see before he says yes.</summary>
internal sealed class CardInk(Scheme scheme, CommandFacts? facts, string directory)
{
    private const string Operators = ";|&<>(){}\n";
    private const int LeastNeedle = 3;

    /// <summary>How a mark is said in a word.</summary>
    public static string Word(MarkKind kind) => kind switch
    {
        MarkKind.Outside => "outside its directory",
        MarkKind.Network => "network",
        MarkKind.Secret => "secrets",
        MarkKind.Deletion => "deletes",
        MarkKind.Privilege => "another user's rights",
        MarkKind.Code => "runs text as code",
        _ => "cannot be read",
    };

    public Style StyleOf(MarkKind kind) =>
        kind is MarkKind.Secret or MarkKind.Deletion or MarkKind.Privilege or MarkKind.Code ? scheme.Failed : scheme.NeedsYou;

    /// <summary>One line of a command, piece by piece.</summary>
    public IEnumerable<CardPiece> Pieces(string line)
    {
        var isProgram = true;
        for (var at = 0; at < line.Length;)
        {
            var end = line[at] is ' ' or '\t' ? Blanks(line, at) : Operators.Contains(line[at], StringComparison.Ordinal) ? at + 1 : Word(line, at);
            var word = line[at..end];
            if (word[0] is ' ' or '\t')
            {
                yield return new CardPiece(VisibleText.Line(word), scheme.Text);
            }
            else if (Operators.Contains(word[0], StringComparison.Ordinal))
            {
                isProgram = word[0] is not ('<' or '>');
                yield return new CardPiece(word, scheme.Muted);
            }
            else
            {
                yield return new CardPiece(VisibleText.Line(word), StyleOf(word, isProgram));
                isProgram = isProgram && IsAssignment(word);
            }

            at = end;
        }
    }

    private static int Blanks(string line, int at)
    {
        while (at < line.Length && line[at] is (' ' or '\t'))
        {
            at++;
        }

        return at;
    }

    // Quoted parts belong to their word, blanks and operators in them too.
    private static int Word(string line, int at)
    {
        var quote = '\0';
        for (; at < line.Length; at++)
        {
            var sign = line[at];
            if (quote == '\0' && (sign is ' ' or '\t' || Operators.Contains(sign, StringComparison.Ordinal)))
            {
                break;
            }

            if (sign == '\\' && quote != '\'')
            {
                at++;
            }
            else if (sign is '\'' or '"')
            {
                quote = quote == '\0' ? sign : quote == sign ? '\0' : quote;
            }
        }

        return Math.Min(at, line.Length);
    }

    private static bool IsAssignment(string word) => word.IndexOf('=', StringComparison.Ordinal) is var sign and > 0 && word.AsSpan(0, sign).IndexOfAnyExceptInRange('0', 'z') < 0;

    private Style StyleOf(string word, bool isProgram)
    {
        if (facts is null)
        {
            return scheme.Text;
        }

        var bare = word.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var path = PathOf(bare);
        if (facts.Marks.Where(mark => IsAbout(mark.Text, bare, path)).OrderByDescending(mark => StyleOf(mark.Kind) == scheme.Failed).FirstOrDefault() is { } about)
        {
            return StyleOf(about.Kind);
        }

        return isProgram && facts.Programs.Any(program => program == bare || Path.GetFileName(program) == Path.GetFileName(bare)) ? scheme.Strong
            : facts.Hosts.Any(host => bare.Contains(host, StringComparison.OrdinalIgnoreCase)) ? scheme.Working
            : facts.Paths.Contains(path) ? scheme.Focus
            : scheme.Text;
    }

    private static bool IsAbout(string mark, string word, string path) =>
        mark == word || mark == path || (mark.Length >= LeastNeedle && word.Contains(mark, StringComparison.Ordinal));

    private string PathOf(string word)
    {
        if (word.Contains('\0', StringComparison.Ordinal) || !directory.StartsWith('/'))
        {
            return word;
        }

        var full = Path.GetFullPath(Path.Combine(directory, word));
        return full.Length > 1 ? full.TrimEnd('/') : full;
    }
}
