using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One line of the queue.</summary>
internal sealed record QueueLook(string Sign, string Age, string Title, string Text, Style Style);

/// <summary>What waits for a human, oldest first: as many lines as there is room for, and how many more there are.</summary>
internal static class QueueStrip
{
    /// <param name="canvas">The strip.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="items">All of the queue.</param>
    /// <param name="selected">The chosen item while keys belong to the queue; null otherwise.</param>
    public static void Draw(Canvas canvas, Scheme scheme, IReadOnlyList<QueueLook> items, int? selected)
    {
        canvas.Fill(scheme.Text);
        if (items.Count == 0)
        {
            canvas.Write(0, 1, "nothing needs you", scheme.Muted);
            return;
        }

        var first = Math.Clamp((selected ?? 0) - canvas.Rows + 1, 0, Math.Max(0, items.Count - canvas.Rows));
        for (var row = 0; row < canvas.Rows && first + row < items.Count; row++)
        {
            var item = items[first + row];
            var isSelected = selected == first + row;
            if (isSelected)
            {
                canvas.Part(new Area(0, row, canvas.Columns, 1)).Fill(scheme.Selected);
            }

            var hidden = items.Count - first - canvas.Rows;
            var more = row == canvas.Rows - 1 && hidden > 0 ? $" +{hidden} more " : "";
            var end = canvas.Columns - TextWidth.Of(more);
            var ground = isSelected ? scheme.Selected : scheme.Text;
            var column = canvas.Write(row, 1, $"{item.Sign} {item.Age,4}  ", isSelected ? scheme.Selected : item.Style);
            column = canvas.Write(row, column, TextWidth.Cut(item.Title, Math.Max(0, end - column)), isSelected ? scheme.Selected : scheme.Strong);
            canvas.Write(row, column, TextWidth.Cut($"  {item.Text}", Math.Max(0, end - column)), ground);
            canvas.Write(row, end, more, isSelected ? scheme.Selected : scheme.Muted);
        }
    }
}
