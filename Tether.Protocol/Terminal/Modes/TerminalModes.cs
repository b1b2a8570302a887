namespace Tether.Protocol.Terminal;

/// <summary>The modes of a session as they are now: a live view, valid on the emulator's thread.</summary>
public sealed class TerminalModes
{
    internal const ulong Defaults = (1UL << (int)TerminalMode.SendReceive) | (1UL << (int)TerminalMode.AnsiNotVt52)
        | (1UL << (int)TerminalMode.Autowrap) | (1UL << (int)TerminalMode.AutoRepeat) | (1UL << (int)TerminalMode.CursorVisible)
        | (1UL << (int)TerminalMode.HebrewMapping) | (1UL << (int)TerminalMode.GraphemeClusters)
        | (1UL << (int)TerminalMode.NumLockModifiers);

    internal ulong Bits { get; set; } = Defaults;

    /// <summary>DECCKM (?1): arrows are sent as SS3.</summary>
    public bool ApplicationCursorKeys => this[TerminalMode.ApplicationCursorKeys];

    /// <summary>DECKPAM (ESC =) and DECNKM (?66).</summary>
    public bool ApplicationKeypad => this[TerminalMode.ApplicationKeypad];

    /// <summary>?2004: pasted text is put between CSI 200 ~ and CSI 201 ~.</summary>
    public bool BracketedPaste => this[TerminalMode.BracketedPaste];

    /// <summary>?1004: CSI I and CSI O tell of focus.</summary>
    public bool FocusReports => this[TerminalMode.FocusReports];

    /// <summary>?2026: the program is in the middle of a frame.</summary>
    public bool SynchronizedOutput => this[TerminalMode.SynchronizedOutput];

    /// <summary>DECAWM (?7).</summary>
    public bool Autowrap => this[TerminalMode.Autowrap];

    /// <summary>DECOM (?6).</summary>
    public bool Origin => this[TerminalMode.Origin];

    /// <summary>DECTCEM (?25).</summary>
    public bool CursorVisible => this[TerminalMode.CursorVisible];

    /// <summary>?2031: CSI ?997;n n is sent when the colour scheme changes.</summary>
    public bool ColorSchemeReports => this[TerminalMode.ColorSchemeReports];

    /// <summary>?2048: CSI 48;… t is sent when the size changes.</summary>
    public bool InBandResize => this[TerminalMode.InBandResize];

    /// <summary>?2027: text is put into cells by grapheme clusters, not by code points.</summary>
    public bool GraphemeClusters => this[TerminalMode.GraphemeClusters];

    /// <summary>?1007: the wheel sends arrows on the alternate screen.</summary>
    public bool AlternateScroll => this[TerminalMode.AlternateScroll];

    public MouseTracking MouseTracking { get; internal set; }

    public MouseEncoding MouseEncoding { get; internal set; }

    /// <summary>The current flags of the screen shown.</summary>
    public KittyFlags KittyFlags { get; internal set; }

    /// <summary>xterm's modifyOtherKeys (CSI &gt; 4 ; n m): 0, 1 or 2.</summary>
    public int ModifyOtherKeys { get; internal set; }

    /// <summary>xterm's formatOtherKeys (CSI &gt; 4 ; n f): 0 sends CSI 27;m;c ~, 1 sends CSI c;m u.</summary>
    public int FormatOtherKeys { get; internal set; }

    /// <summary>DECSCUSR.</summary>
    public CursorShape CursorShape { get; internal set; }

    /// <summary>True for a mode that is on.</summary>
    public bool this[TerminalMode mode]
    {
        get => (Bits >> (int)mode & 1) != 0;
        internal set => Bits = value ? Bits | 1UL << (int)mode : Bits & ~(1UL << (int)mode);
    }
}
