using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>What needs a human: of all sessions, or of one.</summary>
public sealed record QueueRequest : Request
{
    public string? Session { get; init; }

    /// <summary>Also what is over: the newest 200.</summary>
    public bool All { get; init; }
}

/// <summary>Open items first, the most urgent first of all; the order does not change while nothing but time passes.</summary>
public sealed record QueueReply : Reply
{
    public required QueueItem[] Items { get; init; }
}

/// <summary>A request about one item of the queue.</summary>
public abstract record ItemRequest : Request
{
    /// <summary>The item's id or a unique beginning of it.</summary>
    public required string Item { get; init; }
}

/// <summary>
/// Answer an item. The first answer wins; a later one is refused with `already-answered`, which says who answered when and where. Answered with
/// <see cref="ItemReply"/> once it is known what became of it.
/// </summary>
public sealed record AnswerRequest : ItemRequest
{
    public required QueueDecision Decision { get; init; }

    /// <summary>For the agent, where it takes one; at most 4096 characters.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The <see cref="AlwaysOffer.Id"/> of a rule to make along with an allow; null for this once.</summary>
    public string? Always { get; init; }

    /// <summary>A changed input as JSON, where the agent takes one.</summary>
    public string? Input { get; init; }

    /// <summary>For each question the labels or numbers (from 1) of the chosen options, or one text.</summary>
    public string[][] Answers { get; set; } = [];

    /// <summary>Where the person is: `dashboard`, `cli` …; one word.</summary>
    public string Surface { get; set; } = "api";
}

/// <summary>Put an item off; it comes back by itself.</summary>
public sealed record SnoozeRequest : ItemRequest
{
    /// <summary>From now; 0 brings it back at once. At most a week.</summary>
    public double Seconds { get; init; }
}

/// <summary>The item as it is now.</summary>
public sealed record ItemReply : Reply
{
    public required QueueItem Item { get; init; }
}

/// <summary>Told to subscribers whenever an item is new or has changed.</summary>
public sealed record ItemNotice : Message
{
    public required QueueItem Item { get; init; }
}

/// <summary>The person has seen what a session did: `done` becomes `waiting`, and its news leave the queue.</summary>
public sealed record SeenRequest : SessionRequest;

/// <summary>Which approvals a session's agent has to ask for from now on. What is pending stays.</summary>
public sealed record ApprovalModeRequest : SessionRequest
{
    public required ApprovalMode Mode { get; init; }
}
