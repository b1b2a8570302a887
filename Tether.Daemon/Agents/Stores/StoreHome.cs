namespace Tether.Daemon.Agents.Stores;

/// <summary>Where the agents of the daemon's user keep their sessions: below the home directory, or where their own variables say.</summary>
/// <param name="Home">For `~` in what people read.</param>
internal sealed record StoreHome(string Home, string Claude, string Codex, string OpenCode, string Pi)
{
    /// <param name="variable">Looks an environment variable up; null when it is not set.</param>
    public static StoreHome Of(Func<string, string?> variable)
    {
        var home = variable("HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new StoreHome(
            home,
            Or("CLAUDE_CONFIG_DIR", ".claude"),
            Or("CODEX_HOME", ".codex"),
            Path.Combine(Or("XDG_DATA_HOME", ".local/share"), "opencode"),
            Or("PI_CODING_AGENT_DIR", ".pi/agent"));

        string Or(string name, string below) => variable(name) switch
        {
            null or "" => Path.Combine(home, below),
            "~" => home,
            ['~', '/', .. var rest] => Path.Combine(home, rest),
            var path => Path.GetFullPath(path, home),
        };
    }

    /// <summary>A path as people write it.</summary>
    public string Short(string path) =>
        Home.Length > 1 && path.StartsWith(Home + "/", StringComparison.Ordinal) ? "~" + path[Home.Length..] : path;
}
