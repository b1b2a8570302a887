using Microsoft.Extensions.Logging;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>A connection to the protocol that a session's agent serves. It comes back by itself when it breaks, until it is disposed of.</summary>
internal interface IAgentLink : IDisposable;

/// <summary>What a link needs of the session and the daemon. All of it may be used from any thread.</summary>
internal sealed record AgentLinkContext
{
    public required SessionRecord Session { get; init; }

    public required AgentFile File { get; init; }

    /// <summary>The session's own folder for its agent.</summary>
    public required string Folder { get; init; }

    public required IApprovals Approvals { get; init; }

    /// <summary>The agent told what it is up to.</summary>
    public required Action<AgentSignal> Signal { get; init; }

    /// <summary>The agent told by which id it knows this session.</summary>
    public required Action<string> AgentSessionKnown { get; init; }

    public required ILogger Log { get; init; }

    public required TimeProvider Clock { get; init; }
}
