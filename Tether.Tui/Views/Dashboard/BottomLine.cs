using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>
/// The last line: in which mode the keys are, and those that matter now, or what has just happened. Where it is narrow the hints move together and the
/// name of the session gives way to them.
/// </summary>
internal static class BottomLine
{
    // So many hints have a claim to room; more are for wide lines.
    private const int Main = 3;

    // Less of a name says nothing.
    private const int LeastSubject = 5;

    public static void Draw(Canvas canvas, Scheme scheme, DashboardMode mode, string subject, IReadOnlyList<(string Keys, string Hint)> hints, string message)
    {
        canvas.Fill(scheme.Bar);
        var (word, style) = mode switch
        {
            DashboardMode.Type => ("TYPE", scheme.Live),
            DashboardMode.Queue => ("QUEUE", scheme.NeedsYou),
            DashboardMode.Scroll => ("HISTORY", scheme.Focus),
            _ => ("NAVIGATE", scheme.Focus),
        };
        var hasSubject = mode is DashboardMode.Type or DashboardMode.Scroll && subject.Length > 0;
        var wanted = hasSubject ? $"{word} {PlainText.Of(subject)}" : word;
        var text = PlainText.Of(message);
        var (least, usual) = message.Length > 0 ? (Math.Min(TextWidth.Of(text), canvas.Columns / 2), canvas.Columns / 2) : (Width(hints, 1), Width(hints, 2));
        var isNarrow = word.Length + 3 + usual > canvas.Columns;
        var room = Math.Max(word.Length, canvas.Columns - 3 - (isNarrow ? least : usual));
        room = Math.Min(room, canvas.Columns / 2);
        var chip = room < word.Length + LeastSubject ? word : TextWidth.Cut(wanted, room);
        chip = isNarrow && chip == word ? chip : $" {chip} ";
        var column = canvas.Write(0, 0, chip, Ink.Chip(style, scheme)) + 1;
        if (message.Length > 0)
        {
            canvas.Write(0, column, TextWidth.Cut(text, Math.Max(0, canvas.Columns - column)), scheme.Bar);
            return;
        }

        WriteHints(canvas, scheme, hints, column, isNarrow ? 1 : 2);
    }

    private static void WriteHints(Canvas canvas, Scheme scheme, IReadOnlyList<(string Keys, string Hint)> hints, int column, int gap)
    {
        foreach (var (keys, hint) in hints)
        {
            if (column + TextWidth.Of(keys) + 1 + TextWidth.Of(hint) <= canvas.Columns)
            {
                column = canvas.Write(0, column, keys, Ink.On(scheme.Strong, scheme.Bar));
                column = canvas.Write(0, column + 1, hint, scheme.Bar) + gap;
            }
        }
    }

    private static int Width(IReadOnlyList<(string Keys, string Hint)> hints, int gap) =>
        hints.Take(Main).Sum(hint => TextWidth.Of(hint.Keys) + 1 + TextWidth.Of(hint.Hint) + gap) - gap;
}
