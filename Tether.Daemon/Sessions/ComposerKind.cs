using Tether.Daemon.Agents;

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
    /// <param name="agent">Null for a program that is none that is known.</param>
    public static ComposerKind Of(AgentKind? agent) => agent switch
    {
        null => ComposerKind.Other,
        { Provider.IsLoginShell: true } => ComposerKind.CommandLine,
        _ => ComposerKind.Agent,
    };
}
