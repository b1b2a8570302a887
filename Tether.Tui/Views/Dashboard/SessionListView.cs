using System.Globalization;
using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>All sessions below one another: two rows each where there is room, else one. Arrows at the edge say that there are more above or below.</summary>
internal static class SessionListView
{
    private const int TitleColumn = 5;

    /// <summary>The entry of each row drawn, for the mouse; null where there is none.</summary>
    /// <param name="canvas">The list with its right edge.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="entries">From top to bottom; the sessions of a folded group are not among them.</param>
    /// <param name="focused">Id of the session that commands act on; kept in sight.</param>
    /// <param name="isDimmed">Keys go to a session: the list steps back.</param>
    public static ListEntry?[] Draw(Canvas canvas, Scheme scheme, IReadOnlyList<ListEntry> entries, string? focused, bool isDimmed)
    {
        canvas.Fill(scheme.Text);
        var drawn = new ListEntry?[canvas.Rows];
        var width = Math.Max(0, canvas.Columns - 1);
        var sessions = entries.Count(entry => !entry.IsHeading);
        var high = entries.Count + sessions <= canvas.Rows ? 2 : 1;
        var list = canvas.Part(new Area(0, 0, width, canvas.Rows));
        var first = First(entries, focused, high, canvas.Rows);
        var at = -first;
        foreach (var entry in entries)
        {
            var height = entry.IsHeading ? 1 : high;
            for (var i = Math.Max(0, -at); i < height && at + i < drawn.Length; i++)
            {
                drawn[at + i] = entry;
            }

            DrawEntry(list, scheme, entry, at, height, entry.Id is not null && entry.Id == focused, isDimmed);
            at += height;
        }

        DrawEdge(canvas, scheme, width, hasAbove: first > 0, hasBelow: at > canvas.Rows);
        return drawn;
    }

    private static void DrawEdge(Canvas canvas, Scheme scheme, int column, bool hasAbove, bool hasBelow)
    {
        for (var row = 0; row < canvas.Rows; row++)
        {
            var sign = hasAbove && row == 0 ? "↑" : hasBelow && row == canvas.Rows - 1 ? "↓" : "│";
            canvas.Write(row, column, sign, sign == "│" ? scheme.Muted : scheme.Strong);
        }
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
            DrawHeading(list, scheme, entry, row);
            return;
        }

        var plain = isFocused ? scheme.Selected : isDimmed ? scheme.Muted : scheme.Text;
        var quiet = isFocused ? scheme.Selected : scheme.Muted;
        for (var i = 0; i < height && isFocused; i++)
        {
            list.Part(new Area(0, row + i, list.Columns, 1)).Fill(scheme.Selected);
        }

        var age = entry.Age.Length > 0 ? $" {entry.Age}" : "";
        var end = list.Columns - TextWidth.Of(age);
        var number = entry.Number?.ToString(CultureInfo.InvariantCulture) ?? " ";
        list.Write(row, 0, $"{(isFocused ? "›" : " ")}{number} ", plain);
        list.Write(row, TitleColumn - 2, entry.Sign, isFocused ? Ink.On(entry.StateStyle, scheme.Selected) : entry.StateStyle);
        var (title, agent) = (PlainText.Of(entry.Title), PlainText.Of(entry.Agent));
        var column = list.Write(row, TitleColumn, TextWidth.Cut(title, Math.Max(0, end - TitleColumn)), plain);
        if (agent != title && end - column > TextWidth.Of(agent) + 1)
        {
            list.Write(row, column + 2, agent, quiet);
        }

        list.Write(row, end, age, quiet);
        if (height > 1)
        {
            list.Write(row + 1, TitleColumn, TextWidth.Cut(PlainText.Of(entry.LastLine), list.Columns - TitleColumn), quiet);
        }
    }

    private static void DrawHeading(Canvas list, Scheme scheme, ListEntry entry, int row)
    {
        var name = PlainText.Of(entry.Title);
        var end = list.Columns;
        if (entry.Count is { } count)
        {
            var text = $" {count}";
            end -= TextWidth.Of(text);
            list.Write(row, end, text, scheme.Muted);
        }

        if (entry.Signs.Length > 0)
        {
            end -= TextWidth.Of(entry.Signs) + 1;
            list.Write(row, end + 1, entry.Signs, scheme.NeedsYou);
        }

        var column = list.Write(row, 0, entry.IsFolded ? "▸ " : "▾ ", scheme.Muted);
        var room = Math.Max(0, end - column);
        list.Write(row, column, name.Contains('/', StringComparison.Ordinal) ? TextWidth.CutStart(name, room) : TextWidth.Cut(name, room), scheme.Strong);
    }
}
