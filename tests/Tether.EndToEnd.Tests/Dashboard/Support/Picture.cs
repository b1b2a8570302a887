using System.Text;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>What the dashboard shows at one moment, whoever has read it. Its text form is a picture, for failed tests.</summary>
internal sealed record Picture(int Columns, string[] Lines, (int Row, int Column)? Cursor)
{
    private const string LeftCorners = "┌┏╔╭";
    private const string RightCorners = "┐┓╗╮";
    private const string LowerCorners = "└┗╚╰";

    // Stands for the right half of a wide character where columns count.
    private const char Tail = '\0';

    private readonly string[] _cells = [.. Lines.Select(CellsOf)];

    /// <summary>The counts, or what is wrong.</summary>
    public string Top => Lines[0];

    /// <summary>The mode and the keys that matter.</summary>
    public string Bottom => Lines[^1];

    public bool Shows(string text) => Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Every box on the screen, from the top left on: tiles, dialogs, lists.</summary>
    public IEnumerable<Box> Boxes()
    {
        for (var row = 0; row < Lines.Length; row++)
        {
            for (var column = 0; column < _cells[row].Length; column++)
            {
                if (LeftCorners.IndexOf(_cells[row][column], StringComparison.Ordinal) is var kind and >= 0 && BoxAt(row, column, kind) is { } box)
                {
                    yield return box;
                }
            }
        }
    }

    /// <summary>The box whose upper edge has a text in it; null when there is none.</summary>
    public Box? Box(string title) => Boxes().FirstOrDefault(box => box.Head.Contains(title, StringComparison.Ordinal));

    /// <summary>True if a box of that title shows a text.</summary>
    public bool ShowsIn(string title, string text) => Box(title)?.Content.Any(line => line.Contains(text, StringComparison.Ordinal)) ?? false;

    public bool IsFocused(string title) => Box(title) is { Kind: BoxKind.Focused };

    public bool IsLive(string title) => Box(title) is { Kind: BoxKind.Live };

    /// <summary>The row of a session in the list beside the tiles; -1 when it is not there.</summary>
    public int ListRow(string title) => Array.FindIndex(Lines, line => line.Split('│') is { Length: > 1 } parts && $" {parts[0]}".Contains($" {title} ", StringComparison.Ordinal));

    public override string ToString()
    {
        var picture = new StringBuilder($"{Columns}×{Lines.Length}, cursor {Cursor?.ToString() ?? "hidden"}\n");
        foreach (var line in Lines)
        {
            picture.Append('|').Append(line.PadRight(Columns)).Append("|\n");
        }

        return picture.ToString();
    }

    private Box? BoxAt(int row, int column, int kind)
    {
        var end = _cells[row].IndexOf(RightCorners[kind], column + 1);
        var bottom = row + 1;
        while (bottom < Lines.Length && At(bottom, column) != LowerCorners[kind])
        {
            bottom++;
        }

        if (end < 0 || bottom == Lines.Length)
        {
            return null;
        }

        var content = _cells[(row + 1)..bottom].Select(line => Part(line, column + 1, end).TrimEnd()).ToArray();
        return new Box((BoxKind)kind, row, column, end - column + 1, Part(_cells[row], column + 1, end), content, Part(_cells[bottom], column + 1, end));
    }

    private char At(int row, int column) => column < _cells[row].Length ? _cells[row][column] : ' ';

    private static string Part(string cells, int from, int to) =>
        cells.Length <= from ? "" : cells[from..Math.Min(to, cells.Length)].Replace($"{Tail}", "", StringComparison.Ordinal);

    // The wide characters that these tests use.
    private static string CellsOf(string line) => string.Concat(line.Select(character => character is >= '\u2e80' and <= '\u9fff' ? $"{character}{Tail}" : $"{character}"));
}
