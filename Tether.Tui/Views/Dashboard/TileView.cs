using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Search;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One session as a tile: a border that tells its state, and as much of its screen, or of its history, as fits.</summary>
internal static class TileView
{
    /// <summary>Columns and rows that the border takes.</summary>
    public const int Border = 2;

    // ┌─ name ─ words ─┐ beside the name and the words.
    private const int BorderSigns = 9;

    /// <summary>Draws the tile; a live one's cursor is put where the session's is.</summary>
    /// <param name="canvas">The whole tile.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="look">What the border says.</param>
    /// <param name="replica">Null: nothing has come yet.</param>
    /// <param name="history">What is shown instead of the live screen; null: the live screen.</param>
    /// <param name="dimming">How a tile steps back while another is live.</param>
    public static void Draw(Canvas canvas, Scheme scheme, TileLook look, SessionReplica? replica, TileHistory? history, Dimming dimming)
    {
        var screen = canvas.Part(canvas.Whole.Inset(1));
        screen.Fill(scheme.Text);
        var mark = "";
        if (replica is not { HasScreen: true })
        {
            var blank = TextWidth.Cut(look.Blank, screen.Columns);
            screen.Write(screen.Rows / 2, (screen.Columns - TextWidth.Of(blank)) / 2, blank, scheme.Muted);
        }
        else if (history is not null)
        {
            DrawHistory(screen, scheme, history);
        }
        else
        {
            mark = DrawLive(screen, look.IsLive, replica.Emulator);
        }

        if (look.IsDimmed && scheme.Dims)
        {
            screen.Dim(screen.Whole, dimming);
        }

        DrawBorder(canvas, scheme, look, mark);
    }

    /// <summary>Which part of a session's screen its tile shows.</summary>
    /// <param name="session">Its screen.</param>
    /// <param name="inner">The tile without its border.</param>
    public static TileCrop CropOf(TerminalEmulator session, Area inner) => TileCrop.Of(
        (session.Columns, session.Rows), (inner.Columns, inner.Rows), session.IsCursorVisible ? session.Cursor : null, LastUsedRow(session));

    /// <summary>As much of a session's screen as fits, with its cursor where keys go there.</summary>
    /// <returns>How much is seen, where that is not all of it.</returns>
    internal static string DrawLive(Canvas screen, bool isLive, TerminalEmulator session)
    {
        var size = (session.Columns, session.Rows);
        var crop = CropOf(session, screen.Whole);
        screen.Part(new Area(0, 0, crop.Columns, crop.Rows)).Draw(session, session.TopRow + crop.Row, crop.Column);
        if (isLive && session.IsCursorVisible)
        {
            screen.PutCursor(session.Cursor.Row - crop.Row, session.Cursor.Column - crop.Column, session.CursorShape);
        }

        return crop.IsPartial(size) ? $"{crop.Columns}×{crop.Rows} of {size.Columns}×{size.Rows}" : "";
    }

    private static int LastUsedRow(TerminalEmulator session)
    {
        var row = session.Rows - 1;
        while (row > session.Cursor.Row && session.GetText(session.RowAt(session.TopRow + row)).AsSpan().Trim().IsEmpty)
        {
            row--;
        }

        return row;
    }

    private static void DrawHistory(Canvas screen, Scheme scheme, TileHistory history)
    {
        var session = history.Emulator;
        var rows = (int)Math.Clamp(session.TopRow + session.Rows - history.Top, 0, screen.Rows);
        var columns = Math.Min(screen.Columns, session.Columns - history.Left);
        var part = screen.Part(new Area(0, 0, columns, rows));
        part.Draw(session, history.Top, history.Left);
        if (history.Pattern is { } pattern)
        {
            HighlightMatches(part, scheme, history, pattern);
        }

        for (var row = 0; row < rows && history.Selection is not null; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (history.IsSelected(history.Top + row, history.Left + column))
                {
                    part.Highlight(new Area(column, row, 1, 1), scheme.Selection);
                }
            }
        }
    }

    // All that are seen; the one that was gone to is bold and underlined twice besides.
    private static void HighlightMatches(Canvas screen, Scheme scheme, TileHistory history, SearchPattern pattern)
    {
        var end = history.Top + screen.Rows;
        var current = scheme.Match with { Flags = (scheme.Match.Flags & ~StyleFlags.UnderlineMask) | StyleFlags.Bold | (StyleFlags)(int)UnderlineKind.Doubled };
        foreach (var match in TerminalSearch.FindIn(history.Emulator, pattern, history.Top, end))
        {
            for (var row = Math.Max(match.FirstRow, history.Top); row <= Math.Min(match.LastRow, end - 1); row++)
            {
                var from = row == match.FirstRow ? match.FirstColumn : 0;
                var to = row == match.LastRow ? match.LastColumn + 1 : screen.Columns;
                screen.Highlight(new Area(from, (int)(row - history.Top), to - from, 1), match == history.Match ? current : scheme.Match);
            }
        }
    }

    private static void DrawBorder(Canvas canvas, Scheme scheme, TileLook look, string mark)
    {
        var border = look.IsLive ? scheme.Live : look.IsFocused ? scheme.Focus : look.IsDimmed ? scheme.Muted : look.StateStyle;
        var kind = look.IsLive ? BoxKind.Double : look.IsFocused ? BoxKind.Heavy : look.IsOver ? BoxKind.Rounded : BoxKind.Single;
        var title = look.IsLive || look.IsFocused ? border with { Flags = border.Flags | StyleFlags.Bold } : border;
        var words = look.WordsBeside(canvas.Columns - BorderSigns);
        canvas.Box(canvas.Whole, border, kind, look.Name, words, title);
        if (canvas.Columns > 6 + look.Lead.Length)
        {
            canvas.Write(0, 3 + look.Lead.Length, look.Sign, look.StateStyle);
        }

        WriteBelow(canvas, scheme, border, PlainText.Of(look.Note), mark);
    }

    private static void WriteBelow(Canvas canvas, Scheme scheme, Style border, string note, string mark)
    {
        var row = canvas.Rows - 1;
        var end = canvas.Columns - 2;
        var kept = TextWidth.Cut(note, Math.Max(0, canvas.Columns - 6));
        if (kept.Length > 0)
        {
            canvas.Write(row, 2, $" {kept} ", scheme.Strong);
        }

        var start = end - TextWidth.Of(mark) - 2;
        if (mark.Length > 0 && start > (kept.Length > 0 ? TextWidth.Of(kept) + 5 : 1))
        {
            canvas.Write(row, start, $" {mark} ", border);
        }
    }
}
