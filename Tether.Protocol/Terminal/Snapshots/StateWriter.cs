using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>The state of a session that is not text: colours, titles, tabs, keyboard, modes, margins, cursors.</summary>
internal static class StateWriter
{
    /// <summary>Takes back the charsets that a saved cursor needed.</summary>
    public static ReadOnlySpan<byte> Unsaved => "\e(B\e)B\e*B\e+B\e}\x0f"u8;

    /// <summary>What does not depend on either screen.</summary>
    public static void WriteTerminal(Screen screen, ref SnapshotText text)
    {
        WriteColors(screen.Colors, ref text);
        WriteTitles(screen.Titles, ref text);
        WriteDirectory(screen, ref text);
        WriteTabs(screen, ref text);
    }

    public static void WriteKitty(KittyKeyboard kitty, ref SnapshotText text)
    {
        KittyFlags bottom = kitty.Depth > 0 ? kitty.Saved[0] : kitty.Current;
        if (bottom != KittyFlags.None)
        {
            text.Add("\e[="u8);
            text.Add((int)bottom);
            text.Add(";1u"u8);
        }

        for (int i = 1; i <= kitty.Depth; i++)
        {
            text.Add("\e[>"u8);
            text.Add((int)(i < kitty.Depth ? kitty.Saved[i] : kitty.Current));
            text.Add("u"u8);
        }
    }

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

    /// <summary>Modes that do not depend on where the cursor is, nor move it.</summary>
    public static void WriteModes(Screen screen, ref SnapshotText text)
    {
        TerminalModes modes = screen.Modes;
        bool blinks = WriteCursorShape(modes.CursorShape, ref text);
        foreach (ModeEntry entry in ModeTable.Entries)
        {
            bool late = entry.Mode is TerminalMode.Origin or TerminalMode.Insert or TerminalMode.Autowrap or TerminalMode.CursorVisible
                or TerminalMode.LeftRightMargins or TerminalMode.GraphemeClusters or TerminalMode.ApplicationKeypad;
            bool isSet = entry.Mode == TerminalMode.CursorBlink ? blinks : (TerminalModes.Defaults >> (int)entry.Mode & 1) != 0;
            if (entry.InSnapshot && !late && modes[entry.Mode] != isSet)
            {
                text.Mode(entry.Number, entry.IsPrivate, modes[entry.Mode]);
            }
        }

        if (modes.ApplicationKeypad)
        {
            text.Add("\e="u8);
        }

        if (modes.MouseTracking != MouseTracking.None)
        {
            text.Mode((int)modes.MouseTracking, isPrivate: true, on: true);
        }

        if (modes.MouseEncoding != MouseEncoding.Default)
        {
            text.Mode((int)modes.MouseEncoding, isPrivate: true, on: true);
        }

        if (modes.ModifyOtherKeys != 0)
        {
            text.Add("\e[>4;"u8);
            text.Add(modes.ModifyOtherKeys);
            text.Add("m"u8);
        }

        if (modes.FormatOtherKeys != 0)
        {
            text.Add("\e[>4;1f"u8);
        }
    }

    /// <summary>True if the cursor blinks after it: DECSCUSR sets the mode too.</summary>
    private static bool WriteCursorShape(CursorShape shape, ref SnapshotText text)
    {
        if (shape == CursorShape.Default)
        {
            return (TerminalModes.Defaults >> (int)TerminalMode.CursorBlink & 1) != 0;
        }

        text.Csi((int)shape, ' ');
        text.Add("q"u8);
        return shape is CursorShape.BlinkingBlock or CursorShape.BlinkingUnderline or CursorShape.BlinkingBar;
    }

    /// <summary>Margins, saved cursor, and last the cursor with its pen: nothing after it may move it.</summary>
    public static void WriteCursor(TerminalEmulator emulator, ref SnapshotText text)
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
            text.Add(Unsaved);
            text.Add(screen.Saved.Origin ? "\e[?6l"u8 : default);
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
        text.SetStyle(emulator.GetStyle(cell));
        text.SetLink(emulator.GetLink(cell));
        text.SetProtected(cell.IsProtected);
        text.AddString(emulator.WrittenText(cell));
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

    private static void WriteTabs(Screen screen, ref SnapshotText text)
    {
        bool isDefault = true;
        for (int column = 0; column < screen.Columns; column++)
        {
            isDefault &= screen.Tabs[column] == (column > 0 && column % 8 == 0);
        }

        if (isDefault)
        {
            return;
        }

        text.Add("\e[3g"u8);
        for (int column = 0; column < screen.Columns; column++)
        {
            if (screen.Tabs[column])
            {
                text.Csi(column + 1, 'G');
                text.Add("\eH"u8);
            }
        }

        text.Add("\r"u8);
    }

    private static void WriteColors(ColorState colors, ref SnapshotText text)
    {
        for (int index = 0; index < colors.Overrides.Length; index++)
        {
            if (colors.Overrides[index] >= 0)
            {
                text.Add("\e]4;"u8);
                text.Add(index);
                WriteColor(colors.Overrides[index], ref text);
            }
        }

        for (int number = ColorState.DynamicFirst; number <= ColorState.DynamicLast; number++)
        {
            if (colors.DynamicOverride(number) >= 0)
            {
                text.Add("\e]"u8);
                text.Add(number);
                WriteColor(colors.DynamicOverride(number), ref text);
            }
        }
    }

    private static void WriteColor(int color, ref SnapshotText text) =>
        text.AddString($";rgb:{(color >> 16) & 0xFF:x2}/{(color >> 8) & 0xFF:x2}/{color & 0xFF:x2}\e\\");

    private static void WriteTitles(TitleState titles, ref SnapshotText text)
    {
        foreach ((string? icon, string? window) in titles.Stack)
        {
            WriteTitle(1, icon, ref text);
            WriteTitle(2, window, ref text);
            text.Add(icon is null ? "\e[22;2t"u8 : window is null ? "\e[22;1t"u8 : "\e[22;0t"u8);
        }

        if (titles.Icon == titles.Window)
        {
            WriteTitle(0, titles.Window.Length > 0 || titles.Stack.Count > 0 ? titles.Window : null, ref text);
        }
        else
        {
            WriteTitle(1, titles.Icon, ref text);
            WriteTitle(2, titles.Window, ref text);
        }

        // From here on titles are told in hexadecimal.
        text.Add(titles.ReportsHex ? "\e[>1t"u8 : default);
        text.Add(titles.SetsHex ? "\e[>0t"u8 : default);
    }

    private static void WriteTitle(int number, string? title, ref SnapshotText text)
    {
        if (title is not null)
        {
            text.AddString($"\e]{number};{title}\e\\");
        }
    }

    private static void WriteDirectory(Screen screen, ref SnapshotText text)
    {
        if (screen.WorkingDirectory is { } path)
        {
            text.AddString(path.StartsWith('/') ? $"\e]7;file://{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}\e\\" : $"\e]7;{path}\e\\");
        }
    }
}
