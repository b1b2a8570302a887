using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>
/// An agent's hook or extension tells something, or asks and waits. The reply comes when there is an answer, for hours if need be; a connection
/// that is closed before has withdrawn nothing: the same <see cref="Key"/> may come again and finds its question, or the answer to it.
/// </summary>
public sealed record HookRequest : Request
{
    /// <summary>TETHER_SESSION.</summary>
    public required string Session { get; init; }

    /// <summary>TETHER_HOOK_SECRET, which the session's program was given.</summary>
    public required string Secret { get; init; }

    public required string Agent { get; init; }

    /// <summary>Chosen at random by the hook, the same each time it asks the same thing. At most 64 characters.</summary>
    public required string Key { get; init; }

    /// <summary>What the agent told the hook: JSON, at most 1 MiB.</summary>
    public required string Payload { get; init; }
}

/// <summary>What the hook should say to its agent.</summary>
public sealed record HookReply : Reply
{
    /// <summary>As the agent wants it, usually JSON for standard output; null: nothing, the agent asks in its own way.</summary>
    public string? Output { get; init; }
}

/// <summary>Why the daemon thinks that a session's agent is in the state that it says.</summary>
public sealed record ExplainRequest : SessionRequest
{
    /// <summary>The state it is really in: screen and signals are saved as a fixture. Null: only explain.</summary>
    public AgentState? Should { get; init; }
}

/// <summary>The state, and everything that was weighed.</summary>
public sealed record ExplainReply : Reply
{
    public required SessionRecord Session { get; init; }

    /// <summary>The newest signal of each source, in the order of their authority, each with why it counts or does not.</summary>
    public required ExplainedSignal[] Signals { get; init; }

    /// <summary>Changes of state, newest last, at most 50.</summary>
    public required AgentStatus[] Past { get; init; }

    /// <summary>The agent's version, and the range that is known; null when it is no known agent.</summary>
    public string? Version { get; init; }

    /// <summary>Where the fixture was saved; null when none was asked for.</summary>
    public string? Fixture { get; init; }
}

/// <summary>One signal, and what came of it.</summary>
public sealed record ExplainedSignal
{
    public required AgentSignal Signal { get; init; }

    /// <summary>`decides`, `agrees`, `stale`, `outranked` …</summary>
    public required string Weight { get; init; }
}
