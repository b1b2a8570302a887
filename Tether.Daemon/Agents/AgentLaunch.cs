using Tether.Daemon.Agents.Codex;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>What an agent's <see cref="AgentKind.Prepare"/> may use.</summary>
internal sealed record AgentLaunch
{
    public required string Session { get; init; }

    /// <summary>A folder of the session's own (0700), there already; gone with the session. For settings, plugins and sockets.</summary>
    public required string Folder { get; init; }

    /// <summary>The absolute path of the `tether` client, for hooks. It stands beside the daemon; null when it cannot be found, and then no hook may be named.</summary>
    public required string? TetherProgram { get; init; }

    /// <summary>The daemon's local socket, for extensions that speak to it themselves.</summary>
    public required string LocalSocket { get; init; }

    /// <summary>Of this session; what <see cref="AgentKind.Prepare"/> changes in it is kept with the session.</summary>
    public required AgentFile File { get; init; }

    public required ApprovalMode Approval { get; init; }

    /// <summary>Pi, which has no approvals of its own, is to ask for them.</summary>
    public bool PiAsks { get; init; } = true;

    public CodexWay Codex { get; init; }

    public required TimeProvider Clock { get; init; }
}
