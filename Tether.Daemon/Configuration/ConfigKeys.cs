using System.Globalization;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents.Codex;
using Tether.Protocol.Model;

namespace Tether.Daemon.Configuration;

/// <summary>Every key there is, one row each.</summary>
internal static class ConfigKeys
{
    public const string Prefix = "TETHER_";

    // Set by the daemon inside sessions and for the person's command, and by scripts/test for the tests; they configure nothing.
    private static readonly string[] NoSettings =
    [
        "TETHER_SESSION", "TETHER_HOOK_SECRET", "TETHER_SOCKET", "TETHER_BIN", "TETHER_SOAK",
        "TETHER_ITEM", "TETHER_ITEM_KIND", "TETHER_ITEM_TITLE", "TETHER_ITEM_SESSION", "TETHER_ITEM_AGENT",
    ];

    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        EnvironmentOnly("TETHER_CONFIG_DIR"),
        EnvironmentOnly("TETHER_DATA_DIR"),
        EnvironmentOnly("TETHER_RUNTIME_DIR"),
        EnvironmentOnly("TETHER_LEND"),
        EnvironmentOnly("TETHER_TRANSPORT"),
        new("TETHER_STOP_GRACE", ConfigReadBy.Daemon, "seconds from 0 to 3600",
            (config, text) => Seconds(text, 3600) is { } value ? config with { StopGrace = value } : null),
        new("TETHER_APPROVAL", ConfigReadBy.Daemon, "ask or edits (bypass is for single sessions: `tether run --approval bypass …`)",
            (config, text) => Approval(text) is { } mode ? config with { Approval = mode } : null),
        new("TETHER_HOLD", ConfigReadBy.Daemon, "seconds from 0 to 86400",
            (config, text) => Seconds(text, 86_400) is { } value ? config with { Hold = value } : null),
        Number("TETHER_COLUMNS", 1, 2000, (config, value) => config with { Columns = value }),
        Number("TETHER_ROWS", 1, 1000, (config, value) => config with { Rows = value }),
        Number("TETHER_SCROLLBACK", 0, 1_000_000, (config, value) => config with { ScrollbackRows = value }),
        Number("TETHER_JOURNAL_MIB", 1, 1 << 20, (config, value) => config with { JournalMiB = value }),
        Number("TETHER_JOURNAL_DAYS", 0, 36_500, (config, value) => config with { JournalDays = value }),
        Number("TETHER_EVENTS_MOST", 1000, 1_000_000_000, (config, value) => config with { EventsMost = value }),
        new("TETHER_LOG_LEVEL", ConfigReadBy.Daemon, "trace, debug, information, warning, error or none",
            (config, text) => Level(text) is { } level ? config with { LogLevel = level } : null),
        Number("TETHER_LOG_MIB", 1, 1024, (config, value) => config with { LogMiB = value }),
        Number("TETHER_LOG_FILES", 1, 100, (config, value) => config with { LogFiles = value }),
        new("TETHER_HTTP", ConfigReadBy.Daemon, "0 or 1", (config, text) => text switch
        {
            "1" or "on" => config with { ServesHttp = true },
            "0" or "off" => config with { ServesHttp = false },
            _ => null,
        }),
        new("TETHER_AGENT_HOST", ConfigReadBy.Daemon, "an address of this machine, as 127.0.0.1, ::1 or 0.0.0.0, or localhost",
            (config, text) => HttpSettings.Address(text) is { } address ? config with { HttpAddress = address } : null) { IsPersonal = true },
        Number("TETHER_AGENT_PORT", 0, 65_535, (config, value) => config with { AgentPort = value }),
        Number("TETHER_PORT", 0, 65_535, (config, value) => config with { OlderPort = value }),
        new("TETHER_AGENT_HOSTS", ConfigReadBy.Daemon, "names with commas between them, each with or without :PORT",
            (config, text) => HttpSettings.Names(text) is { } names ? config with { HttpNames = names } : null) { IsPersonal = true },
        new("TETHER_AGENT_TOKEN", ConfigReadBy.Daemon, "16 to 512 printable characters without blanks",
            (config, text) => HttpSettings.IsToken(text) ? config with { HttpToken = text } : null) { IsPersonal = true, IsSecret = true },
        Number("TETHER_AGENT_RATE", 0, 1_000_000, (config, value) => config with { HttpRate = value }),
        new("TETHER_AGENT_DIRECTORIES", ConfigReadBy.Daemon, "absolute folders with colons between them",
            (config, text) => HttpSettings.Directories(text) is { } directories ? config with { HttpDirectories = directories } : null) { IsPersonal = true },
        new("TETHER_HOOKS", ConfigReadBy.Daemon, "on or off", (config, text) => text switch
        {
            "on" => config with { Hooks = true },
            "off" => config with { Hooks = false },
            _ => null,
        }),
        new("TETHER_PI_APPROVALS", ConfigReadBy.Daemon, "on or off", (config, text) => text switch
        {
            "on" => config with { PiAsks = true },
            "off" => config with { PiAsks = false },
            _ => null,
        }),
        new("TETHER_NOTIFY", ConfigReadBy.Daemon, "on or off", (config, text) => text switch
        {
            "on" => config with { Notifies = true },
            "off" => config with { Notifies = false },
            _ => null,
        }),
        Number("TETHER_NOTIFY_CONTENT", 0, 1, (config, value) => config with { NotifiesContent = value == 1 }),
        new("TETHER_NOTIFY_COMMAND", ConfigReadBy.Daemon, "a command for /bin/sh", (config, text) => config with { NotifyCommand = text }) { IsPersonal = true },
        new("TETHER_CODEX", ConfigReadBy.Daemon, "hooks, remote or off", (config, text) => text switch
        {
            "hooks" => config with { Codex = CodexWay.Hooks },
            "remote" => config with { Codex = CodexWay.Remote },
            "off" => config with { Codex = CodexWay.Off },
            _ => null,
        }),
        Colour("TETHER_FOREGROUND", (config, value) => config with { Foreground = value }),
        Colour("TETHER_BACKGROUND", (config, value) => config with { Background = value }),
        Client("TETHER_ATTACH_SCROLLBACK", "a whole number from 0 up", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
        Client("TETHER_ESCAPE", EscapeKey.Allowed, text => EscapeKey.Parse(text) is not null),
    ];

