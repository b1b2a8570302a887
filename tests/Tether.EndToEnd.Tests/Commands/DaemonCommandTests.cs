using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

/// <summary>`tether start`, `status`, `restart`, `debug`, `clients`, `watch`, `completion` and help.</summary>
public sealed class DaemonCommandTests
{
    [EndToEndFact]
    public async Task Start_starts_a_daemon_once()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        var first = await sandbox.Status();
        await sandbox.Do("start");
        Assert.Equal(first.ProcessId, (await sandbox.Status()).ProcessId);
    }

    [EndToEndFact]
    public async Task Many_first_commands_at_once_start_one_daemon()
    {
        await using var sandbox = new Sandbox();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sandbox.Run("ls", "--json")));
        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.ToString()));
        var daemon = await sandbox.Status();
        await Patience.Until(
            () => sandbox.Processes.Where(process => process.Program.StartsWith("tetherd", StringComparison.Ordinal)).Select(process => process.ProcessId)
                .Order().SequenceEqual(new[] { daemon.ProcessId, daemon.KeeperProcessId }.Order()),
            "one daemon and one keeper");
    }

    [EndToEndFact]
    public async Task While_one_client_starts_the_daemon_the_others_wait_for_it()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        await sandbox.Do("stop");
        Task<CliResult>[] waiting;
        using (new FileStream(sandbox.Paths.StartLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = [.. Enumerable.Range(0, 4).Select(_ => sandbox.Run("ls", "--json"))];

            // That something does not happen shows only over time: a daemon takes a third of this to start.
            for (var look = 0; look < 40; look++)
            {
                Assert.DoesNotContain(sandbox.Processes, IsDaemon);
                await Task.Delay(25);
            }

            Assert.All(waiting, one => Assert.False(one.IsCompleted));
        }

        Assert.All(await Task.WhenAll(waiting), result => Assert.True(result.ExitCode == 0, result.ToString()));
        Assert.Single(sandbox.Processes, IsDaemon);
    }

    [EndToEndFact]
    public async Task A_program_that_was_started_without_the_variables_finds_the_same_daemon()
    {
        await using var sandbox = new Sandbox();
        var session = await sandbox.Detached("work", "cat");
        var daemon = await sandbox.Status();
        var status = await sandbox.Do("status", "--json");
        sandbox.Unset("XDG_RUNTIME_DIR");
        Assert.Equal(session, (string)(await sandbox.Json("ls", "--json"))[0]!["id"]!);
        Assert.Equal((string?)JsonNode.Parse(status)!["runtimeDirectory"], (string?)(await sandbox.Json("status", "--json"))["runtimeDirectory"]);
        Assert.Equal(daemon.ProcessId, sandbox.Processes.Single(IsDaemon).ProcessId);

        // Also while none runs: the keeper has the sessions, and is where it was.
        await sandbox.Do("stop");
        Assert.Equal(session, (string)(await sandbox.Json("ls", "--json"))[0]!["id"]!);
    }

    [EndToEndFact]
    public async Task A_second_daemon_on_the_same_data_refuses_to_start_and_takes_no_session_for_lost()
    {
        await using var sandbox = new Sandbox();
        var session = await sandbox.Detached("work", "cat");
        sandbox.Set("TETHER_RUNTIME_DIR", Path.Combine(sandbox.Directory, "elsewhere"));
        var refused = await sandbox.Run("ls", "--json");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("another daemon keeps its sessions in", refused.Errors, StringComparison.Ordinal);
        sandbox.Unset("TETHER_RUNTIME_DIR");
        Assert.Equal("running", await sandbox.StateOf(session));
    }

    [EndToEndFact]
    public async Task A_service_file_names_this_daemon_and_leaves_its_sessions_alone_when_it_stops()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start", "--install");
        var file = Directory.EnumerateFiles(sandbox.Directory, "tetherd.service", SearchOption.AllDirectories).Single();
        var unit = await File.ReadAllTextAsync(file);
        Assert.Contains($"ExecStart={Path.Combine(Sandbox.Programs, "tetherd")}", unit, StringComparison.Ordinal);
        Assert.Contains("KillMode=process", unit, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Restart_changes_the_daemon_and_keeps_keeper_and_sessions()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("stays", "sleep", "600");
        var (before, process) = (await sandbox.Status(), await sandbox.ProcessOf(id));
        await sandbox.Do("restart");
        var after = await sandbox.Status();
        Assert.NotEqual(before.ProcessId, after.ProcessId);
        Assert.Equal(before.KeeperProcessId, after.KeeperProcessId);
        Assert.Equal(process, await sandbox.ProcessOf(id));
        Assert.True(SandboxProcess.IsAlive(process));
    }

    [EndToEndFact]
    public async Task Status_names_the_daemons_places()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        var status = await sandbox.Json("status", "--json");
        Assert.Equal(sandbox.Paths.RuntimeDirectory, status["runtimeDirectory"]!.GetValue<string>());
        Assert.Equal(sandbox.Paths.DataDirectory, status["dataDirectory"]!.GetValue<string>());
        Assert.True(File.Exists(status["logFile"]!.GetValue<string>()));
        Assert.Contains(status["processId"]!.GetValue<int>().ToString(), await sandbox.Do("status"), StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Status_without_a_daemon_says_so_and_starts_none()
    {
        await using var sandbox = new Sandbox();
        Assert.Equal(5, (await sandbox.Run("status")).ExitCode);
        Assert.Empty(sandbox.Processes);
    }

    [EndToEndFact]
    public async Task Agents_test_refuses_a_folder_in_which_nothing_is_to_be_tested()
    {
        await using var sandbox = new Sandbox();
        var file = sandbox.Write("one.screen", "");
        var empty = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "empty")).FullName;
        foreach (var (folder, problem) in ((string, string)[])[("/nosuch", "no such folder"), (file, "it is a file"), (empty, "no *.screen")])
        {
            var result = await sandbox.Run("agents", "test", folder);
            Assert.True(result.ExitCode == 1, result.ToString());
            Assert.Contains($"{folder}: ", result.Output, StringComparison.Ordinal);
            Assert.Contains(problem, result.Output, StringComparison.Ordinal);
        }
    }

    [EndToEndFact]
    public async Task Debug_checks_the_environment()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("debug");
        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        Assert.Contains(sandbox.Paths.RuntimeDirectory, result.Output, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Clients_lists_who_is_attached_and_how()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("seen", "cat");
        Assert.Empty((JsonArray)await sandbox.Json("clients", id, "--json"));
        await using var peer = await Peer.WebSocket(sandbox);
        await peer.Attach(id, "control", 100, 30);
        await using var observer = await Peer.Local(sandbox);
        await observer.Attach(id, "observe", 60, 20);
        var clients = (JsonArray)await sandbox.Json("clients", id, "--json");
        Assert.Equal(["control", "observe"], clients.Select(client => client!["mode"]!.GetValue<string>()));
        Assert.Equal([100, 60], clients.Select(client => client!["columns"]!.GetValue<int>()));
    }

    [EndToEndFact]
    public async Task Watch_tells_what_happens_to_a_session()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("eventful", "sh", "-c", "read x; printf '\\007'; read x; exit 5");
        using var watch = Cli.Start(sandbox, sandbox.Tether, "watch", id);
        await Patience.Until(async () => (await sandbox.Ask("status", null, "status-report"))["clients"]!.GetValue<int>() > 1, "the watching client");

        // It is connected, but may not have subscribed yet: the first thing that it tells shows that it has.
        var first = watch.StandardOutput.ReadLineAsync();
        for (var i = 0; !first.IsCompleted; i++)
        {
            await sandbox.Do("rename", id, $"renamed now {i}");
        }

        await sandbox.Do("input", id, "x");
        await sandbox.Do("input", id, "x");
        var seen = await first + "\n";
        while (!seen.Contains("exit", StringComparison.OrdinalIgnoreCase) && await watch.StandardOutput.ReadLineAsync().WaitAsync(Patience.Usual) is { } line)
        {
            seen += line + "\n";
        }

        Assert.Contains("renamed now", seen, StringComparison.Ordinal);
        Assert.Contains("bell", seen, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("exit", seen, StringComparison.OrdinalIgnoreCase);
        watch.Kill();
    }

    [EndToEndTheory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_scripts_are_printed_for_each_shell(string shell)
    {
        await using var sandbox = new Sandbox();
        var script = await sandbox.Do("completion", shell);
        Assert.Contains("tether", script, StringComparison.Ordinal);
        if (shell == "bash")
        {
            var path = sandbox.Write("completion.sh", script);
            using var check = Cli.Start(sandbox, "/bin/bash", "-n", path);
            await check.WaitForExitAsync().WaitAsync(Patience.Usual);
            Assert.Equal(0, check.ExitCode);
        }
    }

    [EndToEndFact("bash")]
    public async Task In_bash_tab_completes_commands_and_session_ids()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("complete-me", "sleep", "600");
        var script = sandbox.Write("completion.sh", await sandbox.Do("completion", "bash"));
        var terminal = sandbox.OpenProgram(100, 30, "/bin/bash", "--noprofile", "--norc");
        terminal.Type($". {script}; PS1='$ '; echo loa''ded\r");
        await terminal.UntilShows("loaded");
        terminal.Type("tether ren\t");
        await terminal.UntilShows("tether rename");
        // A completed word has a space behind it.
        terminal.Type($"{id[..4]}\t");
        await terminal.UntilShows($"tether rename {id}");
    }

    [EndToEndTheory]
    [InlineData]
    [InlineData("run")]
    [InlineData("attach")]
    [InlineData("ls")]
    [InlineData("stop")]
    [InlineData("rename")]
    [InlineData("clients")]
    [InlineData("input")]
    [InlineData("keys")]
    [InlineData("interrupt")]
    [InlineData("capture")]
    [InlineData("logs")]
    [InlineData("export")]
    [InlineData("wait")]
    [InlineData("watch")]
    [InlineData("delete")]
    [InlineData("status")]
    [InlineData("start")]
    [InlineData("restart")]
    [InlineData("debug")]
    [InlineData("completion")]
    [InlineData("reset")]
    public async Task Help_has_an_example_and_starts_no_daemon(params string[] command)
    {
        await using var sandbox = new Sandbox();
        var help = await sandbox.Do([.. command, "--help"]);
        Assert.Contains(command.Length == 0 ? "tether" : $"tether {command[0]}", help, StringComparison.Ordinal);
        Assert.Contains(command.Length == 0 ? "run" : "xample", help, StringComparison.Ordinal);
        Assert.Empty(sandbox.Processes);
    }

    [EndToEndFact]
    public async Task The_version_is_printed()
    {
        await using var sandbox = new Sandbox();
        Assert.Matches(@"\d+\.\d+\.\d+", await sandbox.Do("--version"));
    }

    // Not the keeper.
    private static bool IsDaemon(SandboxProcess process) => process.Program == "tetherd" && !process.CommandLine.Contains("keep");
}
