using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One entry of the list: a session, or the name of a group above its sessions.</summary>
internal sealed record ListEntry(string? Id, int? Number, string Sign, string Title, string Agent, string Age, string LastLine, Style StateStyle)
{
    public bool IsHeading => Id is null;

    public static ListEntry Heading(string name) => new(null, null, "", name, "", "", "", default);
}

/// <summary>All sessions below one another: two rows each where there is room, else one.</summary>
internal static class SessionListView
{
    /// <summary>The entry of each row drawn, for the mouse; null where there is none.</summary>
    public static ListEntry?[] Draw(Canvas canvas, Scheme scheme, IReadOnlyList<ListEntry> entries, string? focused, bool isDimmed)
    {
        canvas.Fill(scheme.Text);
        var drawn = new ListEntry?[canvas.Rows];
        var width = canvas.Columns - 1;
        for (var row = 0; row < canvas.Rows; row++)
        {
            canvas.Write(row, width, "│", scheme.Muted);
        }

        var sessions = entries.Count(entry => !entry.IsHeading);
        var high = entries.Count + sessions <= canvas.Rows ? 2 : 1;
        var list = canvas.Part(new Area(0, 0, width, canvas.Rows));
        var at = -First(entries, focused, high, canvas.Rows);
        foreach (var entry in entries)
        {
            var height = entry.IsHeading ? 1 : high;
            for (var i = 0; i < height; i++)
            {
                if (at + i >= 0 && at + i < drawn.Length)
                {
                    drawn[at + i] = entry;
                }
            }

            DrawEntry(list, scheme, entry, at, height, entry.Id is not null && entry.Id == focused, isDimmed);
            at += height;
        }

        return drawn;
    }

    // How many rows are above the list's first one, so that the focused entry is in sight.
    private static int First(IReadOnlyList<ListEntry> entries, string? focused, int high, int rows)
    {
        var (at, end) = (0, 0);
        foreach (var entry in entries)
        {
            var height = entry.IsHeading ? 1 : high;
            end = entry.Id is not null && entry.Id == focused ? at + height : end;
            at += height;
        }

        return Math.Clamp(end - rows, 0, Math.Max(0, at - rows));
    }

    private static void DrawEntry(Canvas list, Scheme scheme, ListEntry entry, int row, int height, bool isFocused, bool isDimmed)
    {
        if (entry.IsHeading)
        {
            list.Write(row, 0, TextWidth.Cut(entry.Title, list.Columns), scheme.Muted);
            return;
        }

        var plain = isFocused ? scheme.Selected : isDimmed ? scheme.Muted : scheme.Text;
        for (var i = 0; i < height && isFocused; i++)
        {
            list.Part(new Area(0, row + i, list.Columns, 1)).Fill(scheme.Selected);
        }

        var age = $" {entry.Age}";
        var end = list.Columns - TextWidth.Of(age);
        var number = entry.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? " ";
        var column = list.Write(row, 0, $"{number} ", plain);
        column = list.Write(row, column, $"{entry.Sign} ", isFocused ? scheme.Selected : entry.StateStyle);
        column = list.Write(row, column, TextWidth.Cut(entry.Title, Math.Max(0, end - column)), plain);
        if (entry.Agent != entry.Title && end - column > TextWidth.Of(entry.Agent) + 1)
        {
            list.Write(row, column + 1, entry.Agent, isFocused ? scheme.Selected : scheme.Muted);
        }

        list.Write(row, end, age, isFocused ? scheme.Selected : scheme.Muted);
        if (height > 1)
        {
            list.Write(row + 1, 4, TextWidth.Cut(entry.LastLine, list.Columns - 4), isFocused ? scheme.Selected : scheme.Muted);
        }
    }
}
