using Tether.Protocol.Terminal.Cells;
using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Cursors with what belongs to them: position, pen, charsets, a pending wrap, the margins that bind them.</summary>
internal static class CursorWriter
{
    /// <summary>
    /// Puts cursor and pen where a saved cursor has them; what comes next saves it. Margins come later: they would bind it.
    /// </summary>
    /// <param name="emulator">Whose cursor.</param>
    /// <param name="saved">Of the screen that is written.</param>
    /// <param name="row">The saved cursor's row of that screen.</param>
    /// <param name="text">Where to.</param>
    public static void WriteSavedPosition(TerminalEmulator emulator, in SavedCursor saved, RowView row, ref SnapshotText text)
    {
        if (saved.Origin)
        {
            text.Mode(6, isPrivate: true, on: true);
        }

        // Written again, a row that goes on would end there, and a blank would be text.
        bool isWide = row.Cells[^1].Width == CellWidth.Tail && saved.Column > 0;
        if (saved.PendingWrap && saved.Column == row.Cells.Length - 1 && !row.IsWrapped && (isWide || CellWriter.HasText(row.Cells[^1])))
        {
            text.MoveTo(saved.Row, isWide ? saved.Column - 1 : saved.Column);
            WriteCell(emulator, row.Cells[isWide ? saved.Column - 1 : saved.Column], ref text);
        }
        else
        {
            text.MoveTo(saved.Row, saved.Column);
        }

        WriteCharsets(saved.Charsets, ref text);
        text.SetProtected(saved.Protection != 0);
        text.SetStyle(saved.Style);
    }

    /// <summary>Takes back the charsets and the mode that a saved cursor needed. A single shift stays until a character is printed.</summary>
    public static void Unsave(in SavedCursor saved, ref SnapshotText text)
    {
        text.Add("\e(B\e)B\e*B\e+B\e}\x0f"u8);
        text.Add(saved.Origin ? "\e[?6l"u8 : default);
    }

    /// <summary>Margins, saved cursor, and last the cursor with its pen: nothing after it may move it.</summary>
    public static void Write(TerminalEmulator emulator, ref SnapshotText text)
    {
        Screen screen = emulator.Screen;
        if (IsOutOfReach(screen))
        {
            text.Mode(6, isPrivate: true, on: true);
            text.MoveTo(screen.Row, screen.Column);
            text.Add("\e7"u8);
            WriteMargins(screen, ref text);
            text.Add("\e8"u8);
        }
        else
        {
            WriteSaved(emulator, ref text);
            WriteMargins(screen, ref text);
            if (screen.Modes.Origin)
            {
                text.Mode(6, isPrivate: true, on: true);
            }

            WritePosition(emulator, ref text);
        }

        WritePen(screen, ref text);
        WriteCharsets(screen.Charsets, ref text);
        if (screen.Modes[TerminalMode.Insert])
        {
            text.Mode(4, isPrivate: false, on: true);
        }

        if (!screen.Modes.Autowrap)
        {
            text.Mode(7, isPrivate: true, on: false);
        }

        if (screen.Modes.CursorVisible)
        {
            text.Mode(25, isPrivate: true, on: true);
        }
    }

    /// <summary>
    /// True for a cursor outside the margins in origin mode: nothing but DECRC puts it there, so that no other cursor can be saved.
    /// </summary>
    public static bool IsOutOfReach(Screen screen) => screen.Modes.Origin
        && (screen.Row < screen.Top || screen.Row >= screen.Bottom || screen.Column < screen.Left || screen.Column >= screen.Right);

    private static void WriteSaved(TerminalEmulator emulator, ref SnapshotText text)
    {
        Screen screen = emulator.Screen;
        if (screen.Saved.IsSet)
        {
            WriteSavedPosition(emulator, screen.Saved, emulator.RowAt(emulator.TopRow + screen.Saved.Row), ref text);
            text.Add("\e7"u8);
            Unsave(screen.Saved, ref text);
            if (screen.Saved.Charsets.Single != 0)
            {
                // Only a character ends a single shift: what stands there is printed again.
                Cell first = emulator.RowAt(emulator.TopRow).Cells[0];
                text.ResetPen();
                text.Add("\e[H \e[H"u8);
                WriteCell(emulator, first, ref text);
                if (!CellWriter.HasText(first))
                {
                    text.Add("\e[H\e[X"u8);
                }
            }
        }
    }

    private static void WritePosition(TerminalEmulator emulator, ref SnapshotText text)
    {
        if (emulator.IsPendingWrap)
        {
            WritePendingCell(emulator, ref text);
        }
        else
        {
            MoveTo(emulator.Screen, emulator.Screen.Column, ref text);
        }
    }

    private static void WritePen(Screen screen, ref SnapshotText text)
    {
        text.SetProtected(screen.Protection != 0);
        if (screen.ProtectionKind == ProtectionKind.Iso)
        {
            text.Add(screen.Protection != 0 ? "\eV"u8 : "\eW"u8);
        }

        text.SetStyle(screen.Style);
        text.SetLink(screen.Link);
    }

    // Only a character written in the last column makes the next one wrap.
    private static void WritePendingCell(TerminalEmulator emulator, ref SnapshotText text)
    {
        Screen screen = emulator.Screen;
        ReadOnlySpan<Cell> cells = emulator.RowAt(emulator.TopRow + screen.Row).Cells;
        bool wide = cells[screen.Column].Width == CellWidth.Tail && screen.Column > 0;
        Cell cell = cells[wide ? screen.Column - 1 : screen.Column];
        MoveTo(screen, wide ? screen.Column - 1 : screen.Column, ref text);
        WriteCell(emulator, cell, ref text);
    }

    private static void WriteCell(TerminalEmulator emulator, Cell cell, ref SnapshotText text)
    {
        var writer = new CellWriter(emulator, ref text);
        writer.Paint(cell);
        writer.WriteText(cell);
    }

    /// <summary>To a column of the cursor's row.</summary>
    public static void MoveTo(Screen screen, int column, ref SnapshotText text)
    {
        bool origin = screen.Modes.Origin;
        text.MoveTo(Math.Max(0, screen.Row - (origin ? screen.Top : 0)), Math.Max(0, column - (origin ? screen.Left : 0)));
    }

    private static void WriteMargins(Screen screen, ref SnapshotText text)
    {
        if (screen.Modes[TerminalMode.LeftRightMargins])
        {
            text.Mode(69, isPrivate: true, on: true);
            WritePair(screen.Left, screen.Right, screen.Columns, 's', ref text);
        }

        WritePair(screen.Top, screen.Bottom, screen.Rows, 'r', ref text);
    }

    private static void WritePair(int first, int end, int size, char final, ref SnapshotText text)
    {
        if (first == 0 && end == size)
        {
            return;
        }

        text.Add("\e["u8);
        text.Add(first + 1);
        text.Add(";"u8);
        text.Add(end);
        text.AddCodePoint(final);
    }

    private static void WriteCharsets(Charsets charsets, ref SnapshotText text)
    {
        for (int set = 0; set < 4; set++)
        {
            if (charsets[set] != Charsets.Ascii)
            {
                text.AddCodePoint('\e');
                text.AddCodePoint('(' + set);
                text.AddCodePoint(charsets[set]);
            }
        }

        text.Add(charsets.Left switch { 1 => "\x0e"u8, 2 => "\en"u8, 3 => "\eo"u8, _ => default });
        text.Add(charsets.Right switch { 1 => "\e~"u8, 3 => "\e|"u8, _ => default });
        text.Add(charsets.Single switch { 2 => "\eN"u8, 3 => "\eO"u8, _ => default });
    }
}
