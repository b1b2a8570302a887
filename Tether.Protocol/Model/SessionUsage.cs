namespace Tether.Protocol.Model;

/// <summary>What an agent's session has used so far, its sub-agents included, as the agent itself counts it.</summary>
public sealed record SessionUsage
{
    /// <summary>Tokens of input that came from no cache.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of input that the model's cache had.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Tokens of input that were put into the cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Tokens of output; where the agent counts thinking among them, that too.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Tokens of thinking, where the agent tells.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>US dollars; null for an agent that keeps no account of money.</summary>
    public double? CostUsd { get; init; }

    public static SessionUsage operator +(SessionUsage a, SessionUsage b) => Sum(a, b, 1);

    public static SessionUsage operator -(SessionUsage a, SessionUsage b) => Sum(a, b, -1);

    private static SessionUsage Sum(SessionUsage a, SessionUsage b, int sign) => new()
    {
        InputTokens = a.InputTokens + (sign * b.InputTokens),
        CacheReadTokens = a.CacheReadTokens + (sign * b.CacheReadTokens),
        CacheWriteTokens = a.CacheWriteTokens + (sign * b.CacheWriteTokens),
        OutputTokens = a.OutputTokens + (sign * b.OutputTokens),
        ReasoningTokens = a.ReasoningTokens + (sign * b.ReasoningTokens),
        CostUsd = a.CostUsd is null && b.CostUsd is null ? null : (a.CostUsd ?? 0) + (sign * (b.CostUsd ?? 0)),
    };
}
