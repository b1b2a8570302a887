using System.Diagnostics;
using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;
using Tether.Testing.Outer;

namespace Tether.EndToEnd.Tests.External;

/// <summary>The agents of `docs/samples`: supervised like any other, and obedient.</summary>
[Collection(AloneCollection.Name)]
public sealed class SampleTests
{
    private static readonly string Samples = FindSamples();

    // A cold compiler takes its time.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(90);

    [EndToEndFact("python3", "bash")]
    public Task An_agent_in_python() => IsSupervised("🐍 Python sample", "python3", "python/agent.py");

    [EndToEndFact("bash", "curl", "jq")]
    public Task An_agent_in_bash_with_curl() => IsSupervised("🐚 Bash sample", "bash", "bash/agent.sh");

    [EndToEndFact("dotnet", "bash")]
    public Task An_agent_in_c_sharp() => IsSupervised("♯ C# sample", "dotnet", "run", "csharp/agent.cs");

    private static async Task IsSupervised(string shown, string program, params string[] arguments)
    {
        await using var api = await ApiSandbox.Start();
        var sandbox = api.Sandbox;
        var agent = api.Run(program, [.. arguments.Select(argument => argument.Contains('/', StringComparison.Ordinal) ? Path.Combine(Samples, argument) : argument)]);
        var id = await Registered(sandbox, agent, shown);
        await sandbox.UntilShows(id, "Tell me a command");

        await sandbox.Do("input", id, "echo did $((6*7))");
        await sandbox.Do("approve", await Asked(sandbox, "echo did $((6*7))"));
        await sandbox.UntilShows(id, "did 42");

        await sandbox.Do("input", id, "touch never");
        await sandbox.Do("deny", await Asked(sandbox, "touch never"), "--reason", "not today");
        await sandbox.UntilShows(id, "I did not do it. not today");
        Assert.False(File.Exists(Path.Combine(sandbox.WorkingDirectory, "never")));

        await sandbox.Do("input", id, "quit");
        await agent.WaitForExitAsync().WaitAsync(Patience.Ample);
        await sandbox.UntilShows(id, "Goodbye");
        Assert.Equal(0, agent.ExitCode);
    }

    private static async Task<string> Registered(Sandbox sandbox, Process agent, string shown)
    {
        JsonNode? session = null;
        await Patience.Until(
            async () => agent.HasExited || (session = (await sandbox.Json("ls", "--json")).AsArray().FirstOrDefault()) is not null, "the agent's session", Start);
        Assert.True(session is not null, agent.HasExited ? await agent.StandardError.ReadToEndAsync() + await agent.StandardOutput.ReadToEndAsync() : "");
        Assert.Equal("external", (string)session["provider"]!);
        Assert.Equal(shown, $"{session["external"]!["icon"]} {session["external"]!["name"]}");
        return (string)session["id"]!;
    }

    private static async Task<string> Asked(Sandbox sandbox, string command)
    {
        JsonNode? item = null;
        await Patience.Until(
            async () => (item = (await sandbox.Json("queue", "--json")).AsArray().FirstOrDefault(one => (string?)one!["command"] == command)) is not null, $"the question for {command}", Patience.Ample);
        return (string)item!["id"]!;
    }

    private static string FindSamples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "docs", "samples")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("docs/samples"), "docs", "samples");
    }
}
