using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class StopTests
{
    [EndToEndFact]
    public async Task A_stopped_session_tells_its_signal_and_that_it_was_stopped()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("victim", "sleep", "600");
        await sandbox.Do("stop", id);
        var session = await sandbox.Session(id);
        Assert.Equal("exited", session["state"]!.GetValue<string>());
        Assert.Equal(Signals.Hangup, session["signal"]!.GetValue<int>());
        Assert.Contains("stop", session["endReason"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
    }

    [EndToEndFact]
    public async Task A_program_that_ignores_the_gentle_signals_is_killed_after_the_grace()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("TETHER_STOP_GRACE=0.3\n");
        var id = await sandbox.Detached("stubborn", "sh", "-c", "trap '' HUP TERM; echo set; while :; do sleep 0.1; done");
        await sandbox.UntilShows(id, "set");
        await sandbox.Do("stop", id);
        Assert.Equal(Signals.Kill, (await sandbox.Session(id))["signal"]!.GetValue<int>());
    }

    [EndToEndFact]
    public async Task By_force_it_is_killed_at_once()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("stubborn", "sh", "-c", "trap '' HUP TERM; echo set; while :; do sleep 0.1; done");
        await sandbox.UntilShows(id, "set");
        await sandbox.Do("stop", id, "--force");
        Assert.Equal(Signals.Kill, (await sandbox.Session(id))["signal"]!.GetValue<int>());
    }

    [EndToEndFact]
    public async Task Children_of_the_program_end_with_it()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("parent", "sh", "-c", "sleep 611 & echo child=$!; wait");
        await sandbox.UntilShows(id, "child=");
        var child = int.Parse((await JournalBytes.Read(sandbox, id)).Text.Trim().Split('=')[1]);
        await sandbox.Do("stop", id);
        await Patience.Until(() => !SandboxProcess.IsAlive(child), "the end of the child");
    }

    [EndToEndFact]
    public async Task Several_and_all_can_be_stopped()
    {
        await using var sandbox = new Sandbox();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await sandbox.Detached($"s{i}", "sleep", "600"));
        }

        await sandbox.Do("stop", ids[0], ids[1]);
        Assert.Equal(2, ((JsonArray)await sandbox.Json("ls", "--json")).Count);
        await sandbox.Do("stop", "--all");
        Assert.Empty((JsonArray)await sandbox.Json("ls", "--json"));
    }

    [EndToEndFact]
    public async Task Without_an_id_the_daemon_ends_and_the_sessions_stay()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("stays", "sh", "-c", "echo before; read x; echo after $x; sleep 600");
        var process = await sandbox.ProcessOf(id);
        var daemon = (await sandbox.Status()).ProcessId;
        await sandbox.Do("stop");
        await Patience.Until(() => !SandboxProcess.IsAlive(daemon), "the end of the daemon");
        Assert.True(SandboxProcess.IsAlive(process));

        // The next command starts another daemon, which finds the session.
        await sandbox.Do("input", id, "all that");
        await sandbox.UntilShows(id, "after all that");
        Assert.Equal(process, await sandbox.ProcessOf(id));
    }
}
