using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One session as a tile: a border that tells its state, and as much of its screen, or of its history, as fits.</summary>
internal static class TileView
{
    /// <summary>Columns and rows that the border takes.</summary>
    public const int Border = 2;

    /// <summary>Draws the tile; a live one's cursor is put where the session's is.</summary>
    /// <param name="canvas">The whole tile.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="look">What the border says.</param>
    /// <param name="replica">Null: nothing has come yet.</param>
    /// <param name="history">What is shown instead of the live screen; null: the live screen.</param>
    /// <param name="dimming">How a tile steps back while another is live.</param>
    public static void Draw(Canvas canvas, Scheme scheme, TileLook look, SessionReplica? replica, TileHistory? history, Dimming dimming)
    {
        var border = look.IsLive ? scheme.Live : look.IsFocused ? scheme.Focus : look.IsDimmed ? scheme.Muted : look.StateStyle;
        var kind = look.IsLive ? BoxKind.Double : look.IsFocused ? BoxKind.Heavy : BoxKind.Single;
        var inner = new Area(0, 0, canvas.Columns, canvas.Rows).Inset(1);
        var screen = canvas.Part(inner);
        screen.Fill(scheme.Text);
        var mark = "";
        if (replica is not { HasScreen: true })
        {
            screen.Write(screen.Rows / 2, 1, "…", scheme.Muted);
        }
        else if (history is not null)
        {
            DrawHistory(screen, scheme, history);
        }
        else
        {
            mark = DrawLive(screen, look, replica.Emulator);
        }

        if (look.IsDimmed && scheme.Dims)
        {
            screen.Dim(screen.Whole, dimming);
        }

        var number = look.Number is { } key ? $"{key} " : "";
        canvas.Box(canvas.Whole, border, kind, $" {number}{look.Sign} {look.Title} ", $" {look.State} ");
        WriteBelow(canvas, scheme, border, look.Note, mark);
    }

    /// <summary>Which part of a session's screen its tile shows.</summary>
    /// <param name="session">Its screen.</param>
    /// <param name="inner">The tile without its border.</param>
    public static TileCrop CropOf(TerminalEmulator session, Area inner) => TileCrop.Of(
        (session.Columns, session.Rows), (inner.Columns, inner.Rows), session.IsCursorVisible ? session.Cursor : null);

    private static string DrawLive(Canvas screen, TileLook look, TerminalEmulator session)
    {
        var size = (session.Columns, session.Rows);
        var crop = CropOf(session, screen.Whole);
        screen.Part(new Area(0, 0, crop.Columns, crop.Rows)).Draw(session, session.TopRow + crop.Row, crop.Column);
        if (look.IsLive && session.IsCursorVisible)
        {
            screen.PutCursor(session.Cursor.Row - crop.Row, session.Cursor.Column - crop.Column, session.CursorShape);
        }

        return crop.IsPartial(size) ? $" {crop.Columns}×{crop.Rows} of {size.Columns}×{size.Rows} " : "";
    }

    private static void DrawHistory(Canvas screen, Scheme scheme, TileHistory history)
    {
        var session = history.Emulator;
        var rows = (int)Math.Min(screen.Rows, session.TopRow + session.Rows - history.Top);
        var columns = Math.Min(screen.Columns, session.Columns - history.Left);
        screen.Part(new Area(0, 0, columns, rows)).Draw(session, history.Top, history.Left);
        for (var row = 0; row < rows; row++)
        {
            var number = history.Top + row;
            for (var column = 0; column < columns; column++)
            {
                if (history.IsSelected(number, history.Left + column))
                {
                    screen.Highlight(new Area(column, row, 1, 1), scheme.Selection);
                }
                else if (history.Match is { } match && Contains(match, number, history.Left + column))
                {
                    screen.Highlight(new Area(column, row, 1, 1), scheme.Match);
                }
            }
        }
    }

    private static bool Contains(Protocol.Terminal.Search.SearchMatch match, long row, int column) =>
        (row, column).CompareTo((match.FirstRow, match.FirstColumn)) >= 0 && (row, column).CompareTo((match.LastRow, match.LastColumn)) <= 0;

    private static void WriteBelow(Canvas canvas, Scheme scheme, Style border, string note, string mark)
    {
        var row = canvas.Rows - 1;
        var end = canvas.Columns - 1;
        if (mark.Length > 0 && TextWidth.Of(mark) + 2 <= canvas.Columns)
        {
            end -= TextWidth.Of(mark);
            canvas.Write(row, end, mark, border);
        }

        if (note.Length > 0)
        {
            canvas.Write(row, 1, TextWidth.Cut($" {note} ", end - 2), scheme.Strong);
        }
    }
}
