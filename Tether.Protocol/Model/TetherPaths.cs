using System.Security.Cryptography;
using System.Text;

namespace Tether.Protocol.Model;

/// <summary>
/// Where everything is kept, worked out the same way by the client and the daemon from the environment alone.
/// Nothing here touches the disk.
/// </summary>
public sealed record TetherPaths
{
    // sun_path holds 108 bytes on Linux and 104 on macOS; the longest name below a runtime folder is 16.
    private const int LongestRuntimeDirectory = 104 - 17;

    private const string NoteName = "runtime";

    /// <summary>What the person wrote: config.env, providers.json. `TETHER_CONFIG_DIR`, else `$XDG_CONFIG_HOME/tether`, else `~/.config/tether`.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>What must survive a reboot: registry, journals, logs. `TETHER_DATA_DIR`, else `$XDG_DATA_HOME/tether`, else `~/.local/share/tether`.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Sockets and locks. `TETHER_RUNTIME_DIR`, else where the last daemon of this data directory noted that it is (<see cref="RuntimeNote"/>),
    /// else `$XDG_RUNTIME_DIR/tether`, else `run` in the data directory; a path too long for a socket's address is replaced by a folder in /tmp whose name is derived from it.</summary>
    public required string RuntimeDirectory { get; init; }

    /// <summary>HTTP and WebSocket.</summary>
    public string WebSocket => Path.Combine(RuntimeDirectory, "tether.sock");

    /// <summary>The local protocol, over which terminals can be lent.</summary>
    public string LocalSocket => Path.Combine(RuntimeDirectory, "local.sock");

    /// <summary>The keeper's own socket.</summary>
    public string KeeperSocket => Path.Combine(RuntimeDirectory, "keeper.sock");

    /// <summary>Locked by the running daemon.</summary>
    public string DaemonLock => Path.Combine(RuntimeDirectory, "tetherd.lock");

    /// <summary>Locked by the client that is starting a daemon, so that of several only one does.</summary>
    public string StartLock => Path.Combine(RuntimeDirectory, "start.lock");

    /// <summary>Locked by the running daemon too: two would each take the other's sessions for lost.</summary>
    public string DataLock => Path.Combine(DataDirectory, "tetherd.lock");

    /// <summary>
    /// Holds the path of <see cref="RuntimeDirectory"/>, for programs that were started without the variables that lead there: agents hand few on to what they start.
    /// </summary>
    public string RuntimeNote => Path.Combine(DataDirectory, NoteName);

    /// <summary>Which terminals full-screen clients have taken over, one file each.</summary>
    public string Screens => Path.Combine(RuntimeDirectory, "screens");

    public string Registry => Path.Combine(DataDirectory, "tether.db");

    /// <summary>What happened to all sessions.</summary>
    public string Events => Path.Combine(DataDirectory, "events.db");

    /// <summary>Who is told of events, and how far.</summary>
    public string Webhooks => Path.Combine(DataDirectory, "webhooks.db");

    /// <summary>One folder a session.</summary>
    public string Journals => Path.Combine(DataDirectory, "sessions");

    public string LogFile => Path.Combine(DataDirectory, "logs", "tetherd.log");

    public string ConfigFile => Path.Combine(ConfigDirectory, "config.env");

    /// <summary>The person's own rules for what agents may do unasked.</summary>
    public string PolicyFile => Path.Combine(ConfigDirectory, "policy.json");

    /// <summary>Rules that the queue and the command line added.</summary>
    public string RulesFile => Path.Combine(DataDirectory, "rules.json");

    public string ProvidersFile => Path.Combine(ConfigDirectory, "providers.json");

    /// <summary>The person's own rules for agents' screens: `AGENT.json`.</summary>
    public string AgentRules => Path.Combine(ConfigDirectory, "agents");

    /// <summary>Screens whose state was reported as wrong.</summary>
    public string Fixtures => Path.Combine(DataDirectory, "fixtures");

    /// <summary>Works the paths out of an environment.</summary>
    /// <param name="environment">Looks up one variable; null or empty when it is not set.</param>
    /// <param name="userId">The user's number, which keeps the fallback in /tmp apart from other people's.</param>
    /// <param name="read">Reads a note at this path: a folder that is there, else null. Null for no notes.</param>
    public static TetherPaths From(Func<string, string?> environment, uint userId, Func<string, string?>? read = null)
    {
        var home = Given("HOME") ?? "/";
        var data = Given("TETHER_DATA_DIR") ?? Under(Given("XDG_DATA_HOME"), "tether") ?? Path.Combine(home, ".local/share/tether");
        var runtime = Given("TETHER_RUNTIME_DIR") ?? read?.Invoke(Path.Combine(data, NoteName)) ?? Under(Given("XDG_RUNTIME_DIR"), "tether") ?? Path.Combine(data, "run");
        if (Encoding.UTF8.GetByteCount(runtime) > LongestRuntimeDirectory)
        {
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runtime)).AsSpan(0, 8));
            runtime = $"/tmp/tether-{userId}-{name}";
        }

        return new TetherPaths
        {
            ConfigDirectory = Given("TETHER_CONFIG_DIR") ?? Under(Given("XDG_CONFIG_HOME"), "tether") ?? Path.Combine(home, ".config/tether"),
            DataDirectory = data,
            RuntimeDirectory = runtime,
        };

        string? Given(string name) => environment(name) is { Length: > 0 } value ? value : null;

        static string? Under(string? directory, string name) => directory is null ? null : Path.Combine(directory, name);
    }
}
