using System.Diagnostics;
using System.Text.Json.Nodes;
using Tether.Testing.Agents;
using Tether.Testing.Models;

namespace Tether.EndToEnd.Tests.Outside;

/// <summary>What the real agents keep on disk after a turn without Tether is listed, read and gone on with.</summary>
public sealed class RealAgentTests
{
    private const string Prompt = "Say it [[RUN echo forty-two]] [[SAY it says so]]";

    [EndToEndFact("claude")]
    public Task Claude() => OneTurn("claude", ["-p", Prompt, "--allowedTools", "Bash(echo *)"], "it says so");

    [EndToEndFact("codex")]
    public Task Codex() => OneTurn("codex", ["exec", "-s", "workspace-write", Prompt], "it says so");

    [EndToEndFact("opencode")]
    public Task OpenCode() => OneTurn("opencode", ["run", "--auto", Prompt], "it says so");

    [EndToEndFact("pi")]
    public Task Pi() => OneTurn("pi", ["-p", Prompt], "it says so");

    private static async Task OneTurn(string agent, string[] arguments, string shown)
    {
        await using var sandbox = new Sandbox();
        await using var model = await ModelServer.Start();
        await RealAgents.Settle(sandbox, model);
        await RunOutside(sandbox, agent, arguments);

        var listed = Assert.Single((JsonArray)await sandbox.Json("ls", "-e", "--agent", agent, "--json"))!;
        Assert.Equal((sandbox.WorkingDirectory, false), (listed["directory"]!.GetValue<string>(), listed["isRunning"]!.GetValue<bool>()));
        var id = listed["id"]!.GetValue<string>();
        var said = await sandbox.Do("transcript", id);
        Assert.Contains("Say it", said, StringComparison.Ordinal);
        Assert.Contains("echo forty-two", said, StringComparison.Ordinal);
        Assert.Contains("  │ forty-two", said, StringComparison.Ordinal);
        Assert.EndsWith("it says so\n\n", said, StringComparison.Ordinal);

        // The model states 1200 and 30 for each of its answers, of which there are two at least.
        var used = (await sandbox.Ask("usage", new JsonObject { ["session"] = id }, "used"))["usage"]!;
        Assert.True(used["inputTokens"]!.GetValue<long>() >= 2400 && used["outputTokens"]!.GetValue<long>() >= 60, used.ToJsonString());
        Assert.Equal(1200L * used["outputTokens"]!.GetValue<long>(), 30L * used["inputTokens"]!.GetValue<long>());

        // It was written a moment ago, by nobody of Tether's.
        Assert.Equal(4, (await sandbox.Run("adopt", id, "-d")).ExitCode);
        var terminal = sandbox.Open(110, 40, "adopt", id, "--force");
        await terminal.UntilShows(shown, Patience.Ample);
        var session = Assert.Single((JsonArray)await sandbox.Json("ls", "--json"))!;
        Assert.Equal(id, session["agentSession"]!.GetValue<string>());
        Assert.Equal(session["id"]!.GetValue<string>(), (await sandbox.Do("adopt", id, "-d")).Trim());
    }

    private static async Task RunOutside(Sandbox sandbox, string agent, string[] arguments)
    {
        var start = new ProcessStartInfo(RealAgents.Find(agent)!, arguments)
        {
            WorkingDirectory = sandbox.WorkingDirectory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in sandbox.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience.Ample);
        Assert.True(process.ExitCode == 0, $"{agent} ended with {process.ExitCode}:\n{await output}\n{await error}");
    }
}
