using Tether.Testing.Agents;
using Tether.Testing.Models;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>The real agents take the model server for a model: one command, its result, and the last words, without a terminal.</summary>
public sealed class ModelServerTests
{
    [EndToEndFact("codex")]
    public Task Codex_carries_out_a_script() => CarriesOut("codex", "exec", "--json", "-s", "workspace-write");

    [EndToEndFact("claude")]
    public Task Claude_carries_out_a_script() => CarriesOut("claude", "--allowedTools=Bash", "-p");

    [EndToEndFact("opencode")]
    public async Task OpenCode_carries_out_a_script()
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("OPENCODE_PERMISSION", """{"bash":"allow"}""");
        await CarriesOut(sandbox, "opencode", "run");
    }

    [EndToEndFact("pi")]
    public Task Pi_carries_out_a_script() => CarriesOut("pi", "-p");

    private static async Task CarriesOut(string agent, params string[] arguments)
    {
        await using var sandbox = new Sandbox();
        await CarriesOut(sandbox, agent, arguments);
    }

    private static async Task CarriesOut(Sandbox sandbox, string agent, params string[] arguments)
    {
        await using var model = await ModelServer.Start();
        await RealAgents.Settle(sandbox, model);
        using var process = Cli.Start(sandbox, RealAgents.Find(agent)!, [.. arguments, "please [[THINK hm]] [[RUN echo 42 >made.txt]] [[SAY all is done]]"]);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience.Ample);

        Assert.True((await output).Contains("all is done", StringComparison.Ordinal), await output + await errors);
        Assert.Equal("42\n", await File.ReadAllTextAsync(Path.Combine(sandbox.WorkingDirectory, "made.txt")));
    }
}
