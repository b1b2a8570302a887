using System.Text;

namespace Tether.Tui.Attach;

/// <summary>Lines painted over the lowest rows of whatever the terminal shows, cursor and colours kept.</summary>
internal static class Overlay
{
    /// <summary>Blanks what <see cref="Paint"/> painted, where nobody can bring back what was below.</summary>
    public static byte[] Erase(int lineCount, (int Columns, int Rows) terminal) =>
        Encoding.UTF8.GetBytes($"\e7\e[{Math.Max(1, terminal.Rows - lineCount + 1)};1H\e[m\e[J\e8");

    public static byte[] Paint(IReadOnlyList<string> lines, (int Columns, int Rows) terminal)
    {
        var text = new StringBuilder("\e7");
        var shown = Math.Min(lines.Count, terminal.Rows);
        for (var i = 0; i < shown; i++)
        {
            var line = lines[i].Length > terminal.Columns ? lines[i][..terminal.Columns] : lines[i].PadRight(terminal.Columns);
            text.Append("\e[").Append(terminal.Rows - shown + i + 1).Append(";1H\e[0;7m").Append(line).Append("\e[0m");
        }

        return Encoding.UTF8.GetBytes(text.Append("\e8").ToString());
    }
}
