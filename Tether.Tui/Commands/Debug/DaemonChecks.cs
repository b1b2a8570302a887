using System.Reflection;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Debug;

/// <summary>The daemon, its keeper, its sockets and its configuration.</summary>
internal static class DaemonChecks
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static IEnumerable<Finding> Run()
    {
        var version = Version();
        yield return Finding.Good("tether", $"{version}, {AppContext.BaseDirectory}");
        yield return DaemonLauncher.Find() is { } path
            ? Finding.Good("tetherd", path)
            : Finding.Bad("tetherd", "not found", "put `tetherd` beside `tether` or on the PATH");

        foreach (var finding in Paths().Concat(Status(version)))
        {
            yield return finding;
        }
    }

    /// <summary>This program's product version.</summary>
    public static string Version() =>
        typeof(DaemonChecks).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static IEnumerable<Finding> Status(string version)
    {
        using var connection = Connector.TryOpen();
        if (connection is null)
        {
            yield return Finding.Notice("daemon", "does not run", "any command that needs it starts it; `tether start` does so now");
            yield break;
        }

        var status = new DaemonClient(connection).Ask<StatusReply>(new StatusRequest());
        yield return status.Version == version
            ? Finding.Good("daemon", $"{status.Version}, process {status.ProcessId}, {status.RunningSessions} {(status.RunningSessions == 1 ? "session" : "sessions")}")
            : Finding.Notice("daemon", $"is version {status.Version}, `tether` is {version}", "`tether restart` starts the newer one; sessions go on");
        yield return status.KeeperProcessId > 0 && IsAlive(status.KeeperProcessId)
            ? Finding.Good("keeper", $"process {status.KeeperProcessId}")
            : Finding.Notice("keeper", "does not run", "it starts with the next session");
        foreach (var warning in status.Warnings)
        {
            yield return Finding.Bad("config", warning, "mend that line, then `tether restart`");
        }
    }

    private static IEnumerable<Finding> Paths()
    {
        var paths = ClientEnvironment.Paths;
        foreach (var (subject, path) in ((string, string)[])[("runtime", paths.RuntimeDirectory), ("data", paths.DataDirectory)])
        {
            if (!Directory.Exists(path))
            {
                yield return Finding.Notice(subject, $"{path} does not exist yet");
            }
            else
            {
                yield return Mode(subject, path, OwnerOnly);
            }
        }

        foreach (var socket in ((string[])[paths.LocalSocket, paths.WebSocket, paths.KeeperSocket]).Where(File.Exists))
        {
            yield return Mode("socket", socket, OwnerOnly & ~UnixFileMode.UserExecute);
        }
    }

    // What the owner may do more than that is their own affair; what others may do is not.
    private static Finding Mode(string subject, string path, UnixFileMode wanted)
    {
        var mode = File.GetUnixFileMode(path);
        var octal = Convert.ToString((int)mode, 8);
        return (mode & ~OwnerOnly) == 0
            ? Finding.Good(subject, $"{path} {octal}")
            : Finding.Bad(subject, $"{path} is open to others ({octal})", $"chmod {Convert.ToString((int)wanted, 8)} {path}");
    }

    private static bool IsAlive(int processId) => OperatingSystem.IsMacOS() || Directory.Exists($"/proc/{processId}");
}
