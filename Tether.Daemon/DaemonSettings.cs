using System.Collections;
using System.Reflection;
using Tether.Daemon.Configuration;
using Tether.Daemon.Native;
using Tether.Protocol.Model;

namespace Tether.Daemon;

/// <summary>What the daemon is told by its command line, its environment and its files.</summary>
internal static class DaemonSettings
{
    public static string Version { get; } = typeof(DaemonSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The word behind an option; null when it is not given.</summary>
    public static string? ValueOf(string[] args, string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    /// <param name="settings">Where `.env` is; empty for nowhere, null for the working directory.</param>
    public static (TetherPaths Paths, TetherConfig Config) Read(string? settings)
    {
        var environment = Environment();
        var paths = Paths(environment);
        settings ??= System.Environment.CurrentDirectory;
        return (paths, ConfigReader.Read(environment, settings.Length > 0 ? settings : null, paths.ConfigFile));
    }

    public static TetherPaths Paths(Dictionary<string, string> environment) => TetherPaths.From(environment.GetValueOrDefault, Libc.getuid(), RuntimeNote.Read);

    public static Dictionary<string, string> Environment()
    {
        // A plain loop: what a query over it would have compiled costs milliseconds at each start.
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return environment;
    }
}
