using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>A session where there is no room for its screen: what it is, and the last lines on it that say something.</summary>
internal static class CardView
{
    public static void Draw(Canvas canvas, Scheme scheme, TileLook look, SessionReplica? replica)
    {
        canvas.Fill(scheme.Text);
        var head = look.IsFocused ? scheme.Selected : look.StateStyle;
        canvas.Part(new Area(0, 0, canvas.Columns, 1)).Fill(head);
        var number = look.Number is { } key ? $"{key} " : "";
        var end = canvas.Write(0, 0, TextWidth.Cut($"{number}{look.Sign} {look.Title}", canvas.Columns), head);
        var state = $" {look.State}";
        if (end + TextWidth.Of(state) < canvas.Columns)
        {
            canvas.Write(0, canvas.Columns - TextWidth.Of(state), state, head);
        }

        var lines = replica is { HasScreen: true } ? LastLines(replica.Emulator, canvas.Rows - 1) : [];
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.Write(1 + i, 1, TextWidth.Cut(lines[i], canvas.Columns - 1), look.IsDimmed ? scheme.Muted : scheme.Text);
        }
    }

    /// <summary>The last lines of a screen that have a letter or digit in them, in their order.</summary>
    public static List<string> LastLines(TerminalEmulator session, int count)
    {
        var lines = new List<string>();
        for (var row = session.Rows - 1; row >= 0 && lines.Count < count; row--)
        {
            var text = session.GetText(session.RowAt(session.TopRow + row)).Trim();
            if (text.Any(char.IsLetterOrDigit))
            {
                lines.Add(text);
            }
        }

        lines.Reverse();
        return lines;
    }
}
