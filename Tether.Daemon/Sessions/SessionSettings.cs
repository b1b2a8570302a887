using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Journal;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>What all sessions of a daemon have in common.</summary>
internal sealed record SessionSettings
{
    public required string JournalsDirectory { get; init; }

    public required JournalLimits Journal { get; init; }

    /// <summary>Between all sessions.</summary>
    public EchoPriority EchoPriority { get; } = new(TimeProvider.System);

    /// <summary>Between SIGHUP, SIGTERM and SIGKILL.</summary>
    public required TimeSpan StopGrace { get; init; }

    /// <summary>Scrollback, colours, name and version of each emulator; its size is the session's.</summary>
    public required TerminalOptions Terminal { get; init; }

    /// <summary>The agent that a provider, by its name, starts; null when it is none that is known.</summary>
    public Func<string, AgentKind?> AgentOf { get; init; } = AgentKinds.Find;

    /// <summary>What agents' screens mean.</summary>
    public RuleBook Rules { get; init; } = RuleBook.WithoutFiles;
}
