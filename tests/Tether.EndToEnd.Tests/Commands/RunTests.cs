using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class RunTests
{
    [EndToEndFact("bash")]
    public async Task A_shell_reaches_its_prompt_and_runs_what_is_typed()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "shell");
        await terminal.UntilShows("ready>");
        terminal.Type("echo $((6*7))\r");
        await terminal.Until(screen => screen.Lines.Contains("42"), "the sum");
    }

    [EndToEndFact]
    public async Task The_exit_status_of_the_session_becomes_the_clients()
    {
        await using var sandbox = new Sandbox();
        Assert.Equal(7, await sandbox.Open("run", "any", "--", "sh", "-c", "exit 7").Exited);
    }

    [EndToEndFact]
    public async Task A_session_that_a_signal_ended_gives_128_and_the_signal()
    {
        await using var sandbox = new Sandbox();
        Assert.Equal(128 + Signals.Kill, await sandbox.Open("run", "any", "--", "sh", "-c", "kill -9 $$").Exited);
    }

    [EndToEndFact]
    public async Task Everything_the_program_printed_is_on_the_terminal_when_the_client_ends()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "any", "--", "sh", "-c", "seq 1 2000; printf last-word");
        Assert.Equal(0, await terminal.Exited);
        var screen = await terminal.UntilShows("exited with code 0");
        Assert.True(screen.Lines.Contains("last-word"), screen.ToString());
        Assert.True(screen.Lines.Contains("2000"), screen.ToString());
    }

    [EndToEndFact]
    public async Task Detached_it_prints_the_id_and_the_session_runs()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("worker", "sleep", "600");
        Assert.Matches("^[a-z2-9]{8}$", id);
        var session = await sandbox.Session(id);
        Assert.Equal("running", session["state"]!.GetValue<string>());
        Assert.Equal("worker", session["title"]!.GetValue<string>());
        Assert.True(SandboxProcess.IsAlive(session["processId"]!.GetValue<int>()));
    }

    [EndToEndFact]
    public async Task The_size_that_was_asked_for_is_the_ptys()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("sized", 123, 45, "sh", "-c", "stty size; sleep 600");
        await sandbox.UntilShows(id, "^45 123$");
    }

    [EndToEndFact]
    public async Task Unknown_options_go_to_the_program_untouched()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteProviders(new JsonObject { ["words"] = new JsonObject { ["command"] = new JsonArray("printf", "<%s>\\n"), ["arguments"] = true } });
        var terminal = sandbox.Open("run", "words", "--model", "o3", "-x", "--json", "a b", "");
        Assert.Equal(0, await terminal.Exited);
        var screen = await terminal.UntilShows("<a b>");
        Assert.Equal(["<--model>", "<o3>", "<-x>", "<--json>", "<a b>", "<>"], screen.Lines.Where(line => line.StartsWith('<')));
    }

    [EndToEndFact]
    public async Task Detached_it_prints_the_id_and_nothing_else()
    {
        await using var sandbox = new Sandbox();
        var id = (await sandbox.Do("run", "any", "-d", "--title", "two words", "--", "cat")).TrimEnd('\n');
        Assert.Equal("two words", (await sandbox.Session(id))["title"]!.GetValue<string>());
    }

    [EndToEndFact]
    public async Task A_provider_that_takes_no_arguments_refuses_them()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("run", "shell", "-d", "--", "-c", "id");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no arguments", result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task A_program_that_is_not_installed_is_named()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteProviders(new JsonObject { ["ghost"] = new JsonObject { ["command"] = new JsonArray("no-such-program"), ["arguments"] = true } });
        var result = await sandbox.Run("run", "ghost", "-d");
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("no-such-program", result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task An_unknown_provider_is_refused()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("run", "nonsense", "-d");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("nonsense", result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task It_starts_in_the_directory_that_was_given_else_in_the_callers()
    {
        await using var sandbox = new Sandbox();
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "elsewhere")).FullName;
        var here = sandbox.Open("run", "any", "--", "pwd");
        Assert.Equal(0, await here.Exited);
        await here.Until(screen => screen.Lines.Contains(sandbox.WorkingDirectory), "the caller's directory");
        var there = sandbox.Open("run", "any", "--cwd", folder, "--", "pwd");
        Assert.Equal(0, await there.Exited);
        await there.Until(screen => screen.Lines.Contains(folder), "the given directory");
    }

    [EndToEndFact]
    public async Task A_directory_that_does_not_exist_is_named()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("run", "any", "-d", "--cwd", "/no/such/place", "--", "pwd");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("/no/such/place", result.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task A_title_of_several_lines_is_refused()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("run", "any", "-d", "--title", "one\ntwo", "--", "true");
        Assert.Equal(2, result.ExitCode);
    }
}
