using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Mcp;

/// <summary>All tools, in the order in which a model reads them.</summary>
internal static class McpTools
{
    public static IReadOnlyList<McpTool> Of(IApiAsks asks, IExternalAgents agents, IEventLog log, Func<SessionRecord, CancellationToken, Task<string>> diff, TimeProvider clock) =>
        [.. new SelfTools(agents, log, clock).All, .. Supervisor(asks, agents, log, diff, clock)];

    /// <summary>Those by which an agent supervises others.</summary>
    public static IReadOnlyList<McpTool> Supervisor(IApiAsks asks, IExternalAgents agents, IEventLog log, Func<SessionRecord, CancellationToken, Task<string>> diff, TimeProvider clock)
    {
        var sessions = new SupervisedSessions(asks, log, clock);
        return [.. new ReadingTools(asks, sessions, log, diff).All, .. new SteeringTools(asks, sessions, agents).All];
    }
}
