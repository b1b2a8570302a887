using System.Security;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>The file that lets a login start the daemon.</summary>
internal static class ServiceFile
{
    private const string Label = "dev.tether.tetherd";

    /// <summary>Where it is, or would be.</summary>
    /// <exception cref="TetherException">There is no home.</exception>
    public static string Location()
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? throw new TetherException(
            ExitCodes.Failure, "HOME is not set; there is nowhere to write the service to");
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library/LaunchAgents", $"{Label}.plist")
            : Path.Combine(SystemdDirectory(home), "tetherd.service");
    }

    /// <summary>Writes it and says what to do with it.</summary>
    public static int Install(string? host, int? port)
    {
        var daemon = DaemonLauncher.Find() ?? throw DaemonLauncher.NotInstalled();
        var path = Location();
        var text = OperatingSystem.IsMacOS() ? LaunchAgent(daemon, host, port) : SystemdUnit(daemon, host, port);
        var next = OperatingSystem.IsMacOS()
            ? $"launchctl load -w {path}"
            : "systemctl --user daemon-reload && systemctl --user enable --now tetherd";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TetherException(ExitCodes.Failure, $"cannot write {path}: {e.Message}", e);
        }

        StandardStreams.PrintLine($"wrote {path}; now run");
        StandardStreams.PrintLine($"  {next}");
        if (!OperatingSystem.IsMacOS())
        {
            StandardStreams.PrintLine("and, to let sessions go on when you log out,");
            StandardStreams.PrintLine("  loginctl enable-linger");
        }

        return ExitCodes.Done;
    }

    /// <summary>KillMode=process: stopping the service stops the daemon, while its keeper holds the sessions.</summary>
    public static string SystemdUnit(string daemon, string? host, int? port) => $"""
        [Unit]
        Description=Tether, which keeps coding agents running

        [Service]
        ExecStart={daemon.Replace("%", "%%", StringComparison.Ordinal).Replace(" ", "\\x20", StringComparison.Ordinal)}
        {string.Concat(Variables(host, port).Select(variable => $"Environment=\"{variable.Name}={variable.Value}\"\n"))}KillMode=process
        Restart=on-failure

        [Install]
        WantedBy=default.target

        """;

    public static string LaunchAgent(string daemon, string? host, int? port) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key><string>{Label}</string>
          <key>ProgramArguments</key><array><string>{SecurityElement.Escape(daemon)}</string></array>
          <key>EnvironmentVariables</key><dict>{string.Concat(Variables(host, port).Select(Entry))}</dict>
          <key>RunAtLoad</key><true/>
          <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
          <key>AbandonProcessGroup</key><true/>
        </dict>
        </plist>

        """;

    private static string Entry((string Name, string Value) variable) =>
        $"<key>{variable.Name}</key><string>{SecurityElement.Escape(variable.Value)}</string>";

    private static IEnumerable<(string Name, string Value)> Variables(string? host, int? port)
    {
        if (host is not null)
        {
            yield return ("TETHER_AGENT_HOST", host);
        }

        if (port is { } given)
        {
            yield return ("TETHER_AGENT_PORT", given.ToString());
        }

        // A .NET that is not where the system looks for it, and folders other than the usual ones.
        foreach (var name in (string[])["DOTNET_ROOT", "TETHER_CONFIG_DIR", "TETHER_DATA_DIR", "TETHER_RUNTIME_DIR"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                yield return (name, value);
            }
        }
    }

    private static string SystemdDirectory(string home)
    {
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given : Path.Combine(home, ".config");
        return Path.Combine(config, "systemd/user");
    }
}
