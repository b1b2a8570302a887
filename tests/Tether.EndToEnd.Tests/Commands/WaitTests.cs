namespace Tether.EndToEnd.Tests.Commands;

public sealed class WaitTests
{
    [EndToEndFact]
    public async Task For_exit_it_returns_when_the_program_has_ended()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("reader", "sh", "-c", "read x; exit 0");
        var wait = sandbox.Run("wait", id);
        await sandbox.Do("input", id, "bye");
        Assert.Equal(0, (await wait).ExitCode);
        Assert.Equal("exited", await sandbox.StateOf(id));
    }

    [EndToEndFact]
    public async Task For_idle_it_returns_when_nothing_more_is_printed()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("talker", "sh", "-c", "for i in 1 2 3 4 5; do echo $i; sleep 0.2; done; sleep 600");
        await sandbox.Do("wait", id, "--for", "idle", "--timeout", "20");
        Assert.Contains("5\r\n", (await JournalBytes.Read(sandbox, id)).Text, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task For_text_it_returns_when_a_row_matches()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("talker", "sh", "-c", "read x; echo version 12.7 ready; sleep 600");
        var wait = sandbox.Run("wait", id, "--for", @"text:version \d+\.\d+", "--timeout", "20");
        await sandbox.Do("input", id, "go");
        Assert.Equal(0, (await wait).ExitCode);
    }

    [EndToEndFact]
    public async Task When_the_time_is_up_the_status_is_124()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("sleeper", "sleep", "600");
        Assert.Equal(124, (await sandbox.Run("wait", id, "--for", "text:never", "--timeout", "0.3")).ExitCode);
    }

    [EndToEndFact]
    public async Task When_the_session_ends_without_what_was_waited_for_the_status_is_4()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("failing", "sh", "-c", "read x; echo failed; exit 3");
        var (text, idle, exit) = (sandbox.Run("wait", id, "--for", "text:passed"), sandbox.Run("wait", id, "--for", "idle:600"), sandbox.Run("wait", id));
        await sandbox.Do("input", id, "go");
        foreach (var result in (CliResult[])[await text, await idle, await sandbox.Run("wait", id, "--for", "text:passed")])
        {
            Assert.True(result.ExitCode == 4, result.ToString());
            Assert.Contains(id, result.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await exit).ExitCode);
    }

    [EndToEndFact]
    public async Task A_pattern_that_cannot_be_read_is_a_usage_error()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("sleeper", "sleep", "600");
        var result = await sandbox.Run("wait", id, "--for", "text:(", "--timeout", "5");
        Assert.True(result.ExitCode == 2, result.ToString());
    }

    [EndToEndFact]
    public async Task It_goes_on_waiting_when_the_daemon_restarts()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("reader", "sh", "-c", "read x; exit 0");
        var wait = sandbox.Run("wait", id, "--timeout", "30");
        await Patience.Until(async () => (await sandbox.Ask("status", null, "status-report"))["clients"]!.GetValue<int>() > 1, "the waiting client");
        await sandbox.Do("restart");
        await sandbox.Do("input", id, "bye");
        Assert.Equal(0, (await wait).ExitCode);
    }
}
