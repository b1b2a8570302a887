using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>How this client attaches, whichever session it is.</summary>
internal sealed record AttachSettings
{
    private const int DefaultScrollback = 1000;
    private const int MaxScrollback = 1_000_000;

    public required EscapeChord Chord { get; init; }

    /// <summary>Come back by itself when the daemon goes.</summary>
    public bool Reconnects { get; init; } = true;

    /// <summary>The chord leaves at once instead of opening the menu: the dashboard is what it goes back to.</summary>
    public bool ChordLeaves { get; init; }

    /// <summary>Let the daemon read and write the terminal itself where it can.</summary>
    public bool Lends { get; init; } = true;

    /// <summary>How the terminal shows desktop notifications, as <see cref="AlertWay"/> finds it; null when it shows none.</summary>
    public string? Alerts { get; init; }

    /// <summary>Rows of history that the first picture of a session brings along: TETHER_ATTACH_SCROLLBACK.</summary>
    public static int ScrollbackRows =>
        int.TryParse(ClientConfig.Find("TETHER_ATTACH_SCROLLBACK"), out var rows) && rows >= 0 ? Math.Min(rows, MaxScrollback) : DefaultScrollback;

    public static AttachSettings Read() => new()
    {
        Chord = EscapeChord.Read(),
        Lends = Environment.GetEnvironmentVariable("TETHER_LEND") != "0",
        Alerts = AlertWay.Of(Environment.GetEnvironmentVariable),
    };
}
