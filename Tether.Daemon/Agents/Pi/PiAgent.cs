using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Pi;

/// <summary>
/// Pi, which asks nobody before it runs a tool. An extension of ours, loaded for this one start, tells what it does and asks before tools that may change
/// something: in the queue and in a dialog of pi's own at once.
/// </summary>
internal sealed class PiAgent : AgentKind
{
    private const string ExtensionName = "tether.mjs", ApprovalsVariable = "TETHER_PI_APPROVALS";

    public override Provider Provider { get; } = new()
    {
        Name = "pi",
        Program = "pi",
        MayHaveArguments = true,
        Description = "Pi",
        Install = "npm install -g @mariozechner/pi-coding-agent",
    };

    public override string KnownVersions => "0.73–1.5";

    /// <summary>Only for the interface: where nobody can be asked, as with `-p` and `--mode`, pi stays as it is.</summary>
    public override LaunchPlan Prepare(LaunchPlan plan, AgentLaunch launch)
    {
        if (!PiArguments.Read(plan.Arguments.AsSpan(1)).IsInterface)
        {
            return plan;
        }

        var extension = Path.Combine(launch.Folder, ExtensionName);
        using (var source = typeof(PiAgent).Assembly.GetManifestResourceStream(ExtensionName)!)
        using (var file = new FileStream(extension, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            source.CopyTo(file);
        }

        var isSaid = SessionEnvironment.Get(plan.Environment, ApprovalsVariable) is not null;
        return plan with
        {
            Arguments = [plan.Arguments[0], "-e", extension, .. plan.Arguments[1..]],
            Environment = isSaid || launch.PiAsks ? plan.Environment : [.. plan.Environment, $"{ApprovalsVariable}=off"],
        };
    }

    public override HookEffect Read(JsonElement payload, HookContext context) => PiHook.Read(payload, context);

    public override string? Write(JsonElement payload, Ask ask, QueueAnswer answer) => PiHook.Write(answer);

    public override ScreenPrompt? ReadPrompt(ScreenText screen) => PiPrompt.Read(screen);

    /// <summary>Only in the session's own directory: elsewhere pi asks whether it should fork.</summary>
    public override string[] ResumeArguments(string agentSession, string[] original) => [.. PiArguments.Read(original).Lasting, "--session", agentSession];
}
