using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>The last line: in which mode the keys are, and those that matter now, or what has just happened.</summary>
internal static class BottomLine
{
    public static void Draw(Canvas canvas, Scheme scheme, DashboardMode mode, string subject, IReadOnlyList<(string Keys, string Hint)> hints, string message)
    {
        canvas.Fill(scheme.Bar);
        var chip = mode switch
        {
            DashboardMode.Type => $" TYPE {subject} ",
            DashboardMode.Queue => " QUEUE ",
            DashboardMode.Scroll => $" HISTORY {subject} ",
            _ => " NAVIGATE ",
        };
        var column = canvas.Write(0, 0, TextWidth.Cut(chip, canvas.Columns / 2), Inverse(mode == DashboardMode.Type ? scheme.Live : scheme.Focus)) + 1;
        if (message.Length > 0)
        {
            canvas.Write(0, column, TextWidth.Cut(message, Math.Max(0, canvas.Columns - column)), scheme.Bar);
            return;
        }

        foreach (var (keys, hint) in hints)
        {
            if (column + TextWidth.Of(keys) + TextWidth.Of(hint) + 3 > canvas.Columns)
            {
                break;
            }

            column = canvas.Write(0, column, keys, scheme.Strong with { Background = scheme.Bar.Background });
            column = canvas.Write(0, column + 1, hint, scheme.Bar) + 2;
        }
    }

    private static Style Inverse(Style style) => style with { Flags = style.Flags ^ StyleFlags.Inverse };
}
