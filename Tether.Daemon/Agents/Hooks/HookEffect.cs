using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Hooks;

/// <summary>What follows from one thing that a hook told.</summary>
internal sealed record HookEffect
{
    public static HookEffect None { get; } = new();

    /// <summary>What it says of the agent's state; null for nothing.</summary>
    public AgentSignal? Signal { get; init; }

    /// <summary>A question that waits for its answer; null for none.</summary>
    public Ask? Ask { get; init; }

    /// <summary>
    /// True when the agent draws its own prompt only after the hook has returned: then a hook is held only while nobody is in control of the session, and
    /// no longer than the person allows.
    /// </summary>
    public bool HoldsPromptBack { get; init; }

    /// <summary>The agent's own id of the session; null when it was not told.</summary>
    public string? AgentSession { get; init; }

    /// <summary>Which open questions are over by this; null for none.</summary>
    public Func<Ask, bool>? Settles { get; init; }

    /// <summary>The <see cref="Ask.Correlation"/> of one use of a tool that is over; null for none.</summary>
    public string? Finishes { get; init; }

    /// <summary>How they were settled, for people: `answered in the terminal`, `interrupted` …</summary>
    public string SettledBy { get; init; } = "answered in the terminal";

    /// <summary>What came of them, where that is known.</summary>
    public QueueDecision? SettledAs { get; init; }
}

/// <summary>What is known around a hook's words.</summary>
internal sealed record HookContext
{
    public required SessionRecord Session { get; init; }

    /// <summary>The key that the hook chose; becomes <see cref="Ask.Key"/>.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset Now { get; init; }
}
