using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>What the first line counts.</summary>
internal sealed record TopLineLook(int Working, int NeedYou, int Done, string Host, string Clock)
{
    /// <summary>Only said if there are any.</summary>
    public int Failed { get; init; }

    /// <summary>Which page of tiles is shown, as `2/7`; empty when there is only one.</summary>
    public string Page { get; init; } = "";

    /// <summary>Something about the connection that must be seen: the daemon is gone.</summary>
    public string? Alarm { get; init; }
}

/// <summary>
/// The first line: how many sessions work, need somebody, are done; where and when. The counts come first, then the clock, then the host, as far as
/// there is room.
/// </summary>
internal static class TopLine
{
    public static void Draw(Canvas canvas, Scheme scheme, TopLineLook look)
    {
        canvas.Fill(scheme.Bar);
        var column = IsNarrow(canvas, look) && look.Alarm is null ? 1 : canvas.Write(0, 1, "tether", Ink.On(scheme.Strong, scheme.Bar)) + 2;
        column = look.Alarm is { } alarm
            ? canvas.Write(0, column, TextWidth.Cut($"! {PlainText.Of(alarm)}", canvas.Columns - column - 1), Ink.On(scheme.Failed, scheme.Bar))
            : WriteCounts(canvas, scheme, look, column);
        var host = PlainText.Of(look.Host);
        var page = look.Page.Length > 0 ? $"page {look.Page}  " : "";
        foreach (var right in (string[])[$"{page}{host}  {look.Clock}", $"{page}{look.Clock}", look.Page.Length > 0 ? look.Page : look.Clock])
        {
            var start = canvas.Columns - TextWidth.Of(right) - 1;
            if (start >= column + 2)
            {
                canvas.Write(0, start, right, scheme.Bar);
                break;
            }
        }
    }

    private static bool IsNarrow(Canvas canvas, TopLineLook look) => canvas.Columns < DashboardLayout.LeastColumnsForTwo && look.Page.Length > 0;

    private static int WriteCounts(Canvas canvas, Scheme scheme, TopLineLook look, int column)
    {
        var end = column;
        foreach (var (count, word, style) in ((int, string, Style)[])
        [
            (look.NeedYou, look.NeedYou == 1 ? "needs you" : "need you", scheme.NeedsYou),
            (look.Working, "working", scheme.Working),
            (look.Done, "done", scheme.Done),
            (look.Failed, "failed", scheme.Failed),
        ])
        {
            // On a narrow terminal the page matters more than what is done, or is none.
            var text = $"{count} {word}";
            if ((count == 0 && word == "failed") || (IsNarrow(canvas, look) && (count == 0 || word == "done")))
            {
                continue;
            }

            if (column + TextWidth.Of(text) > canvas.Columns)
            {
                break;
            }

            end = canvas.Write(0, column, text, count > 0 ? Ink.On(style, scheme.Bar) : scheme.Bar);
            column = end + 2;
        }

        return end;
    }
}
