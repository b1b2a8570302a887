using System.Globalization;
using System.Text;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>`$'…'`: `\n \t \\ \a \b \e \E \f \r \v \? \" \nnn \xHH \uHHHH \UHHHHHHHH` as in bash's manual.</summary>
internal static class AnsiQuotes
{
    /// <summary>From behind the opening quote, up to and with the closing one.</summary>
    public static void Read(ShellInput input, WordBuilder word)
    {
        word.Quote();
        for (var c = input.TakeRaw(); c != '\''; c = input.TakeRaw())
        {
            if (c == '\\')
            {
                ReadEscape(input, word);
            }
            else
            {
                word.AddQuoted(c);
            }
        }
    }

    private static void ReadEscape(ShellInput input, WordBuilder word)
    {
        var c = input.TakeRaw();
        switch (c)
        {
            case 'n': word.AddQuoted('\n'); break;
            case 't': word.AddQuoted('\t'); break;
            case 'r': word.AddQuoted('\r'); break;
            case 'a': word.AddQuoted('\a'); break;
            case 'b': word.AddQuoted('\b'); break;
            case 'e' or 'E': word.AddQuoted('\u001b'); break;
            case 'f': word.AddQuoted('\f'); break;
            case 'v': word.AddQuoted('\v'); break;
            case '\\' or '?' or '"': word.AddQuoted(c); break;
            case 'x': AddCode(word, Digits(input, 16, 2), isByte: true); break;
            case 'u': AddCode(word, Digits(input, 16, 4), isByte: false); break;
            case 'U': AddCode(word, Digits(input, 16, 8), isByte: false); break;
            case >= '0' and <= '7':
                input.Position--;
                AddCode(word, Digits(input, 8, 3), isByte: true);
                break;

            // `\'` ends the quotes where a shell does not know $'…'.
            default: throw new UnreadableException($"`\\{c}` stands in a $'…'");
        }
    }

    private static uint Digits(ShellInput input, int numberBase, int most)
    {
        var start = input.Position;
        while (input.Position - start < most && (numberBase == 16 ? char.IsAsciiHexDigit(input.Raw) : input.Raw is >= '0' and <= '7'))
        {
            input.Position++;
        }

        if (input.Position == start)
        {
            throw new UnreadableException("an escape in a $'…' lacks its digits");
        }

        var digits = input.From(start);
        return numberBase == 16
            ? uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : digits.Aggregate(0u, (sum, digit) => (sum * 8) + (uint)(digit - '0'));
    }

    private static void AddCode(WordBuilder word, uint code, bool isByte)
    {
        if (code == 0 || (isByte && code > 127) || !Rune.IsValid(code))
        {
            throw new UnreadableException("a $'…' has a byte that is no character of its own");
        }

        foreach (var c in new Rune(code).ToString())
        {
            word.AddQuoted(c);
        }
    }
}
