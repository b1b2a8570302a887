namespace Tether.Tui.Dashboard.Model;

/// <summary>What a person who supervises wants to know of a session at a glance.</summary>
internal enum SessionStatus
{
    /// <summary>It printed a moment ago.</summary>
    Working,

    /// <summary>It runs and prints nothing.</summary>
    Quiet,

    /// <summary>It worked for a while, then fell silent, and nobody has looked since.</summary>
    WaitingQuietly,

    /// <summary>It rang the bell or sent a notification since somebody last looked.</summary>
    NeedsYou,

    /// <summary>Its program ended by itself with 0; an agent that finished its turn, and nobody has looked since.</summary>
    Done,

    /// <summary>Its program ended with another code, by a signal, or in a way that is not known.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>Its terminal is gone without an exit having been seen.</summary>
    Lost,

    /// <summary>An agent that cannot be typed to yet.</summary>
    Starting,

    /// <summary>An agent that stands still until somebody allows or denies something.</summary>
    NeedsApproval,

    /// <summary>An agent that stands still until somebody answers a question.</summary>
    NeedsAnswer,

    /// <summary>An agent that waits for a prompt; what it did before has been seen.</summary>
    WaitingForPrompt,

    /// <summary>An agent whose account's limit is reached.</summary>
    LimitReached,

    /// <summary>An agent that cannot go on before somebody logs in.</summary>
    LoginNeeded,

    /// <summary>An agent whose program ended by itself with 0.</summary>
    Exited,
}
