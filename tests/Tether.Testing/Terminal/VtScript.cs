using System.Globalization;
using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Testing.Terminal;

/// <summary>
/// One test of a <c>.vt</c> file. Tests are separated by empty lines and begin with <c># what is tested</c>; then a command a line:
/// <code>
/// size 5x2          a new terminal
/// feed "abc\e[H"    \e \r \n \b \t \a \\ \" \xNN (a byte) and \u{NNNN} (a character)
/// resize 8x2
/// cursor 0,4        0-based
/// pending yes
/// screen |abc|      one | | a row, on this line and the next ones; trailing blanks do not count
/// scrollback |abc|  likewise, oldest first
/// answer "\e[0n"    all answers since the last look, joined
/// hidden "\e[5n"    all hidden bytes since the last look, joined
/// title "text"
/// wide 0,2          the cell is the left half of a wide character
/// bold 0,2          also italic, underline, inverse: the cell has it
/// </code>
/// </summary>
public sealed class VtScript
{
    private readonly List<string> _lines = [];
    private TestTerminal _terminal = TestTerminal.Of(80, 24);

    private VtScript(string name) => Name = name;

    public string Name { get; }

    public static IEnumerable<VtScript> Load(string file)
    {
        VtScript? script = null;
        foreach (string line in File.ReadLines(file).Append(""))
        {
            if (line.Length == 0)
            {
                if (script is { _lines.Count: > 0 })
                {
                    yield return script;
                }

                script = null;
            }
            else if (line[0] == '#' && script is null)
            {
                script = new VtScript($"{Path.GetFileNameWithoutExtension(file)}: {line[1..].Trim()}");
            }
            else if (line[0] != '#')
            {
                (script ??= new VtScript($"{Path.GetFileNameWithoutExtension(file)}: unnamed"))._lines.Add(line);
            }
        }
    }

    /// <summary>What the test feeds, a terminal's size at a time.</summary>
    public IEnumerable<(int Columns, int Rows, byte[] Bytes)> Streams()
    {
        (int columns, int rows) = (80, 24);
        var bytes = new List<byte>();
        foreach (string line in _lines)
        {
            if (line.StartsWith("feed ", StringComparison.Ordinal))
            {
                bytes.AddRange(Unquote(line[5..].Trim()));
            }
            else if (line.StartsWith("size ", StringComparison.Ordinal))
            {
                if (bytes.Count > 0)
                {
                    yield return (columns, rows, [.. bytes]);
                }

                bytes.Clear();
                (columns, rows) = Pair(line[5..], 'x');
            }
        }

        yield return (columns, rows, [.. bytes]);
    }

    /// <summary>Null if the test passes, else what differed.</summary>
    public string? Run()
    {
        for (int i = 0; i < _lines.Count; i++)
        {
            string[] words = _lines[i].Split(' ', 2);
            string argument = words.Length > 1 ? words[1].Trim() : "";
            List<string> rows = [];
            if (words[0] is "screen" or "scrollback")
            {
                if (argument.Length > 0)
                {
                    rows.Add(argument);
                }

                while (i + 1 < _lines.Count && _lines[i + 1].TrimStart().StartsWith('|'))
                {
                    rows.Add(_lines[++i].Trim());
                }
            }

            if (Do(words[0], argument, rows) is { } difference)
            {
                return $"{_lines[i]}\n{difference}";
            }
        }

        return null;
    }

    private string? Do(string command, string argument, List<string> rows)
    {
        switch (command)
        {
            case "size":
                (int columns, int height) = Pair(argument, 'x');
                _terminal = TestTerminal.Of(columns, height);
                return null;
            case "resize":
                (int newColumns, int newRows) = Pair(argument, 'x');
                _terminal.Emulator.Resize(newColumns, newRows);
                return null;
            case "feed":
                _terminal.Feed(Unquote(argument));
                return null;
            case "cursor":
                return Compare($"{Pair(argument, ',')}", $"{_terminal.Cursor}");
            case "pending":
                return Compare(argument, _terminal.Emulator.IsPendingWrap ? "yes" : "no");
            case "screen":
                return CompareRows(rows, _terminal.Lines);
            case "scrollback":
                return CompareRows(rows, _terminal.ScrollbackLines);
            case "answer":
                return CompareAndClear(argument, _terminal.Answers);
            case "hidden":
                return CompareAndClear(argument, _terminal.Hidden);
            case "title":
                return Compare(Encoding.UTF8.GetString(Unquote(argument)), _terminal.Emulator.Title);
            default:
                return CheckCell(command, Pair(argument, ','));
        }
    }

    private string? CheckCell(string what, (int Row, int Column) at)
    {
        Style style = _terminal.StyleAt(at.Row, at.Column);
        bool holds = what switch
        {
            "wide" => _terminal.CellAt(at.Row, at.Column).Width == CellWidth.Wide,
            "bold" => style.Has(StyleFlags.Bold),
            "italic" => style.Has(StyleFlags.Italic),
            "underline" => style.Underline != UnderlineKind.None,
            "inverse" => style.Has(StyleFlags.Inverse),
            _ => throw new FormatException($"'{what}' is not a command of a .vt file"),
        };
        return holds ? null : $"the cell is {style}";
    }

    private static string? CompareRows(List<string> wanted, string[] found)
    {
        string[] texts = [.. wanted.Select(row => row.Trim('|').TrimEnd())];
        return texts.SequenceEqual(found) ? null : $"want\n{Picture(texts)}\ngot\n{Picture(found)}";
    }

    private static string? CompareAndClear(string wanted, List<string> found)
    {
        string all = string.Concat(found);
        found.Clear();
        return Compare(Encoding.Latin1.GetString(Unquote(wanted)), all);
    }

    private static string? Compare(string wanted, string found) => wanted == found ? null : $"want {Show(wanted)} got {Show(found)}";

    private static string Show(string text) => text.Replace("\e", "\\e", StringComparison.Ordinal);

    private static string Picture(IEnumerable<string> rows) => string.Join('\n', rows.Select(row => $"|{row}|"));

    private static (int First, int Second) Pair(string text, char separator)
    {
        string[] parts = text.Split(separator);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>();
        ReadOnlySpan<char> rest = text.AsSpan(1, text.Length - 2);
        while (!rest.IsEmpty)
        {
            if (rest[0] != '\\')
            {
                int next = rest.IndexOf('\\');
                bytes.AddRange(Encoding.UTF8.GetBytes(rest[..(next < 0 ? rest.Length : next)].ToString()));
                rest = next < 0 ? default : rest[next..];
                continue;
            }

            rest = Escape(rest[1..], bytes);
        }

        return [.. bytes];
    }

    private static ReadOnlySpan<char> Escape(ReadOnlySpan<char> rest, List<byte> bytes)
    {
        switch (rest[0])
        {
            case 'x':
                bytes.Add(byte.Parse(rest.Slice(1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                return rest[3..];
            case 'u':
                int end = rest.IndexOf('}');
                int codePoint = int.Parse(rest[2..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                bytes.AddRange(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint)));
                return rest[(end + 1)..];
            default:
                bytes.Add(rest[0] switch { 'e' => 0x1B, 'r' => 13, 'n' => 10, 'b' => 8, 't' => 9, 'a' => 7, char other => (byte)other });
                return rest[1..];
        }
    }
}
