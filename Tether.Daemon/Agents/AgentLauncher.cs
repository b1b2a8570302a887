using Microsoft.Extensions.Logging;
using Tether.Daemon.Configuration;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>Adds to a launch what makes its agent report to the session. Whatever goes wrong with that, the program starts as the person asked.</summary>
/// <param name="folders">Each session's own folder.</param>
/// <param name="localSocket">The daemon's.</param>
/// <param name="tetherProgram">The client beside the daemon; null when it is not there.</param>
/// <param name="config">Which agents report, and how.</param>
internal sealed class AgentLauncher(AgentFolders folders, string localSocket, string? tetherProgram, TetherConfig config, TimeProvider clock, ILogger log)
{
    /// <summary>`on` or `off` in the environment of one session counts before the configuration.</summary>
    public const string HooksVariable = "TETHER_HOOKS";
    public const string SecretVariable = "TETHER_HOOK_SECRET";
    public const string SocketVariable = "TETHER_SOCKET";

    // The agent's own start comes first.
    private static readonly TimeSpan VersionDelay = TimeSpan.FromSeconds(10);

    private readonly AgentVersions _versions = new(clock);

    public LaunchPlan Prepare(string session, Provider provider, LaunchPlan plan, ApprovalMode approval)
    {
        if (AgentKinds.Of(provider) is not { } kind)
        {
            return plan;
        }

        try
        {
            var file = folders.Create(session);
            var launch = new AgentLaunch
            {
                Session = session,
                Folder = folders.FolderOf(session),
                TetherProgram = tetherProgram,
                LocalSocket = localSocket,
                File = file,
                Approval = approval,
                PiAsks = config.PiAsks,
                Codex = config.Codex,
                Clock = clock,
            };
            string[] environment = [.. plan.Environment.Where(entry => !IsOurs(entry))];
            var prepared = Reports(environment)
                ? kind.Prepare(plan with { Environment = [.. environment, $"{SecretVariable}={file.Secret}", $"{SocketVariable}={localSocket}"] }, launch)
                : plan with { Environment = environment };
            file.Save(launch.Folder);
            if (!provider.IsLoginShell)
            {
                _ = KeepVersionAsync(plan, file, launch.Folder);
            }

            return prepared;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.NotPrepared(kind.Name, session, e.Message);
            return plan;
        }
    }

    /// <summary>A session that was prepared is not started after all.</summary>
    public void Abandon(string session) => folders.Forget(session);

    /// <summary>The client that stands beside a daemon's program; null when there is none.</summary>
    public static string? FindTether(string daemonDirectory)
    {
        var program = Path.Combine(daemonDirectory, "tether");
        return ProgramFinder.IsExecutable(program) ? program : null;
    }

    private async Task KeepVersionAsync(LaunchPlan plan, AgentFile file, string folder)
    {
        await Task.Delay(VersionDelay, clock).ConfigureAwait(false);
        try
        {
            if (await _versions.Of(plan.Program, plan.Environment).ConfigureAwait(false) is { } version)
            {
                file.Version = version;
                file.Save(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The session is gone already, or the disk is full: `tether explain` does not say it then.
        }
    }

    private bool Reports(string[] environment) => SessionEnvironment.Get(environment, HooksVariable) switch
    {
        "on" => true,
        "off" => false,
        _ => config.Hooks,
    };

    // A session started inside another one does not speak for that one.
    private static bool IsOurs(string entry) =>
        entry.StartsWith(SecretVariable + "=", StringComparison.Ordinal) || entry.StartsWith(SocketVariable + "=", StringComparison.Ordinal);
}
