using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>What the first line counts.</summary>
internal sealed record TopLineLook(int Working, int NeedYou, int Done, string Host, string Clock)
{
    /// <summary>Something about the connection that must be seen: the daemon is gone.</summary>
    public string? Alarm { get; init; }
}

/// <summary>The first line: how many sessions work, need somebody, are done; where and when.</summary>
internal static class TopLine
{
    public static void Draw(Canvas canvas, Scheme scheme, TopLineLook look)
    {
        canvas.Fill(scheme.Bar);
        var right = $"{look.Host}  {look.Clock} ";
        var end = canvas.Columns - TextWidth.Of(right) - 1;
        var column = canvas.Write(0, 1, "tether", On(scheme.Strong, scheme.Bar)) + 2;
        if (look.Alarm is { } alarm)
        {
            canvas.Write(0, column, TextWidth.Cut(alarm, Math.Max(0, end - column)), On(scheme.Failed, scheme.Bar));
        }
        else
        {
            foreach (var (count, word, style) in new[]
            {
                (look.NeedYou, look.NeedYou == 1 ? "needs you" : "need you", scheme.NeedsYou),
                (look.Working, "working", scheme.Working),
                (look.Done, "done", scheme.Done),
            })
            {
                var text = $"{count} {word}";
                if (column + TextWidth.Of(text) > canvas.Columns)
                {
                    break;
                }

                column = canvas.Write(0, column, text, count > 0 ? On(style, scheme.Bar) : scheme.Bar) + 2;
            }
        }

        if (end > column)
        {
            canvas.Write(0, end, right, scheme.Bar);
        }
    }

    private static Style On(Style text, Style ground) => text with { Background = ground.Background };
}
