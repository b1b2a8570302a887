namespace Tether.Daemon.Agents;

/// <summary>
/// Which of the daemon's own variables a session gets that was not started from a terminal of this machine. Whatever else the
/// daemon was started with, credentials above all, is not theirs.
/// </summary>
internal static class EnvironmentAllowList
{
    private static readonly HashSet<string> Names =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "EDITOR", "VISUAL", "PAGER",
        "SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS",
        // So that `tether` inside the session reaches this daemon.
        "TETHER_CONFIG_DIR", "TETHER_DATA_DIR", "TETHER_RUNTIME_DIR",
    ];

    private static readonly string[] Prefixes = ["LC_", "XDG_"];

    public static bool Allows(string name) =>
        Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
