using System.Text.Json.Nodes;
using Tether.Testing.Agents;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>The real Claude Code asks, and is answered by the command line, over its hooks.</summary>
public sealed class ClaudeTests
{
    private const string Ready = "for shortcuts";
    private const string Dialog = "Do you want to proceed?";

    [EndToEndFact("claude")]
    public async Task A_command_is_allowed_and_runs()
    {
        await using var claude = await Start();
        await claude.Say("go [[RUN echo 42 >a.txt]]");
        var item = await claude.UntilItem();
        Assert.Equal("echo 42 >a.txt", item["command"]!.GetValue<string>());
        Assert.Equal("Bash", item["tool"]!.GetValue<string>());
        Assert.Equal(claude.Sandbox.WorkingDirectory, item["directory"]!.GetValue<string>());
        await claude.Terminal.UntilShows(Dialog);

        await claude.Answer("approve", item);
        await claude.Terminal.UntilShows("Done after");
        Assert.Equal("42\n", await File.ReadAllTextAsync(Path.Combine(claude.Sandbox.WorkingDirectory, "a.txt")));
        Assert.Equal("answered", (await claude.UntilOver(item))["state"]!.GetValue<string>());
    }

    [EndToEndFact("claude")]
    public async Task A_denial_brings_its_reason_to_the_model_and_the_turn_goes_on()
    {
        await using var claude = await Start();
        await claude.Say("go [[RUN touch a.txt]]");
        await claude.Answer("deny", await claude.UntilItem(), "--reason", "not in this folder");
        await claude.Terminal.UntilShows("Done after");
        Assert.False(File.Exists(Path.Combine(claude.Sandbox.WorkingDirectory, "a.txt")));
        Assert.Contains("not in this folder", claude.Model.Requests[^1].Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [EndToEndFact("claude")]
    public async Task Another_input_runs_instead()
    {
        await using var claude = await Start();
        await claude.Say("go [[RUN touch a.txt]]");
        await claude.Answer("approve", await claude.UntilItem(), "--input", """{"command":"touch b.txt","description":"x"}""");
        await claude.Terminal.UntilShows("Done after");
        Assert.True(File.Exists(Path.Combine(claude.Sandbox.WorkingDirectory, "b.txt")));
        Assert.False(File.Exists(Path.Combine(claude.Sandbox.WorkingDirectory, "a.txt")));
    }

    [EndToEndFact("claude")]
    public async Task What_is_answered_in_the_terminal_leaves_the_queue()
    {
        await using var claude = await Start();
        await claude.Say("go [[RUN touch a.txt]]");
        var item = await claude.UntilItem();
        await claude.Press("1", Dialog);
        await claude.Terminal.UntilShows("Done after");
        var over = await claude.UntilOver(item);
        Assert.Equal("closed", over["state"]!.GetValue<string>());
    }

    [EndToEndFact("claude")]
    public async Task An_edit_shows_its_difference_and_claude_remembers_what_it_offers_to()
    {
        await using var claude = await Start();
        var file = Path.Combine(claude.Sandbox.WorkingDirectory, "n.txt");
        await File.WriteAllTextAsync(file, "one\ntwo\n");
        await claude.Say($$"""go [[TOOL Read {"file_path":"{{file}}"}]] [[TOOL Edit {"file_path":"{{file}}","old_string":"two","new_string":"zwei"}]] [[TOOL Edit {"file_path":"{{file}}","old_string":"one","new_string":"eins"}]]""");
        var item = await claude.UntilItem();
        var edit = item["edits"]![0]!;
        Assert.Equal(file, edit["path"]!.GetValue<string>());
        Assert.Equal("@@ -1,2 +1,2 @@\n one\n-two\n+zwei\n", edit["diff"]!.GetValue<string>());
        var offer = item["always"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).First(id => id.StartsWith("agent", StringComparison.Ordinal));

        // Claude takes up its own offer, to accept edits, and does not ask for the second one.
        await claude.Answer("approve", item, "--always", offer);
        await claude.Terminal.UntilShows("Done after");
        Assert.Equal("eins\nzwei\n", await File.ReadAllTextAsync(file));
    }

    [EndToEndFact("claude")]
    public async Task All_questions_are_answered_at_once_with_their_labels()
    {
        await using var claude = await Start();
        await claude.Say("""go [[TOOL AskUserQuestion {"questions":[{"question":"Which colour?","header":"Colour","multiSelect":false,"options":[{"label":"Red","description":"warm"},{"label":"Blue","description":"cold"}]},{"question":"Which sizes?","header":"Size","multiSelect":true,"options":[{"label":"S","description":"small"},{"label":"M","description":"medium"},{"label":"L","description":"large"}]}]}]]""");
        var item = await claude.UntilItem("question");
        Assert.Equal(["Which colour?", "Which sizes?"], item["questions"]!.AsArray().Select(one => one!["text"]!.GetValue<string>()));
        await claude.Answer("answer", item, "2", "S,L");
        await claude.Terminal.UntilShows("Done after");
        Assert.Contains("Blue", Results(claude), StringComparison.Ordinal);
        Assert.Contains("S, L", Results(claude), StringComparison.Ordinal);
    }

    [EndToEndFact("claude")]
    public async Task The_persons_settings_are_as_they_were_and_his_own_settings_argument_counts()
    {
        await using var claude = await AgentDialogue.Start(Ready, WriteSettings, "claude", "--permission-mode", "default", "--settings", """{"env":{"FROM_ARGUMENT":"yes"}}""");
        var settings = Path.Combine(claude.Sandbox.Environment["HOME"], ".claude/settings.json");
        var before = await File.ReadAllTextAsync(settings);
        await claude.Say("go [[RUN echo $FROM_ARGUMENT >a.txt]]");
        await claude.Answer("approve", await claude.UntilItem());
        await claude.Terminal.UntilShows("Done after");
        Assert.Equal("yes\n", await File.ReadAllTextAsync(Path.Combine(claude.Sandbox.WorkingDirectory, "a.txt")));
        Assert.Equal(before, await File.ReadAllTextAsync(settings));

        static void WriteSettings(Sandbox sandbox)
        {
            var folder = Directory.CreateDirectory(Path.Combine(sandbox.Environment["HOME"], ".claude"));
            File.WriteAllText(Path.Combine(folder.FullName, "settings.json"), """{ "cleanupPeriodDays": 77 }""");
        }
    }

    [EndToEndFact("claude")]
    public async Task An_open_question_outlives_the_daemon_and_is_answered_once()
    {
        await using var claude = await Start();
        await claude.Say("go [[RUN touch a.txt]]");
        var item = await claude.UntilItem();
        SandboxProcess.Signal((await claude.Sandbox.Status()).ProcessId, Signals.Kill);
        await claude.Sandbox.Do("start");
        var again = await claude.UntilItem();
        Assert.Equal(item["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        await claude.Answer("approve", again);
        await Patience.Until(() => File.Exists(Path.Combine(claude.Sandbox.WorkingDirectory, "a.txt")), "the command's file");
    }

    private static Task<AgentDialogue> Start() => AgentDialogue.Start(Ready, null, "claude", "--permission-mode", "default");

    // What the tool gave back to the model.
    private static string Results(AgentDialogue claude) => string.Join('\n', claude.Model.Requests
        .Select(request => request.Body?["messages"] as JsonArray)
        .OfType<JsonArray>()
        .Last()
        .Where(message => message!["content"] is JsonArray)
        .SelectMany(message => message!["content"]!.AsArray())
        .Where(block => block!["type"]!.GetValue<string>() == "tool_result")
        .Select(block => block!["content"]!.ToJsonString()));
}