    public static ConfigKey? Find(string name)
    {
        foreach (var key in All)
        {
            if (key.Name == name)
            {
                return key;
            }
        }

        return null;
    }

    public static bool IsSetting(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && Array.IndexOf(NoSettings, name) < 0;

    private static ConfigKey EnvironmentOnly(string name) => new(name, ConfigReadBy.Environment, "it counts in the environment only", (config, _) => config);

    private static ConfigKey Client(string name, string allowed, Func<string, bool> allows) =>
        new(name, ConfigReadBy.Client, allowed, (config, text) => allows(text) ? config : null);

    private static ConfigKey Number(string name, int least, int most, Func<TetherConfig, int, TetherConfig> set) =>
        new(name, ConfigReadBy.Daemon, $"a whole number from {least} to {most}", (config, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? set(config, value)
                : null);

    private static ConfigKey Colour(string name, Func<TetherConfig, int, TetherConfig> set) =>
        new(name, ConfigReadBy.Daemon, "a colour as #rrggbb", (config, text) =>
            text is ['#', .. { Length: 6 } digits] && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? set(config, value)
                : null);

    private static TimeSpan? Seconds(string text, int most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= most
            ? TimeSpan.FromSeconds(value)
            : null;

    private static ApprovalMode? Approval(string text) => text switch
    {
        "ask" => ApprovalMode.Ask,
        "edits" => ApprovalMode.AcceptEdits,
        _ => null,
    };

    private static LogLevel? Level(string text) => text.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "information" or "info" => LogLevel.Information,
        "warning" or "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => null,
    };
}
