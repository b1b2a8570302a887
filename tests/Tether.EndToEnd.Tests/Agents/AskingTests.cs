using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>What the real opencode and pi ask stands in the queue, and is answered there or in their own dialogs, once.</summary>
public sealed class AskingTests
{
    [EndToEndFact("opencode")]
    public async Task OpenCode_does_what_is_approved_and_hears_why_something_is_not() => await ApproveAndDeny(await AskingAgent.OpenCode());

    [EndToEndFact("pi")]
    public async Task Pi_does_what_is_approved_and_hears_why_something_is_not() => await ApproveAndDeny(await AskingAgent.Pi());

    [EndToEndFact("opencode")]
    public async Task An_answer_in_opencodes_own_dialog_closes_the_item() => await AnswerInTerminal(await AskingAgent.OpenCode(), "Permission required");

    [EndToEndFact("pi")]
    public async Task An_answer_in_pis_own_dialog_closes_the_item() => await AnswerInTerminal(await AskingAgent.Pi(), "Allow bash");

    [EndToEndFact("opencode")]
    public async Task What_opencode_asks_outlives_the_daemon() => await OutliveDaemon(await AskingAgent.OpenCode());

    [EndToEndFact("pi")]
    public async Task What_pi_asks_outlives_the_daemon() => await OutliveDaemon(await AskingAgent.Pi());

    [EndToEndFact("opencode")]
    public async Task Five_questions_of_opencode_at_once_each_get_their_own_answer()
    {
        await using var agent = await AskingAgent.OpenCode();
        await agent.Prompt("go [[AT-ONCE]] [[RUN touch a1]] [[RUN touch a2]] [[RUN touch a3]] [[RUN touch a4]] [[RUN touch a5]] [[SAY all is done]]");
        var items = await agent.Asked(5);
        foreach (var item in items.OrderByDescending(item => item["command"]!.GetValue<string>()))
        {
            var name = item["command"]!.GetValue<string>()[^2..];
            await agent.Sandbox.Do("approve", item["id"]!.GetValue<string>());
            await agent.UntilFile(name);
        }

        await agent.Sandbox.UntilShows(agent.Session, "all is done", Patience.Ample);
        Assert.Empty(await agent.Items());
    }

    [EndToEndFact("opencode")]
    public async Task What_opencode_itself_offers_to_remember_is_carried_out()
    {
        await using var agent = await AskingAgent.OpenCode();
        await agent.Prompt("go [[RUN touch a1]] [[RUN touch a2]] [[SAY all is done]]");
        var item = Assert.Single(await agent.Asked());
        await agent.Sandbox.Do("approve", item["id"]!.GetValue<string>(), "--always", "agent");
        await agent.UntilFile("a2");
    }

    [EndToEndFact("pi")]
    public async Task Pi_runs_a_command_as_it_was_changed()
    {
        await using var agent = await AskingAgent.Pi();
        await agent.Prompt("go [[RUN touch wrong]] [[SAY all is done]]");
        var item = Assert.Single(await agent.Asked());
        await agent.Sandbox.Do("approve", item["id"]!.GetValue<string>(), "--input", """{"command":"touch right"}""");
        await agent.UntilFile("right");
        Assert.False(File.Exists(Path.Combine(agent.Sandbox.WorkingDirectory, "wrong")));
    }

    [EndToEndFact("pi")]
    public async Task Without_a_daemon_pi_asks_in_its_own_dialog()
    {
        await using var agent = await AskingAgent.Pi();
        await agent.Prompt("go [[HOLD go]] [[RUN touch a1]] [[SAY all is done]]");
        await Patience.Until(() => agent.Model.Requests.Count > 0, "the model asked");
        await agent.Sandbox.Do("stop");
        agent.Model.Release("go");
        await agent.Sandbox.UntilShows(agent.Session, "Allow bash");
        await agent.Sandbox.Do("keys", agent.Session, "Enter");
        await agent.UntilFile("a1");
    }

