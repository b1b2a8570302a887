namespace Tether.Daemon.Agents.Codex;

/// <summary>How Codex reports and asks: TETHER_CODEX.</summary>
internal enum CodexWay
{
    /// <summary>By hooks on its command line. Its own prompt comes only when the hook has returned.</summary>
    Hooks,

    /// <summary>By a server of the session's own (`codex app-server`), to which its terminal interface and the daemon are both connected: its own prompt and the queue ask at once.</summary>
    Remote,

    /// <summary>Not at all: it is started as the person says, and its terminal alone tells of it.</summary>
    Off,
}
