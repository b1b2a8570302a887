namespace Tether.Tui.Dashboard.Model;

/// <summary>Why a session needs a human.</summary>
internal enum AttentionKind
{
    Bell,
    Notification,

    /// <summary>Worked for a while, then fell silent.</summary>
    WaitingQuietly,

    /// <summary>Ended with 0.</summary>
    Finished,

    Failed,
    Lost,

    /// <summary>The daemon says it of an agent: it is done, it failed, its limit is reached, it has to be logged in.</summary>
    Told,

    /// <summary>An item of the daemon's queue, which says itself what it is.</summary>
    Asked,
}
