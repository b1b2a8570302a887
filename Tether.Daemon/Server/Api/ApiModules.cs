using Tether.Daemon.Server.Api.Approvals;
using Tether.Daemon.Server.Api.Documents;
using Tether.Daemon.Server.Api.Git;
using Tether.Daemon.Server.Api.Rules;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Server.Api.Tokens;

namespace Tether.Daemon.Server.Api;

/// <summary>All parts of the API, in the order in which people should read of them.</summary>
internal static class ApiModules
{
    public static IReadOnlyList<IApiModule> Of(ApiParts parts)
    {
        var view = new SessionView(parts.Table, parts.Requests);
        var directories = new ConfinedDirectories(parts.Table, Environment.GetEnvironmentVariable("HOME") ?? "/", parts.Config.HttpDirectories);
        List<IApiModule> modules =
        [
            new HealthApi(parts.Version),
            new SessionsApi(parts, view, directories),
            new ScreensApi(parts.Requests, view, parts.Tickets),
            new GitApi(view, new SessionDiffs(parts.Clock), parts.Clock),
            new DirectoriesApi(directories),
            new ApprovalsApi(parts.Requests),
            new RulesApi(parts.Requests),
            new AuditApi(parts.Requests, parts.Audit),
            new TokensApi(parts.Tokens, parts.Clock),
        ];
        modules.Add(new OpenApi(() => modules.SelectMany(module => module.Routes), parts.Version));
        return modules;
    }
}
