using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One line of the queue.</summary>
internal sealed record QueueLook(string Sign, string Age, string Title, string Text, Style Style);

/// <summary>What waits for a human, oldest first: as many lines as there is room for, and how many more there are.</summary>
internal static class QueueStrip
{
    /// <summary>The item in the first line of a strip.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="rows">Of the strip.</param>
    /// <param name="selected">The chosen one, which stays in sight; null for none.</param>
    public static int FirstOf(int count, int rows, int? selected) => Math.Clamp((selected ?? 0) - rows + 1, 0, Math.Max(0, count - rows));

    /// <param name="canvas">The strip.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="items">All of the queue.</param>
    /// <param name="selected">The chosen item while keys belong to the queue; null otherwise.</param>
    public static void Draw(Canvas canvas, Scheme scheme, IReadOnlyList<QueueLook> items, int? selected)
    {
        canvas.Fill(scheme.Text);
        if (items.Count == 0)
        {
            canvas.Write(0, 1, TextWidth.Cut("nothing needs you", canvas.Columns - 1), scheme.Muted);
            return;
        }

        var first = FirstOf(items.Count, canvas.Rows, selected);
        for (var row = 0; row < canvas.Rows && first + row < items.Count; row++)
        {
            var hidden = row == canvas.Rows - 1 ? items.Count - first - canvas.Rows : 0;
            DrawItem(canvas.Part(new Area(0, row, canvas.Columns, 1)), scheme, items[first + row], selected == first + row, hidden);
        }
    }

    private static void DrawItem(Canvas line, Scheme scheme, QueueLook item, bool isSelected, int hidden)
    {
        if (isSelected)
        {
            line.Fill(scheme.Selected);
            line.Write(0, 0, "›", scheme.Selected);
        }

        var more = hidden > 0 ? $" +{hidden} more " : "";
        var end = line.Columns - TextWidth.Of(more);
        var column = line.Write(0, 1, $"{item.Sign} {item.Age,3}  ", isSelected ? scheme.Selected : item.Style);
        column = line.Write(0, column, TextWidth.Cut(PlainText.Of(item.Title), Math.Max(0, end - column)), isSelected ? scheme.Selected : scheme.Strong);
        line.Write(0, column, TextWidth.Cut($"  {PlainText.Of(item.Text)}", Math.Max(0, end - column)), isSelected ? scheme.Selected : scheme.Text);
        line.Write(0, end, more, isSelected ? scheme.Selected : scheme.Muted);
    }
}
