using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>
/// Claude Code: reports and asks by hooks, which a settings file of the session's own adds to whatever the person has set up. Its dialogs and the hooks stand
/// side by side, and the first answer counts.
/// </summary>
internal sealed class ClaudeAgent : AgentKind
{
    public const string AgentName = "claude";

    public override Provider Provider { get; } = new()
    {
        Name = AgentName,
        Program = "claude",
        MayHaveArguments = true,
        Description = "Claude Code",
        Install = "npm install -g @anthropic-ai/claude-code",
    };

    public override string KnownVersions => "2.1.197–2.1.329";

    public override LaunchPlan Prepare(LaunchPlan plan, AgentLaunch launch)
    {
        var given = plan.Arguments[1..];
        var arguments = new ClaudeArguments(given);
        if (!arguments.IsInteractive)
        {
            return plan;
        }

        var own = new List<string>();
        if (launch.TetherProgram is { } tether)
        {
            var settings = arguments.Settings();
            if (ClaudeSettings.Write(launch.Folder, settings?.Value, plan.Directory, tether, plan.Environment) is { } file)
            {
                own.AddRange(["--settings", file]);
                given = settings is { } replaced ? [.. given[..replaced.At], .. given[(replaced.At + replaced.Length)..]] : given;
            }
        }

        if (!arguments.ChoosesSession)
        {
            own.AddRange(["--session-id", Guid.NewGuid().ToString()]);
        }

        return plan with { Arguments = [plan.Arguments[0], .. own, .. given] };
    }

    public override HookEffect Read(JsonElement payload, HookContext context) => ClaudeHooks.Read(payload, context);

    public override string? Write(JsonElement payload, Ask ask, QueueAnswer answer) => ClaudeAnswers.Write(payload, ask, answer);

    public override ScreenPrompt? ReadPrompt(ScreenText screen) => ClaudePrompts.Read(screen);

    public override string[]? ResumeArguments(string agentSession, string[] original) =>
        new ClaudeArguments(original).IsInteractive ? ClaudeArguments.Resume(original, agentSession) : null;
}
