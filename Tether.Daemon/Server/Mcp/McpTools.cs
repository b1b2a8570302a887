using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Mcp;

/// <summary>All tools, in the order in which a model reads them.</summary>
internal static class McpTools
{
    public static IReadOnlyList<McpTool> Of(IApiAsks asks, IExternalAgents agents, IEventLog log, Func<SessionRecord, CancellationToken, Task<string>> diff, TimeProvider clock) =>
        [.. new SelfTools(agents, log, clock).All, .. new SupervisorTools(asks, agents, log, diff, clock).All];
}
