using Tether.Tui.Rendering;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// What is known of the outer terminal: at first by the environment alone, later by its own answers (<see cref="CapabilityInquiry"/>). Immutable; what is not
/// known to be there counts as not there.
/// </summary>
internal sealed record Capabilities
{
    /// <summary>It cannot place a cursor: `TERM` is dumb or not set.</summary>
    public bool IsDumb { get; init; }

    public ColorDepth Colors { get; init; }

    /// <summary>True when the person set `NO_COLOR`; no answer changes <see cref="Colors"/> then.</summary>
    public bool RefusesColor { get; init; }

    /// <summary>Characters outside of ASCII are understood: the locale is UTF-8. Else borders are drawn with + - |.</summary>
    public bool HasUnicode { get; init; }

    public bool IsTmux { get; init; }

    public bool IsScreen { get; init; }

    /// <summary>The kernel's own console: perhaps no alternate screen, 16 colours, no mouse reports, and sequences that it does not know may be printed.</summary>
    public bool IsLinuxConsole { get; init; }

    /// <summary>Mode 2026 (DECRPM).</summary>
    public bool SynchronizedOutput { get; init; }

    /// <summary>The kitty keyboard protocol.</summary>
    public bool Kitty { get; init; }

    /// <summary>XTMODKEYS; only of use where <see cref="Kitty"/> is not there.</summary>
    public bool ModifyOtherKeys { get; init; }

    /// <summary>Its name and version as it says itself (XTVERSION).</summary>
    public string? Name { get; init; }

    /// <summary>0xRRGGBB.</summary>
    public int? Foreground { get; init; }

    /// <summary>0xRRGGBB.</summary>
    public int? Background { get; init; }

    /// <summary>The background is dark; null when nothing tells.</summary>
    public bool? IsDark { get; init; }
}
