namespace Tether.Protocol.Model;

/// <summary>An immutable description of one session, as lists and messages carry it. Times are UTC.</summary>
public sealed record SessionRecord
{
    /// <summary>8 characters of `a`–`z` and `2`–`9`; unique among all sessions this daemon remembers.</summary>
    public required string Id { get; init; }

    /// <summary>What the person called it, or the provider's name. One line, at most 64 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The title the program set by OSC 0/2; untrusted text, controls removed. Empty when it set none.</summary>
    public string ProgramTitle { get; set; } = "";

    public required string Provider { get; init; }

    /// <summary>The arguments after the provider's own command.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>The absolute directory it was started in.</summary>
    public required string Directory { get; init; }

    /// <summary>Where the program said it is now (OSC 7); null when it never said.</summary>
    public string? WorkingDirectory { get; init; }

    public SessionState State { get; init; }

    public int ProcessId { get; init; }

    public int Columns { get; init; }

    public int Rows { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the program last printed; <see cref="CreatedAt"/> before it ever did.</summary>
    public DateTimeOffset LastOutputAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The program's exit code; null while it runs, when a signal ended it, or when it is unknown.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it by number; null otherwise.</summary>
    public int? Signal { get; init; }

    /// <summary>Why it ended, in a sentence: who stopped it, or why it is lost. Null for an end of its own.</summary>
    public string? EndReason { get; init; }

    /// <summary>Bytes printed so far: the journal's end offset.</summary>
    public long Offset { get; init; }

    /// <summary>Who may type now; null when nobody is attached in control.</summary>
    public string? Controller { get; init; }

    /// <summary>Attached clients, the controller included.</summary>
    public int Viewers { get; init; }

    /// <summary>True when the journal has a hole because the disk was full or failed.</summary>
    public bool HasJournalHole { get; init; }

    /// <summary>The last line of text on its screen, for lists; controls removed.</summary>
    public string LastLine { get; set; } = "";

    /// <summary>
    /// The row where its output is now, counted from the first one of its emulator, scrollback included: the difference between two times is how many lines
    /// it printed, unless the daemon restarted in between. Null for one that has ended.
    /// </summary>
    public long? OutputRow { get; init; }

    /// <summary>What a person sorts it by; see <see cref="Wire.TagRequest"/>.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>How far the program says it is (OSC 9;4): state (1 normal, 2 error, 3 indeterminate, 4 paused), a blank, per cent; null when it says nothing.</summary>
    public string? Progress { get; init; }

    /// <summary>When the program last rang the bell or sent a notification; null when it never did.</summary>
    public DateTimeOffset? BellAt { get; init; }

    /// <summary>What its agent is up to; null when its program is no known agent.</summary>
    public AgentStatus? Status { get; init; }

    /// <summary>The id by which the agent itself knows the session and can resume it; null until it told.</summary>
    public string? AgentSession { get; init; }

    /// <summary>What its agent may do unasked.</summary>
    public ApprovalMode Approval { get; init; }

    /// <summary>Somebody has typed what may not be sent yet.</summary>
    public bool HasDraft { get; init; }

    /// <summary>Who speaks in it when it has no program: an agent that registered over the API. Null for a program's session.</summary>
    public ExternalAgent? External { get; init; }

    /// <summary>Texts that wait to be typed; see <see cref="Wire.InputRequest"/>.</summary>
    public int WaitingSends { get; init; }
}
