namespace Tether.Protocol.Terminal.Modes;

/// <summary>One mode: its number, whether DEC private (CSI ?), its name, and whether a snapshot carries it.</summary>
internal readonly record struct ModeEntry(int Number, bool IsPrivate, TerminalMode Mode, string Name, bool InSnapshot = true);

/// <summary>The modes that are a bit each. Those that do more (screens, mouse, 132 columns …) act in <see cref="ModeSwitch"/>.</summary>
internal static class ModeTable
{
    public static readonly ModeEntry[] Entries =
    [
        new(2, false, TerminalMode.KeyboardLock, "KAM", InSnapshot: false),
        new(4, false, TerminalMode.Insert, "IRM"),
        new(12, false, TerminalMode.SendReceive, "SRM", InSnapshot: false),
        new(20, false, TerminalMode.NewLine, "LNM"),
        new(1, true, TerminalMode.ApplicationCursorKeys, "DECCKM"),
        new(3, true, TerminalMode.Column132, "DECCOLM", InSnapshot: false),
        new(4, true, TerminalMode.SmoothScroll, "DECSCLM"),
        new(5, true, TerminalMode.ReverseVideo, "DECSCNM"),
        new(6, true, TerminalMode.Origin, "DECOM"),
        new(7, true, TerminalMode.Autowrap, "DECAWM"),
        new(8, true, TerminalMode.AutoRepeat, "DECARM"),
        new(12, true, TerminalMode.CursorBlink, "blinking cursor"),
        new(18, true, TerminalMode.PrintFormFeed, "DECPFF"),
        new(19, true, TerminalMode.PrintExtent, "DECPEX"),
        new(25, true, TerminalMode.CursorVisible, "DECTCEM"),
        new(35, true, TerminalMode.HebrewMapping, "DECHEBM"),
        new(40, true, TerminalMode.AllowColumn132, "allow DECCOLM"),
        new(41, true, TerminalMode.MoreFix, "more(1) fix"),
        new(42, true, TerminalMode.NationalCharsets, "DECNRCM"),
        new(45, true, TerminalMode.ReverseWrap, "reverse wraparound"),
        new(66, true, TerminalMode.ApplicationKeypad, "DECNKM"),
        new(67, true, TerminalMode.BackspaceKey, "DECBKM"),
        new(69, true, TerminalMode.LeftRightMargins, "DECLRMM"),
        new(80, true, TerminalMode.SixelDisplay, "DECSDM"),
        new(95, true, TerminalMode.NoClearOnColumn132, "DECNCSM"),
        new(1004, true, TerminalMode.FocusReports, "focus reports"),
        new(1007, true, TerminalMode.AlternateScroll, "alternate scroll"),
        new(1034, true, TerminalMode.EightBitMeta, "eight-bit meta"),
        new(1035, true, TerminalMode.NumLockModifiers, "NumLock modifiers"),
        new(1036, true, TerminalMode.MetaSendsEscape, "Meta sends ESC"),
        new(1039, true, TerminalMode.AltSendsEscape, "Alt sends ESC"),
        new(1045, true, TerminalMode.ExtendedReverseWrap, "extended reverse wraparound"),
        new(2004, true, TerminalMode.BracketedPaste, "bracketed paste"),
        new(2026, true, TerminalMode.SynchronizedOutput, "synchronized output", InSnapshot: false),
        new(2027, true, TerminalMode.GraphemeClusters, "grapheme clusters"),
        new(2031, true, TerminalMode.ColorSchemeReports, "colour scheme reports"),
        new(2048, true, TerminalMode.InBandResize, "in-band resize"),
        new(8452, true, TerminalMode.SixelScrollsRight, "sixel scrolls right"),
    ];

    public static TerminalMode Find(int number, bool isPrivate)
    {
        foreach (ref readonly ModeEntry entry in Entries.AsSpan())
        {
            if (entry.Number == number && entry.IsPrivate == isPrivate)
            {
                return entry.Mode;
            }
        }

        return TerminalMode.None;
    }
}
