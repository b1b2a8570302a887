using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Testing.Terminal;

/// <summary>What holds for every screen, whatever it was fed.</summary>
public static class ScreenInvariants
{
    /// <summary>Null if all hold, else what does not.</summary>
    public static string? Violation(TerminalEmulator terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        Screen screen = terminal.Screen;
        (int row, int column) = terminal.Cursor;
        if (row < 0 || row >= terminal.Rows || column < 0 || column >= terminal.Columns)
        {
            return $"the cursor {terminal.Cursor} is not within {terminal.Columns}x{terminal.Rows}";
        }

        if (terminal.IsPendingWrap && column != terminal.Columns - 1 && column != screen.Right - 1)
        {
            return $"a wrap is pending in column {column}, the last is {terminal.Columns - 1} or {screen.Right - 1}";
        }

        if (screen.Top < 0 || screen.Top >= screen.Bottom || screen.Bottom > terminal.Rows
            || screen.Left < 0 || screen.Left >= screen.Right || screen.Right > terminal.Columns)
        {
            return $"margins {screen.Top}..{screen.Bottom}, {screen.Left}..{screen.Right} in {terminal.Columns}x{terminal.Rows}";
        }

        if (terminal.ScrollbackCount > terminal.Options.ScrollbackRows)
        {
            return $"{terminal.ScrollbackCount} rows of scrollback, the limit is {terminal.Options.ScrollbackRows}";
        }

        for (int i = -terminal.ScrollbackCount; i < terminal.Rows; i++)
        {
            if (RowViolation(terminal, terminal.RowAt(terminal.TopRow + i)) is { } violation)
            {
                return $"row {i}: {violation}";
            }
        }

        return GridViolation(terminal, screen.Primary, "primary") ?? (screen.Alternate is { } grid ? GridViolation(terminal, grid, "alternate") : null);
    }

    /// <summary>
    /// A restored cursor can be outside the margins in origin mode, where no sequence could put it: the one state that no snapshot gives.
    /// </summary>
    public static bool IsCursorOutOfReach(TerminalEmulator terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        Screen screen = terminal.Screen;
        return terminal.Modes.Origin
            && (screen.Row < screen.Top || screen.Row >= screen.Bottom || screen.Column < screen.Left || screen.Column >= screen.Right);
    }

    private static string? GridViolation(TerminalEmulator terminal, Grid grid, string name)
    {
        if (grid.Columns != terminal.Columns || grid.Rows != terminal.Rows)
        {
            return $"the {name} screen is {grid.Columns}x{grid.Rows} in {terminal.Columns}x{terminal.Rows}";
        }

        for (int row = 0; row < grid.Rows; row++)
        {
            bool hasWide = grid.Row(row).ToArray().Any(bits => new Cell(bits).Width is CellWidth.Wide or CellWidth.Tail);
            if (hasWide && (grid.Flags(row) & RowFlags.MayHaveWide) == 0)
            {
                return $"{name} row {row} has a wide character and says it has none";
            }
        }

        return null;
    }

    private static string? RowViolation(TerminalEmulator terminal, RowView row)
    {
        ReadOnlySpan<Cell> cells = row.Cells;
        if (cells.Length != terminal.Columns)
        {
            return $"{cells.Length} cells";
        }

        for (int column = 0; column < cells.Length; column++)
        {
            Cell cell = cells[column];
            bool isHead = cell.Width == CellWidth.Wide;
            if (isHead && (column + 1 == cells.Length || cells[column + 1].Width != CellWidth.Tail))
            {
                return $"the wide character in column {column} has no tail";
            }

            if (cell.Width == CellWidth.Tail && (column == 0 || cells[column - 1].Width != CellWidth.Wide))
            {
                return $"the tail in column {column} has no head";
            }

            // Each of these throws if the cell names something that its table does not have.
            int length = terminal.GetText(cell).Length;
            _ = terminal.GetStyle(cell);
            _ = terminal.GetLink(cell);
            if (isHead && length == 0)
            {
                return $"the wide character in column {column} has no text";
            }
        }

        return null;
    }
}
