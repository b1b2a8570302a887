using Tether.Protocol.Terminal;

namespace Tether.Testing.Outer;

/// <summary>The modes that a program can leave behind in a terminal and that a person would notice.</summary>
public sealed record OuterModes
{
    /// <summary>A terminal window that was just opened.</summary>
    public static OuterModes Fresh { get; } = new OuterEmulator(80, 24, _ => { }).Look().Modes;

    public required bool IsAlternateScreen { get; init; }

    public required bool IsCursorVisible { get; init; }

    public required bool BracketedPaste { get; init; }

    public required bool FocusReports { get; init; }

    public required bool ApplicationCursorKeys { get; init; }

    public required bool ApplicationKeypad { get; init; }

    public required bool Autowrap { get; init; }

    public required bool Origin { get; init; }

    public required bool SynchronizedOutput { get; init; }

    public required bool ColorSchemeReports { get; init; }

    public required bool InBandResize { get; init; }

    public required string Mouse { get; init; }

    public required KittyFlags KittyFlags { get; init; }

    public required int ModifyOtherKeys { get; init; }

    public required CursorShape CursorShape { get; init; }
}
