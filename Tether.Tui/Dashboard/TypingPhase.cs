namespace Tether.Tui.Dashboard;

/// <summary>What becomes of the keys that a person types into a session.</summary>
internal enum TypingPhase
{
    /// <summary>He types into none.</summary>
    Off,

    /// <summary>Control is not here yet, or the daemon is gone: they are kept.</summary>
    Asked,

    /// <summary>They go to the session's program.</summary>
    Live,

    /// <summary>Control is lost or the program has ended: they go nowhere, and do not become commands either.</summary>
    Blocked,
}
