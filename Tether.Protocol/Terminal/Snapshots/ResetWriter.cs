using System.Buffers;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>The undo of everything a session may have switched on in a terminal that shows it.</summary>
internal static class ResetWriter
{
    public static void Write(TerminalEmulator emulator, IBufferWriter<byte> output)
    {
        Screen screen = emulator.Screen;
        var text = new SnapshotText(output);
        text.Add("\e[?2026l"u8);
        if (screen.IsAlternate)
        {
            PopKitty(screen, alternate: true, ref text);
            text.Add("\e[?69l\e[r\e[?1049l"u8);
        }

        PopKitty(screen, alternate: false, ref text);
        text.Add("\e[>4m\e[?9l\e[?1000l\e[?1001l\e[?1002l\e[?1003l\e[?1005l\e[?1006l\e[?1015l\e[?1016l\e[?1007l\e[?1004l\e[?2004l"u8);
        text.Add("\e[?2031l\e[?2048l\e[?1l\e>\e[?7h\e[?6l\e[4l\e[20l\e[?5l\e[?45l\e[?69l\e[r\e(B\e)B\e*B\e+B\x0f\e[0\"q\e]8;;\e\\\e[m"u8);
        WriteSixelModes(screen, ref text);
        text.Add(screen.Titles.SetsHex || screen.Titles.ReportsHex ? "\e[>T"u8 : default);
        WriteColors(screen.Colors, ref text);
        text.Add("\e[?25h\e[0 q"u8);
        int last = LastUsedRow(emulator);
        text.MoveTo(last, 0);
        if (emulator.GetText(emulator.PrimaryRow(last)).Length > 0)
        {
            text.Add("\r\n"u8);
        }

        text.Flush();
    }

    // Only where they are on: terminals do not agree on which way round ?80 is.
    private static void WriteSixelModes(Screen screen, ref SnapshotText text)
    {
        text.Add(screen.Modes[TerminalMode.SixelDisplay] ? "\e[?80l"u8 : default);
        text.Add(screen.Modes[TerminalMode.SixelScrollsRight] ? "\e[?8452l"u8 : default);
    }

    private static void PopKitty(Screen screen, bool alternate, ref SnapshotText text)
    {
        Modes.KittyKeyboard kitty = screen.KittyOf(alternate);
        if (kitty.Depth > 0)
        {
            text.Add("\e[<"u8);
            text.Add(kitty.Depth);
            text.Add("u"u8);
        }

        KittyFlags bottom = kitty.Depth > 0 ? kitty.Saved[0] : kitty.Current;
        if (bottom != KittyFlags.None)
        {
            text.Add("\e[=0;1u"u8);
        }
    }

    private static void WriteColors(ColorState colors, ref SnapshotText text)
    {
        if (colors.Overrides.ContainsAnyExcept(-1))
        {
            text.Add("\e]104\e\\"u8);
        }

        for (int number = ColorState.DynamicFirst; number <= ColorState.DynamicLast; number++)
        {
            if (colors.DynamicOverride(number) >= 0)
            {
                text.Add("\e]"u8);
                text.Add(number + 100);
                text.Add("\e\\"u8);
            }
        }
    }

    private static int LastUsedRow(TerminalEmulator emulator)
    {
        Screen screen = emulator.Screen;
        int cursor = screen.IsAlternate ? screen.SavedOf(alternate: false).Row : screen.Row;
        return Resizing.UsedRows(screen.Primary, cursor) - 1;
    }
}
