using System.Text;

namespace Tether.Testing.Outer;

/// <summary>What a terminal window shows at one moment. Its text form is a picture, for failed tests.</summary>
public sealed record OuterScreen(int Columns, int Rows, string Ansi, string[] Lines, (int Row, int Column) Cursor, string Title, OuterModes Modes)
{
    public bool IsAlternate => Modes.IsAlternateScreen;

    /// <summary>The rows from top to bottom with their colours.</summary>
    public string[] AnsiLines => Ansi.TrimEnd('\n').Split('\n');

    /// <summary>All rows, trailing blanks cut.</summary>
    public string Text => string.Join('\n', Lines);

    public bool Shows(string text) => Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    public override string ToString()
    {
        var picture = new StringBuilder($"{Columns}×{Rows}, cursor {Cursor.Row},{Cursor.Column}, {Modes}\n");
        foreach (var line in Lines)
        {
            picture.Append('|').Append(line.PadRight(Columns)).Append("|\n");
        }

        return picture.ToString();
    }
}
