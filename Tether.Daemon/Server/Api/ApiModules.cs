using Tether.Daemon.Server.Api.Approvals;
using Tether.Daemon.Server.Api.Documents;
using Tether.Daemon.Server.Api.Events;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Server.Api.Git;
using Tether.Daemon.Server.Api.Outside;
using Tether.Daemon.Server.Api.Rules;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Daemon.Server.Api.Webhooks;
using Tether.Daemon.Server.Mcp;

namespace Tether.Daemon.Server.Api;

/// <summary>All parts of the API, in the order in which people should read of them.</summary>
internal static class ApiModules
{
    public static IReadOnlyList<IApiModule> Of(ApiParts parts)
    {
        var view = new SessionView(parts.Table, parts.Requests);
        var diffs = new SessionDiffs(parts.Clock);
        List<IApiModule> modules =
        [
            new HealthApi(parts.Version),
            new SessionsApi(parts, view, parts.Directories),
            new StatusApi(parts.Table, view),
            new ScreensApi(parts.Requests, view, parts.Tickets),
            new OutsideApi(parts.Requests, view, parts.Directories, parts.Events),
            new GitApi(view, diffs, parts.Clock),
            new GitChangesApi(view, parts.IsSupervised, parts.Clock),
            new DirectoriesApi(parts.Directories, diffs),
            new ApprovalsApi(parts.Requests),
            new RulesApi(parts.Requests),
            new AuditApi(parts.Requests, parts.Audit),
            new TokensApi(parts.Tokens, parts.Clock),
        ];
        if (parts is { Events: { } events, Externals: { } externals, Cursors: { } cursors })
        {
            modules.Add(new EventsApi(events, externals, parts.Table.FindRecord, parts.Clock));
            modules.Add(new ExternalApi(externals, events, cursors, parts.Clock));
            modules.Add(new McpModule(
                McpTools.Of(parts.Requests, externals, events, async (session, stop) => (await diffs.OfAsync(session, stop).ConfigureAwait(false)).Diff, parts.Clock), new McpResources(parts.Requests), parts.Version, parts.Log));
        }

        if (parts.Webhooks is { } webhooks)
        {
            modules.Add(new WebhooksApi(webhooks));
        }

        modules.Add(new OpenApi(() => modules.SelectMany(module => module.Routes), parts.Version));
        return modules;
    }
}
