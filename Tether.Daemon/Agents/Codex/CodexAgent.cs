using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// OpenAI Codex: reports and asks by hooks that stand on its command line, or by a server of the session's own, so that nothing of the person's is touched.
/// </summary>
internal sealed class CodexAgent : AgentKind
{
    public const string AgentName = "codex";

    public override Provider Provider { get; } = new()
    {
        Name = AgentName,
        Program = "codex",
        MayHaveArguments = true,
        Description = "OpenAI Codex",
        Install = "npm install -g @openai/codex",
    };

    public override string KnownVersions => "0.169";

    public override LaunchPlan Prepare(LaunchPlan plan, AgentLaunch launch)
    {
        var given = plan.Arguments[1..];
        var arguments = new CodexArguments(given);
        if (!arguments.IsInteractive || arguments.IsRemote || launch.Codex == CodexWay.Off)
        {
            return plan;
        }

        // Without it a server that all terminals share would run the session, and outlive it. What the person gives comes later, and so counts.
        string[] own = ["-c", "features.daemon_auto_start=false"];
        var hooks = launch.TetherProgram is { } tether ? CodexHookFlags.For(tether, plan.Environment) : [];
        if (launch.Codex == CodexWay.Remote && arguments.CanBeRemote && CodexRemote.IsPossible)
        {
            launch.File.Endpoint = CodexRemote.EndpointOf(launch.Folder);
            return CodexRemote.Plan(plan, arguments, launch.Folder, [.. own, .. hooks]);
        }

        return plan with { Arguments = [plan.Arguments[0], .. own, .. hooks, .. given] };
    }

    public override IAgentLink? Connect(AgentLinkContext context) => CodexRemote.SocketOf(context.File.Endpoint) is { } socket ? new CodexLink(context, socket) : null;

    public override HookEffect Read(JsonElement payload, HookContext context) => CodexHooks.Read(payload, context);

    public override string? Write(JsonElement payload, Ask ask, QueueAnswer answer) => CodexHooks.Write(answer);

    public override ScreenPrompt? ReadPrompt(ScreenText screen) => CodexPrompts.Read(screen);

    public override string[]? ResumeArguments(string agentSession, string[] original) =>
        new CodexArguments(original) is { IsInteractive: true } arguments ? arguments.Resume(agentSession) : null;
}
