using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Shell;

namespace Tether.Daemon.Sessions;

/// <summary>Where a session's program keeps what somebody has typed and not sent yet.</summary>
internal enum ComposerKind
{
    /// <summary>A program that nothing is known of: whatever is typed waits for Enter.</summary>
    Other,

    /// <summary>A shell's command line. A program on the alternate screen takes the keys in its place, until that screen is left.</summary>
    CommandLine,

    /// <summary>An agent's composer: lines end by Shift-Enter and the like, Tab and arrows bring text, menus take Enter.</summary>
    Agent,
}

/// <summary>Which kind a session has.</summary>
internal static class ComposerKinds
{
    public static ComposerKind Of(string provider) =>
        provider == ShellAgent.ShellName ? ComposerKind.CommandLine
        : AgentKinds.Find(provider) is not null ? ComposerKind.Agent
        : ComposerKind.Other;
}
