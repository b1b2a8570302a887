using System.Diagnostics;

namespace Tether.EndToEnd.Tests.Survival;

/// <summary>
/// The daemon goes while sessions print, flood and sit in vim. Every process lives, every client is back by itself on the right screen,
/// and no byte is missing or doubled.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class DaemonKillTests
{
    private const int Printing = 10;

    // Two seconds are promised. A machine that runs the other tests too gets more time.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(Soak.IsOn ? 2 : 5);

    [EndToEndFact("vim", "awk", "bash")]
    public Task Killed_with_signal_9() => Survives(async sandbox =>
    {
        var daemon = (await sandbox.Status()).ProcessId;
        SandboxProcess.Signal(daemon, Signals.Kill);
        await Patience.Until(() => !SandboxProcess.IsAlive(daemon), "the daemon's death");
    });

    [EndToEndFact("vim", "awk", "bash")]
    public Task Restarted() => Survives(sandbox => sandbox.Do("restart"));

    [EndToEndFact("vim", "awk", "bash")]
    public Task Replaced_by_another_build() => Survives(async sandbox =>
    {
        await sandbox.Install();
        await sandbox.Do("restart");
        Assert.Equal(sandbox.Tether + "d", SandboxProcess.ProgramOf((await sandbox.Status()).ProcessId));
    }, isInstalled: true);

    [EndToEndFact("vim", "awk", "bash")]
    public Task Told_to_end_by_SIGTERM() => Survives(async sandbox =>
    {
        var daemon = (await sandbox.Status()).ProcessId;
        SandboxProcess.Signal(daemon, Signals.Terminate);
        await Patience.Until(() => !SandboxProcess.IsAlive(daemon), "the end of the daemon");
    });

    [EndToEndFact("awk")]
    public async Task Killed_while_a_flood_is_watched_the_screen_goes_on_with_the_right_numbers()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("flood", CounterProgram.Endless);
        var terminal = sandbox.Open("attach", id);
        await terminal.Until(screen => LastNumber(screen) > 1000, "numbers");
        for (var round = 0; round < Soak.Rounds; round++)
        {
            SandboxProcess.Signal((await sandbox.Status()).ProcessId, Signals.Kill);
            var seen = LastNumber(terminal.Screen);
            await terminal.Until(screen => LastNumber(screen) > seen + 10_000, $"numbers beyond {seen + 10_000}");
        }

        await sandbox.Do("stop", id, "--force");
        await terminal.Exited;
        var journal = await JournalBytes.Read(sandbox, id);
        Assert.Null(CounterProgram.Difference(journal.Output, journal.First));
        Assert.Empty(journal.Holes);
    }

    [EndToEndFact]
    public async Task What_is_typed_while_no_daemon_runs_arrives_when_the_next_one_does()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("reader", "sh", "-c", "stty raw -echo; printf ready; cat -v");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("ready");
        var daemon = (await sandbox.Status()).ProcessId;
        SandboxProcess.Signal(daemon, Signals.Kill);
        await Patience.Until(() => !SandboxProcess.IsAlive(daemon), "the daemon's death");
        terminal.Type("early");
        await sandbox.UntilClients(id, 1);
        terminal.Type(" late");
        await terminal.UntilShows("readyearly late");
    }

    private static async Task Survives(Func<Sandbox, Task> end, bool isInstalled = false)
    {
        await using var sandbox = new Sandbox();
        if (isInstalled)
        {
            await sandbox.Install();
        }

        var stop = Path.Combine(sandbox.Directory, "stop");
        List<string> counters = [];
        for (var i = 0; i < Printing; i++)
        {
            counters.Add(await sandbox.Detached($"counter-{i}", CounterProgram.SlowUntil(stop)));
        }

        var flood = await sandbox.Detached("flood", CounterProgram.Endless);
        var vim = await sandbox.Detached("vim", "vim", "-u", "NONE", "-N", "notes.txt");
        var processes = await Processes(sandbox);

        var watching = sandbox.Open("attach", counters[0]);
        var observing = sandbox.Open("attach", counters[1], "--observe");
        var editing = sandbox.Open("attach", vim);
        await watching.Until(screen => LastNumber(screen) >= 0, "numbers");
        await observing.Until(screen => LastNumber(screen) >= 0, "numbers");
        await editing.Until(screen => screen.Lines.Contains("~"), "an empty buffer in vim");

        for (var round = 1; round <= Soak.Rounds; round++)
        {
            var (seen, observed) = (LastNumber(watching.Screen), LastNumber(observing.Screen));
            await end(sandbox);
            var clock = Stopwatch.StartNew();

            // Nobody waits until the client is back; and nothing here may make the daemon do more than its clients do.
            editing.Type($"oround {round}\e");
            await Task.WhenAll(
                editing.Until(screen => screen.Lines.Contains($"round {round}"), $"round {round} in vim"),
                watching.Until(screen => LastNumber(screen) > seen + 5, $"numbers beyond {seen + 5}"),
                observing.Until(screen => LastNumber(screen) > observed + 5, $"numbers beyond {observed + 5}"));
            Assert.True(clock.Elapsed < Promised, $"round {round}: the clients were back after {clock.Elapsed}");
            Assert.Equal(processes, await Processes(sandbox));
        }

        await File.WriteAllTextAsync(stop, "");
        foreach (var id in counters)
        {
            await sandbox.UntilShows(id, "^end$");
            var journal = await JournalBytes.Read(sandbox, id);
            Assert.Equal(0, journal.First);
            Assert.Null(CounterProgram.Difference(journal.Output.AsSpan()[..^"end\r\n".Length], 0));
        }

        await sandbox.Do("stop", flood, "--force");
        var flooded = await JournalBytes.Read(sandbox, flood);
        Assert.Null(CounterProgram.Difference(flooded.Output, flooded.First));
        editing.Type(":wq\r");
        await editing.Exited;
        var written = await File.ReadAllLinesAsync(Path.Combine(sandbox.WorkingDirectory, "notes.txt"));
        Assert.Equal(Enumerable.Range(1, Soak.Rounds).Select(round => $"round {round}"), written.Skip(1));
    }

    private static async Task<Dictionary<string, int>> Processes(Sandbox sandbox)
    {
        var sessions = (await sandbox.Json("ls", "--json")).AsArray();
        Assert.All(sessions, session => Assert.True(SandboxProcess.IsAlive(session!["processId"]!.GetValue<int>())));
        return sessions.ToDictionary(session => session!["id"]!.GetValue<string>(), session => session!["processId"]!.GetValue<int>());
    }

    private static int LastNumber(OuterScreen screen)
    {
        var line = screen.Lines.LastOrDefault(line => line.Length == 15 && char.IsAsciiDigit(line[0]));
        return line is null || !int.TryParse(line.AsSpan(0, 9), out var number) ? -1 : number;
    }
}
