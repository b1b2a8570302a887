using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents;
using Tether.Daemon.Approvals.Audit;
using Tether.Daemon.Configuration;
using Tether.Daemon.Events;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api;

/// <summary>What the API's modules are made of.</summary>
internal sealed record ApiParts
{
    public required ApiRequests Requests { get; init; }

    public required SessionTable Table { get; init; }

    public required ProviderList Providers { get; init; }

    public required AuditLog Audit { get; init; }

    public required TetherConfig Config { get; init; }

    public required TetherPaths Paths { get; init; }

    public required ConfinedDirectories Directories { get; init; }

    public required string Version { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Log { get; init; }

    /// <summary>Whether a process runs inside a session that is supervised.</summary>
    public required Func<int, bool> IsSupervised { get; init; }

    /// <summary>Null while there is none.</summary>
    public IEventLog? Events { get; init; }

    /// <summary>Null while there are none.</summary>
    public IExternalAgents? Externals { get; init; }

    /// <summary>How far agents that keep no cursor have been told; null while there are none.</summary>
    public InputCursors? Cursors { get; init; }

    /// <summary>Null while there are none.</summary>
    public WebhookDesk? Webhooks { get; init; }

    public required TokenStore Tokens { get; init; }

    public required WsTickets Tickets { get; init; }
}
