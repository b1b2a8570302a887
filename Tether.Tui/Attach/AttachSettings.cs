using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>How this client attaches, whichever session it is.</summary>
internal sealed record AttachSettings
{
    public required EscapeChord Chord { get; init; }

    /// <summary>Come back by itself when the daemon goes.</summary>
    public bool Reconnects { get; init; } = true;

    /// <summary>Let the daemon read and write the terminal itself where it can.</summary>
    public bool Lends { get; init; } = true;

    public static AttachSettings FromEnvironment() => new()
    {
        Chord = EscapeChord.FromEnvironment(),
        Lends = Environment.GetEnvironmentVariable("TETHER_LEND") != "0",
    };
}
