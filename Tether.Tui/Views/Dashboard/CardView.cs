using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>
/// A session where there is no room for its screen: a filled line that says what it is, and below it the last lines on its screen that say something;
/// while it is typed into, the part of its screen where the cursor is.
/// </summary>
internal static class CardView
{
    public static void Draw(Canvas canvas, Scheme scheme, TileLook look, SessionReplica? replica)
    {
        canvas.Fill(scheme.Text);
        DrawHead(canvas.Part(new Area(0, 0, canvas.Columns, 1)), scheme, look);
        var body = canvas.Part(canvas.Whole.Inset(1, 1, 1, 0));
        if (replica is not { HasScreen: true })
        {
            body.Write(0, 0, TextWidth.Cut(look.Blank, body.Columns), scheme.Muted);
            return;
        }

        if (look.IsLive)
        {
            TileView.DrawLive(body, isLive: true, replica.Emulator);
            return;
        }

        var lines = LastLines(replica.Emulator, body.Rows);
        for (var i = 0; i < lines.Count; i++)
        {
            body.Write(i, 0, TextWidth.Cut(PlainText.Of(lines[i]), body.Columns), look.IsDimmed ? scheme.Muted : scheme.Text);
        }
    }

    /// <summary>The last lines of a screen that have a letter or digit in them, in their order, without what frames them and without runs of blanks.</summary>
    public static List<string> LastLines(TerminalEmulator session, int count)
    {
        var lines = new List<string>();
        for (var row = session.Rows - 1; row >= 0 && lines.Count < count; row--)
        {
            var text = WithoutFrame(session.GetText(session.RowAt(session.TopRow + row)));
            if (text.Any(char.IsLetterOrDigit))
            {
                lines.Add(string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        lines.Reverse();
        return lines;
    }

    private static void DrawHead(Canvas head, Scheme scheme, TileLook look)
    {
        var ground = look.IsLive ? Ink.Chip(scheme.Live, scheme) : look.IsFocused ? scheme.Selected : scheme.Bar;
        head.Fill(ground);
        var words = look.WordsBeside(head.Columns - 4);
        var end = head.Columns - TextWidth.Of(words) - 1;
        var hasWords = end >= Math.Min(TextWidth.Of(look.Name), 8) + 2;
        if (hasWords)
        {
            head.Write(0, end, words, ground);
        }

        head.Write(0, 0, look.IsLive || look.IsFocused ? "›" : " ", ground);
        var name = TextWidth.Cut(look.Name, Math.Max(0, (hasWords ? end - 1 : head.Columns) - 1));
        head.Write(0, 1, name, ground with { Flags = ground.Flags | StyleFlags.Bold });
        if (name.Length > look.Lead.Length)
        {
            head.Write(0, 1 + look.Lead.Length, look.Sign, look.IsLive ? ground : Ink.On(look.IsDimmed ? scheme.Muted : look.StateStyle, ground));
        }
    }

    // Agents draw boxes around what they say: box drawing, U+2500 to U+257F, and blocks up to U+259F.
    private static string WithoutFrame(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsFrame(text[from]))
        {
            from++;
        }

        while (to > from && IsFrame(text[to - 1]))
        {
            to--;
        }

        return text[from..to];

        static bool IsFrame(char character) => character is ' ' or '|' or (>= '\u2500' and <= '\u259f');
    }
}
