using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>The state of a session that is not text: colours, titles, tabs, keyboard, modes, margins, cursors.</summary>
internal static class StateWriter
{
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
