using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>Which sessions of agents are there, started with Tether or without?</summary>
public sealed record ExternalRequest : Request
{
    /// <summary>Only this agent's; null for all.</summary>
    public string? Agent { get; init; }

    /// <summary>Only those in this folder or below it; absolute. Null for all.</summary>
    public string? Directory { get; init; }

    /// <summary>The newest so many: 1–1000.</summary>
    public int Limit { get; set; } = 50;
}

/// <summary>The one with the newest activity first.</summary>
public sealed record ExternalReply : Reply
{
    public required ExternalSession[] Sessions { get; init; }

    /// <summary>Files and databases that could not be read, and why.</summary>
    public string[] Problems { get; set; } = [];
}

/// <summary>What was said in a session of an agent.</summary>
public sealed record TranscriptRequest : Request
{
    /// <summary>A session of Tether's (id, beginning, title), or an agent's own id or a unique beginning of it.</summary>
    public required string Session { get; init; }

    /// <summary>Only entries from this number on; null for the last ones.</summary>
    public int? From { get; init; }

    /// <summary>At most so many: 1–2000. Fewer come when their texts are long.</summary>
    public int Limit { get; set; } = 500;
}

/// <summary>Oldest first.</summary>
public sealed record TranscriptReply : Reply
{
    public required ExternalSession Session { get; init; }

    public required TranscriptEntry[] Entries { get; init; }

    /// <summary>How many there are in all.</summary>
    public required int Count { get; init; }
}

/// <summary>What has a session of an agent used?</summary>
public sealed record UsageRequest : Request
{
    /// <summary>As in <see cref="TranscriptRequest"/>.</summary>
    public required string Session { get; init; }
}

/// <summary>As far as the agent itself keeps account.</summary>
public sealed record UsageReply : Reply
{
    public required ExternalSession Session { get; init; }

    /// <summary>Null when the agent says nothing of it, or not yet.</summary>
    public SessionUsage? Usage { get; init; }
}

/// <summary>Resume a session that was started without Tether, or one that a reboot ended, as a session of Tether's. Answered with `session`.</summary>
public sealed record AdoptRequest : Request
{
    /// <summary>The agent's own id, or a unique beginning of it.</summary>
    public required string AgentSession { get; init; }

    /// <summary>Although it seems to be running elsewhere, or somebody wrote to it a moment ago.</summary>
    public bool Force { get; init; }

    /// <summary>As in <see cref="CreateRequest"/>.</summary>
    public string[]? Environment { get; init; }

    public int FileLimit { get; init; }

    public int Umask { get; set; } = -1;

    public string? Title { get; init; }

    public int Columns { get; init; }

    public int Rows { get; init; }

    public int[]? Colors { get; init; }
}
