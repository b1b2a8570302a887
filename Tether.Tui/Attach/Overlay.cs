using System.Text;

namespace Tether.Tui.Attach;

/// <summary>Lines painted over the lowest rows of whatever the terminal shows, cursor and colours kept.</summary>
internal static class Overlay
{
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
