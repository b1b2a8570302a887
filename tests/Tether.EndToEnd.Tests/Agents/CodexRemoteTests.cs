using System.Globalization;
using System.Text.Json.Nodes;
using Tether.Testing.Agents;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>The real Codex with a server of the session's own (TETHER_CODEX=remote): its prompt and the queue ask at once.</summary>
public sealed class CodexRemoteTests : IDisposable
{
    private const string Ready = "Ask Codex to do anything";
    private const string Prompt = "Would you like to run the following command?";

    private readonly List<string> _sockets = [];

    // A sandbox ends what runs in it by SIGKILL, and then nobody removes codex' sockets.
    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            File.Delete(socket);
            File.Delete(socket + ".lock");
        }
    }

    [EndToEndFact("codex")]
    public async Task A_command_is_asked_in_both_places_and_allowed_from_the_queue()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("echo 42 >a.txt"));
        var item = await codex.UntilItem();
        Assert.Equal(("echo 42 >a.txt", "because", codex.Sandbox.WorkingDirectory), (item["command"]!.GetValue<string>(), item["detail"]!.GetValue<string>(), item["directory"]!.GetValue<string>()));
        await codex.Terminal.UntilShows(Prompt);
        await codex.Answer("approve", item);
        await codex.Terminal.UntilShows("Done after");
        Assert.Equal("42\n", await File.ReadAllTextAsync(InWork(codex, "a.txt")));
        Assert.Equal(("answered", "delivered"), Outcome(await codex.UntilOver(item)));
    }

    [EndToEndFact("codex")]
    public async Task A_denial_brings_its_reason_to_the_model_and_the_turn_goes_on()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("touch a.txt"));
        await codex.Answer("deny", await codex.UntilItem(), "--reason", "not in this folder");
        await codex.Terminal.UntilShows("Done after");
        Assert.False(File.Exists(InWork(codex, "a.txt")));
        Assert.Contains(codex.Model.Requests, request => request.Body!.ToJsonString().Contains("not in this folder", StringComparison.Ordinal));
    }

    [EndToEndFact("codex")]
    public async Task What_codex_offers_to_remember_is_not_asked_again()
    {
        await using var codex = await Start();
        await codex.Say($"{Escalated("touch a.txt")} {Escalated("touch a.txt")[3..]}");
        var item = await codex.UntilItem();
        Assert.Contains("agent", item["always"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        await codex.Answer("approve", item, "--always", "agent");
        await codex.Terminal.UntilShows("Done after 2");
        var all = (await codex.Sandbox.Ask("queue", new JsonObject { ["all"] = true }, "queue-list"))["items"]!.AsArray();
        Assert.Single(all, one => one!["kind"]!.GetValue<string>() == "approval");
    }

    [EndToEndFact("codex")]
    public async Task A_patch_shows_its_difference()
    {
        await using var codex = await Start("-s", "read-only");
        await File.WriteAllTextAsync(InWork(codex, "n.txt"), "one\ntwo\n");
        await codex.Say("go [[PATCH *** Begin Patch\\n*** Update File: n.txt\\n@@\\n one\\n-two\\n+zwei\\n*** End Patch]]");
        var item = await codex.UntilItem();
        var edit = Assert.Single(item["edits"]!.AsArray())!;
        Assert.Equal(InWork(codex, "n.txt"), edit["path"]!.GetValue<string>());
        Assert.EndsWith(" one\n-two\n+zwei\n", edit["diff"]!.GetValue<string>(), StringComparison.Ordinal);
        await codex.Answer("approve", item);
        await codex.Terminal.UntilShows("Done after");
        Assert.Equal("one\nzwei\n", await File.ReadAllTextAsync(InWork(codex, "n.txt")));
    }

    [EndToEndFact("codex")]
    public async Task What_is_answered_in_the_terminal_first_leaves_the_queue()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("touch a.txt"));
        var item = await codex.UntilItem();
        await codex.Press("y", Prompt);
        await codex.Terminal.UntilShows("Done after");
        var over = await codex.UntilOver(item);
        Assert.Equal(("closed", "answered in the terminal"), (over["state"]!.GetValue<string>(), over["answer"]!["reason"]!.GetValue<string>()));
    }

    [EndToEndFact("codex")]
    public async Task Five_questions_are_answered_at_once()
    {
        await using var codex = await Start("-c", "features.default_mode_request_user_input=true");
        var questions = new JsonArray();
        for (var i = 1; i <= 5; i++)
        {
            questions.Add(new JsonObject { ["id"] = $"q{i}", ["header"] = $"h{i}", ["question"] = $"Number {i}", ["options"] = new JsonArray(Option($"A{i}"), Option($"B{i}")) });
        }

        var prompt = $"go [[TOOL request_user_input {new JsonObject { ["questions"] = questions }.ToJsonString()}]]";
        await codex.Say(prompt);
        var item = await codex.UntilItem("question");
        Assert.Equal(5, item["questions"]!.AsArray().Count);
        await codex.Answer("answer", item, "1", "2", "1", "2", "none of these");
        await codex.Terminal.UntilShows("Done after");
        var told = codex.Model.Requests[^1].Body!.ToJsonString() + codex.Model.Requests[^2].Body!.ToJsonString();
        Assert.All((string[])["A1", "B2", "A3", "B4", "none of these"], answer => Assert.Contains($"[\\u0022{answer}", told.Replace("\\\"", "\\u0022", StringComparison.Ordinal), StringComparison.Ordinal));

        static JsonObject Option(string label) => new() { ["label"] = label, ["description"] = "d" };
    }

    [EndToEndFact("codex")]
    public async Task An_open_question_outlives_the_daemon_and_is_answered_once()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("touch a.txt"));
        var item = await codex.UntilItem();
        SandboxProcess.Signal((await codex.Sandbox.Status()).ProcessId, Signals.Kill);
        await Patience.Until(async () => (await codex.UntilItem())["id"]!.GetValue<string>() == item["id"]!.GetValue<string>(), "the same item");
        await codex.Answer("approve", item);
        await Patience.Until(() => File.Exists(InWork(codex, "a.txt")), "the command's file");
        Assert.Equal(("answered", "delivered"), Outcome(await codex.UntilOver(item)));
    }

    [EndToEndFact("codex")]
    public async Task A_server_that_is_killed_is_followed_by_another()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("touch a.txt"));
        var item = await codex.UntilItem();
        var folder = Path.Combine(codex.Sandbox.Paths.Journals, item["session"]!.GetValue<string>(), "agent");
        foreach (var (process, _) in Processes(folder).Where(process => process.Line.Contains("app-server\0", StringComparison.Ordinal) && !process.Line.StartsWith("sh\0", StringComparison.Ordinal)))
        {
            SandboxProcess.Signal(process, Signals.Kill);
        }

        Assert.Equal("closed", (await codex.UntilOver(item))["state"]!.GetValue<string>());
        await codex.Terminal.UntilShows("interrupted");
        await codex.Say(Escalated("touch b.txt"));
        await codex.Answer("approve", await codex.UntilItem());
        await codex.Terminal.UntilShows("Done after");
        Assert.True(File.Exists(InWork(codex, "b.txt")));
    }

    [EndToEndTheory("codex")]
    [InlineData("stop")]
    [InlineData("force")]
    [InlineData("kill")]
    [InlineData("quit")]
    public async Task Nothing_is_left_of_a_session_that_ends_with_an_open_question(string how)
    {
        await using var codex = await Start();
        await codex.Say(Escalated("touch a.txt"));
        var session = (await codex.UntilItem())["session"]!.GetValue<string>();
        var folder = Path.Combine(codex.Sandbox.Paths.Journals, session, "agent");
        var target = new FileInfo(Path.Combine(folder, "codex.sock")).LinkTarget!;
        Assert.True(File.Exists(target));
        Assert.NotEmpty(Processes(folder));
        switch (how)
        {
            case "stop": await codex.Sandbox.Do("stop", session); break;
            case "force": await codex.Sandbox.Do("stop", "--force", session); break;
            case "kill": SandboxProcess.Signal(await codex.Sandbox.ProcessOf(session), Signals.Kill); break;
            default:
                await codex.Press("\e", Prompt);
                await codex.Terminal.UntilShows("interrupted");
                await codex.Command("/quit");
                break;
        }

        await Patience.Until(() => Processes(folder).Length == 0, "the end of what was started");
        Assert.False(File.Exists(target) || File.Exists(target + ".lock") || File.Exists(Path.Combine(folder, "codex.sock")));
    }

    [EndToEndFact]
    public async Task A_codex_without_such_a_server_is_started_with_hooks_and_its_exit_status_is_the_sessions()
    {
        await using var sandbox = new Sandbox();
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "old")).FullName;
        var program = Path.Combine(folder, "codex");
        await File.WriteAllTextAsync(program, "#!/bin/sh\n[ \"$1\" = app-server ] && exit 2\nfor last; do :; done\necho \"$1 $2 $last;\"\nread -r line\nexit 7\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        sandbox.Set("PATH", $"{folder}:{sandbox.Environment["PATH"]}");
        sandbox.Set("TETHER_CODEX", "remote");
        var terminal = sandbox.Open(80, 24, ["run", "codex", "a 'b'"]);
        await terminal.UntilShows("-c features.daemon_auto_start=false a 'b';");
        terminal.Type("\r");
        Assert.Equal(7, await terminal.Exited);
    }

    private static (int Process, string Line)[] Processes(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
            .Select(process => (int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), CommandLine(process)))
            .Where(process => process.Item2.Contains(folder, StringComparison.Ordinal)),
    ];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static (string State, string Receipt) Outcome(JsonObject item) => (item["state"]!.GetValue<string>(), item["answer"]!["receipt"]!.GetValue<string>());

    private static string InWork(AgentDialogue codex, string name) => Path.Combine(codex.Sandbox.WorkingDirectory, name);

    private static string Escalated(string command) =>
        $$"""go [[TOOL exec_command {"cmd":"{{command}}","sandbox_permissions":"require_escalated","justification":"because"}]]""";

    private async Task<AgentDialogue> Start(params string[] arguments)
    {
        var codex = await AgentDialogue.Start(Ready, sandbox => sandbox.Set("TETHER_CODEX", "remote"), ["codex", .. arguments]);
        _sockets.AddRange(Directory.GetDirectories(codex.Sandbox.Paths.Journals).Select(session => new FileInfo(Path.Combine(session, "agent", "codex.sock")).LinkTarget!));
        return codex;
    }
}
