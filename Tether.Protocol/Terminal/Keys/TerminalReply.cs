namespace Tether.Protocol.Terminal.Keys;

/// <summary>What a reply tells of.</summary>
public enum ReplyKind : byte
{
    /// <summary>A sequence that is neither a key nor a reply known here.</summary>
    Unknown,

    /// <summary>DA1, <c>CSI ? … c</c>: level and features.</summary>
    PrimaryAttributes,

    /// <summary>DA2, <c>CSI &gt; type ; version ; … c</c>.</summary>
    SecondaryAttributes,

    /// <summary>DA3, <c>DCS ! | id ST</c>: the text is the id.</summary>
    TertiaryAttributes,

    /// <summary>DSR, <c>CSI n n</c> and <c>CSI ? … n</c>.</summary>
    Status,

    /// <summary>CPR, <c>CSI row ; column R</c> and <c>CSI ? row ; column ; page R</c>, from 1.</summary>
    CursorPosition,

    /// <summary>DECRPM, <c>CSI [?] mode ; state $ y</c>: 0 unknown, 1 set, 2 reset, 3 and 4 for good.</summary>
    Mode,

    /// <summary>Kitty keyboard, <c>CSI ? flags u</c>.</summary>
    KittyFlags,

    /// <summary>XTQMODKEYS, <c>CSI &gt; 4 ; n m</c>: modifyOtherKeys is at level n.</summary>
    KeyModifiers,

    /// <summary>XTWINOPS, <c>CSI what ; … t</c>: 4 pixels, 6 cell, 8 cells; 48 rows, columns, pixels of mode 2048.</summary>
    Window,

    /// <summary><c>CSI ? 997 ; n n</c>: 1 dark, 2 light.</summary>
    ColorScheme,

    /// <summary>OSC 4, 5, 10–19: the number, and as text what follows it.</summary>
    Color,

    /// <summary>XTVERSION, <c>DCS &gt; | text ST</c>.</summary>
    Version,

    /// <summary>DECRQSS, <c>DCS n $ r text ST</c>: 1 valid, 0 not.</summary>
    Setting,

    /// <summary>XTGETTCAP, <c>DCS n + r text ST</c>: 1 known, 0 not; names and values in hexadecimal.</summary>
    Capability,

    /// <summary>XTWINOPS 20 and 21, <c>OSC L name ST</c> and <c>OSC l title ST</c>: the text is what follows the letter.</summary>
    Title,

    /// <summary>OSC 52: the text is <c>selection ; base64</c>.</summary>
    Clipboard,

    /// <summary>Kitty graphics, <c>APC G text ST</c>.</summary>
    Graphics,
}

/// <summary>One reply; valid during the call that brings it.</summary>
public readonly ref struct TerminalReply
{
    /// <summary>What it tells of.</summary>
    public ReplyKind Kind { get; init; }

    /// <summary>The parameters of a CSI or DCS, the number of an OSC; what was left out is -1. At most 32.</summary>
    public ReadOnlySpan<int> Numbers { get; init; }

    /// <summary>The text of a control string after its number or head; for a CSI all of it after <c>CSI</c>.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>True for the form with <c>?</c>.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>A number, or <paramref name="fallback"/> where it was left out.</summary>
    public int Number(int index, int fallback = 0) => index < Numbers.Length && Numbers[index] >= 0 ? Numbers[index] : fallback;
}
