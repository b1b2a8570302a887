namespace Tether.Protocol.Model;

/// <summary>One sign of what an agent is up to; <see cref="AgentStatus"/> is what comes of all of them.</summary>
public sealed record AgentSignal
{
    public required SignalSource Source { get; init; }

    /// <summary>What it says; <see cref="AgentState.Unknown"/> takes back what this source said before.</summary>
    public required AgentState State { get; init; }

    /// <summary>As in <see cref="AgentStatus.Rule"/>.</summary>
    public required string Rule { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Detail { get; set; } = "";

    public DateTimeOffset? Until { get; init; }
}
