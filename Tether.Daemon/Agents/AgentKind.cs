using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>
/// One agent: how it is launched so that it reports here, how it asks and is answered, what its screen says. Stateless; whatever belongs to one session
/// is in what the methods are given. Nothing here touches the person's own settings.
/// </summary>
internal abstract class AgentKind
{
    public abstract Provider Provider { get; }

    public string Name => Provider.Name;

    /// <summary>The versions that this was made for and tried with, as `0.160–0.169`; others are used all the same, and `tether explain` says so.</summary>
    public virtual string KnownVersions => "";

    /// <summary>Adds what makes the agent report to its session. The result differs from the plan in arguments and environment only.</summary>
    public virtual LaunchPlan Prepare(LaunchPlan plan, AgentLaunch launch) => plan;

    /// <summary>What a hook or extension of the agent told.</summary>
    /// <exception cref="FormatException">It is nothing that this agent tells.</exception>
    public virtual HookEffect Read(JsonElement payload, HookContext context) => HookEffect.None;

    /// <summary>An answer as the agent's hook must print it; null for none, and the agent asks in its own way.</summary>
    /// <param name="payload">The one that asked.</param>
    /// <param name="ask">What <see cref="Read"/> made of it.</param>
    /// <param name="answer">What was decided.</param>
    public virtual string? Write(JsonElement payload, Ask ask, QueueAnswer answer) => null;

    /// <summary>Connects to the protocol that a running session of this agent serves; null when it serves none. Called at the start of a session and of a daemon.</summary>
    public virtual IAgentLink? Connect(AgentLinkContext context) => null;

    /// <summary>The prompt that stands on the screen; null when there is none that is known.</summary>
    public virtual ScreenPrompt? ReadPrompt(ScreenText screen) => null;

    /// <summary>Arguments that resume a session of the agent, with those that it was first started with.</summary>
    /// <param name="agentSession">The agent's own id.</param>
    /// <param name="original">The arguments of its first start, which may hold an older resume.</param>
    /// <returns>Null when the agent cannot resume.</returns>
    public virtual string[]? ResumeArguments(string agentSession, string[] original) => null;
}