    [EndToEndFact("opencode")]
    public async Task OpenCodes_own_settings_stay_as_they_are()
    {
        await using var agent = await AskingAgent.OpenCode();
        await SettingsStay(agent, "opencode", Path.Combine(agent.Sandbox.Directory, "config/opencode"), "opencode.json");
    }

    [EndToEndFact("pi")]
    public async Task Pis_own_settings_stay_as_they_are()
    {
        await using var agent = await AskingAgent.Pi();
        await SettingsStay(agent, "pi", Path.Combine(agent.Sandbox.Environment["HOME"], ".pi"), "agent/settings.json", "agent/models.json");
    }

    private static async Task ApproveAndDeny(AskingAgent started)
    {
        await using var agent = started;
        await agent.Prompt("go [[RUN touch a1]] [[RUN touch a2]] [[SAY all is done]]");
        var first = Assert.Single(await agent.Asked());
        Assert.Equal("touch a1", first["command"]!.GetValue<string>());
        await agent.Sandbox.Do("approve", first["id"]!.GetValue<string>());
        await agent.UntilFile("a1");

        var second = IdOf(await agent.Asked(), "touch a2");
        await agent.Sandbox.Do("deny", second, "--reason", "a2 is somebody else's");
        await agent.UntilModelHears("a2 is somebody else");
        Assert.Equal("cli", (await agent.Over(second))["answer"]!["surface"]!.GetValue<string>());
        Assert.False(File.Exists(Path.Combine(agent.Sandbox.WorkingDirectory, "a2")));
    }

    private static async Task AnswerInTerminal(AskingAgent started, string dialog)
    {
        await using var agent = started;
        await agent.Prompt("go [[RUN touch a1]] [[SAY all is done]]");
        var item = IdOf(await agent.Asked(), "touch a1");
        await agent.Sandbox.UntilShows(agent.Session, dialog);

        // A key that comes with the dialog itself was typed for something else, and is not taken.
        await Patience.Until(
            async () =>
            {
                await agent.Sandbox.Do("keys", agent.Session, "Enter");
                return (await agent.Items()).Length == 0;
            },
            "the dialog answered");
        await agent.UntilFile("a1");
        var answer = (await agent.Over(item))["answer"]!;
        Assert.Equal(("allow", "terminal"), (answer["decision"]!.GetValue<string>(), answer["surface"]!.GetValue<string>()));
    }

    private static async Task OutliveDaemon(AskingAgent started)
    {
        await using var agent = started;
        await agent.Prompt("go [[RUN touch a1]] [[SAY all is done]]");
        var item = IdOf(await agent.Asked(), "touch a1");
        SandboxProcess.Signal((await agent.Sandbox.Status()).ProcessId, Signals.Kill);

        await agent.Sandbox.Do("start");
        await Patience.Until(async () => (await agent.Sandbox.Run("approve", item)).ExitCode == 0, "an answer taken by the next daemon", Patience.Ample);
        await agent.UntilFile("a1");
        Assert.Equal("delivered", (await agent.Over(item))["answer"]!["receipt"]!.GetValue<string>());
    }

    // The agents write a little themselves at their first start: so after that.
    private static async Task SettingsStay(AskingAgent agent, string name, string folder, params string[] settings)
    {
        var before = settings.Select(file => File.ReadAllBytes(Path.Combine(folder, file))).ToArray();
        await agent.Run(name);
        await agent.Sandbox.Do("stop", agent.Session);
        Assert.Equal(before, settings.Select(file => File.ReadAllBytes(Path.Combine(folder, file))));
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => Path.GetFileName(file).Contains("tether", StringComparison.OrdinalIgnoreCase));
    }

    private static string IdOf(JsonNode[] items, string command)
    {
        var item = Assert.Single(items);
        Assert.Equal(command, item["command"]!.GetValue<string>());
        return item["id"]!.GetValue<string>();
    }
}
