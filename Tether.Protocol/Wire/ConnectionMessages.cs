namespace Tether.Protocol.Wire;

/// <summary>The first message of a connection: which protocol versions the client speaks, and who it is.</summary>
public sealed record HelloRequest : Request
{
    /// <summary>Understood versions, e.g. [1].</summary>
    public required int[] Versions { get; init; }

    /// <summary>For lists and notices: `user@host tty pid`, as a person would recognise it. At most 80 characters are kept.</summary>
    public string Client { get; set; } = "";
}

/// <summary>The version chosen for this connection, and whom it reached.</summary>
public sealed record WelcomeReply : Reply
{
    public required int Version { get; init; }

    /// <summary>The daemon's product version.</summary>
    public required string Daemon { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }
}

/// <summary>Done; there is nothing more to say.</summary>
public sealed record OkReply : Reply;

/// <summary>Not done. <see cref="Code"/> is for programs, <see cref="Message"/> for people.</summary>
public sealed record ErrorReply : Reply
{
    /// <summary>One of <see cref="ErrorCode"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What was given, what is allowed, what to do.</summary>
    public required string Message { get; init; }
}

/// <summary>How the daemon is.</summary>
public sealed record StatusRequest : Request;

/// <summary>Memory is in bytes, times are UTC.</summary>
public sealed record StatusReply : Reply
{
    public required string Version { get; init; }

    public required int ProcessId { get; init; }

    public required int KeeperProcessId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int RunningSessions { get; init; }

    public required int EndedSessions { get; init; }

    public required int Clients { get; init; }

    public required long MemoryBytes { get; init; }

    public required string DataDirectory { get; init; }

    public required string RuntimeDirectory { get; init; }

    public required string LogFile { get; init; }

    /// <summary>Where the HTTP API is, as `http://127.0.0.1:8787`; null while it has no port.</summary>
    public string? Api { get; init; }

    /// <summary>Lines of the configuration that were not understood, with file and line.</summary>
    public string[] Warnings { get; set; } = [];
}

/// <summary>The daemon ends; sessions stay with the keeper.</summary>
public sealed record ShutdownRequest : Request;

/// <summary>From now on tell this connection what happens to all sessions, or to the named one.</summary>
public sealed record SubscribeRequest : Request
{
    public string? Session { get; init; }

    /// <summary>This client shows desktop notifications: it gets an <see cref="AlertNotice"/> for each, and no terminal does. Of several the last to subscribe.</summary>
    public bool Alerts { get; init; }
}

/// <summary>What happened before, for a client that was not there: of all sessions, or of the named one.</summary>
public sealed record EventsRequest : Request
{
    public string? Session { get; init; }

    /// <summary>Only events at this time or later; null: however old.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The newest so many: 1–1000.</summary>
    public int Limit { get; set; } = 200;
}

/// <summary>Oldest first. Events of sessions that were deleted are gone with them.</summary>
public sealed record EventsReply : Reply
{
    public required SessionEventNotice[] Events { get; init; }
}

/// <summary>Something happened to a session. Kinds: created, exited, lost, renamed, tagged, deleted, control, resized, title, bell, notification,
/// directory, progress, status, prompt, clipboard, image, state, agent-session, approval-mode, journal-hole, failure.</summary>
public sealed record SessionEventNotice : Message
{
    public required string Session { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>In a few words; untrusted text with controls removed.</summary>
    public string Text { get; set; } = "";
}
