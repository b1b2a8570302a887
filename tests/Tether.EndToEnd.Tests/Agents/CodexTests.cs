using Tether.Testing.Agents;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>The real Codex asks, and is answered by the command line. Nobody is attached meanwhile: a person who is in control gets its own prompt at once.</summary>
public sealed class CodexTests
{
    private const string Ready = "Ask Codex to do anything";

    [EndToEndFact("codex")]
    public async Task A_command_is_allowed_and_runs()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("echo 42 >a.txt") + " [[HOLD detached]]");
        codex.Terminal.Type(Keys.Detach);
        await codex.Sandbox.UntilClients((await codex.Sandbox.Json("ls", "--json"))[0]!["id"]!.GetValue<string>(), 0);
        codex.Model.Release("detached");
        var item = await codex.UntilItem();
        Assert.Equal("echo 42 >a.txt", item["command"]!.GetValue<string>());
        Assert.Equal("because", item["detail"]!.GetValue<string>());
        await codex.Answer("approve", item);
        await Patience.Until(() => File.Exists(Path.Combine(codex.Sandbox.WorkingDirectory, "a.txt")), "the command's file");
        Assert.Equal("answered", (await codex.UntilOver(item))["state"]!.GetValue<string>());
    }

    private static string Escalated(string command) =>
        $$"""go [[TOOL exec_command {"cmd":"{{command}}","sandbox_permissions":"require_escalated","justification":"because"}]]""";

    private static Task<AgentDialogue> Start() => AgentDialogue.Start(Ready, null, "codex");
}
