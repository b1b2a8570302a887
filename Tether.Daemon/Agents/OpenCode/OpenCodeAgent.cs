using System.Globalization;
using System.Security.Cryptography;
using Tether.Daemon.Agents.Screens;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>
/// OpenCode, whose interface serves its whole HTTP API when it is given a port. It gets one on the loopback, behind a password of the session's own.
/// The password keeps other users out; it is in the environment of opencode and so of the commands that it runs. A plugin of ours would need neither port
/// nor password, but with any plugin opencode waits at its start for a package of its own from npm: two minutes on a machine without network.
/// </summary>
internal sealed class OpenCodeAgent : AgentKind
{
    private const string PasswordVariable = "OPENCODE_SERVER_PASSWORD", UserVariable = "OPENCODE_SERVER_USERNAME", StandardUser = "opencode";

    public override Provider Provider { get; } = new()
    {
        Name = "opencode",
        Program = "opencode",
        MayHaveArguments = true,
        Description = "OpenCode",
        Install = "npm install -g opencode-ai",
    };

    public override string KnownVersions => "1.18";

    /// <summary>A port that the person chose is used as it is, and gets no password that he did not set: his own clients may know it.</summary>
    public override LaunchPlan Prepare(LaunchPlan plan, AgentLaunch launch)
    {
        var asked = OpenCodeArguments.Read(plan.Arguments.AsSpan(1));
        if (!asked.IsInterface)
        {
            return plan;
        }

        var isHis = asked.Port is not (null or "0");
        var port = isHis ? asked.Port : FreePort.Choose()?.ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return plan;
        }

        var password = SessionEnvironment.Get(plan.Environment, PasswordVariable);
        if (string.IsNullOrEmpty(password) && !isHis)
        {
            password = RandomNumberGenerator.GetHexString(32, lowercase: true);
            plan = plan with { Environment = [.. plan.Environment.Where(entry => !IsOf(entry, PasswordVariable)), $"{PasswordVariable}={password}"] };
        }

        if (!isHis)
        {
            plan = plan with { Arguments = [plan.Arguments[0], "--port", port, .. asked.WithoutPort] };
        }

        launch.File.Endpoint = $"http://{Reachable(asked.HostName)}:{port}";
        launch.File.Password = string.IsNullOrEmpty(password) ? null : $"{SessionEnvironment.Get(plan.Environment, UserVariable) ?? StandardUser}:{password}";
        return plan;
    }

    public override IAgentLink? Connect(AgentLinkContext context) => context.File.Endpoint is null ? null : new OpenCodeLink(context);

    public override ScreenPrompt? ReadPrompt(ScreenText screen) => OpenCodePrompt.Read(screen);

    /// <summary>Only in the session's own directory: elsewhere opencode hangs.</summary>
    public override string[] ResumeArguments(string agentSession, string[] original) => [.. OpenCodeArguments.Read(original).Lasting, "-s", agentSession];

    private static string Reachable(string? host) => host switch
    {
        null or "" or "0.0.0.0" or "::" => "127.0.0.1",
        _ when host.Contains(':', StringComparison.Ordinal) => $"[{host}]",
        _ => host,
    };

    private static bool IsOf(string entry, string variable) => entry.StartsWith(variable + "=", StringComparison.Ordinal);
}
