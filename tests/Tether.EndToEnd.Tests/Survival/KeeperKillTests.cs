namespace Tether.EndToEnd.Tests.Survival;

public sealed class KeeperKillTests
{
    [EndToEndFact]
    public async Task Sessions_go_on_and_another_keeper_holds_them()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("kept", "cat");
        var terminal = sandbox.Open("attach", id);
        await Echoes(terminal, "before");
        var before = await sandbox.Status();
        SandboxProcess.Signal(before.KeeperProcessId, Signals.Kill);
        await Echoes(terminal, "after");
        await Patience.Until(
            async () => (await sandbox.Status()).KeeperProcessId is var keeper && keeper != before.KeeperProcessId && keeper > 0 && SandboxProcess.IsAlive(keeper),
            "another keeper");
        Assert.Equal(before.ProcessId, (await sandbox.Status()).ProcessId);

        // What the new keeper starts comes behind the ptys that it was given: now it holds them, and the daemon may go.
        await sandbox.Detached("behind", "sleep", "600");
        SandboxProcess.Signal(before.ProcessId, Signals.Kill);
        await Patience.Until(async () => (await sandbox.Status()).ProcessId != before.ProcessId, "another daemon");
        await sandbox.UntilClients(id, 1);
        await Echoes(terminal, "and after that");
        Assert.Equal("running", await sandbox.StateOf(id));
    }

    [EndToEndFact]
    public async Task While_no_keeper_can_be_started_the_daemon_says_so_once_and_leaves_nothing_behind()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("kept", "cat");
        var before = await sandbox.Status();
        var (here, away) = (sandbox.Paths.RuntimeDirectory, sandbox.Paths.RuntimeDirectory + ".away");
        var descriptors = Directory.EnumerateFileSystemEntries($"/proc/{before.ProcessId}/fd").Count();
        Directory.Move(here, away);
        SandboxProcess.Signal(before.KeeperProcessId, Signals.Kill);
        await Patience.Until(() => File.ReadAllText(sandbox.Paths.LogFile).Contains("no keeper yet", StringComparison.Ordinal), "a word about it");

        // Each try is a child of the daemon; three are enough to see whether they stay.
        var tries = new HashSet<int>();
        await Patience.Until(() => Tries() && tries.Count >= 3, "three tries");
        Directory.Move(away, here);
        await Patience.Until(
            async () => (await sandbox.Status()).KeeperProcessId is var keeper && keeper != before.KeeperProcessId && SandboxProcess.IsAlive(keeper), "another keeper");
        await sandbox.Do("input", id, "still here");
        await sandbox.UntilShows(id, "still here");

        Assert.Single(File.ReadAllLines(sandbox.Paths.LogFile), line => line.Contains("no keeper yet", StringComparison.Ordinal));
        Assert.DoesNotContain(ChildrenOf(before.ProcessId), child => child.State == "Z");
        Assert.InRange(Directory.EnumerateFileSystemEntries($"/proc/{before.ProcessId}/fd").Count(), 1, descriptors + 10);

        bool Tries()
        {
            tries.UnionWith(ChildrenOf(before.ProcessId).Select(child => child.ProcessId));
            return true;
        }
    }

    [EndToEndFact]
    public async Task New_sessions_can_be_started_with_the_new_keeper_and_old_ones_can_be_stopped()
    {
        await using var sandbox = new Sandbox();
        var old = await sandbox.Detached("old", "sleep", "600");
        var keeper = (await sandbox.Status()).KeeperProcessId;
        SandboxProcess.Signal(keeper, Signals.Kill);
        await Patience.Until(() => !SandboxProcess.IsAlive(keeper), "the keeper's death");
        var young = await sandbox.Detached("young", "sh", "-c", "exit 4");
        await sandbox.UntilState(young, "exited");
        Assert.Equal(4, (await sandbox.Session(young))["exitCode"]!.GetValue<int>());
        await sandbox.Do("stop", old);
        Assert.Equal("exited", await sandbox.StateOf(old));
    }

    [EndToEndFact]
    public async Task An_end_that_no_keeper_could_reap_is_seen_all_the_same()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("orphan", "sh", "-c", "read x; echo done; exit 0");
        var keeper = (await sandbox.Status()).KeeperProcessId;
        SandboxProcess.Signal(keeper, Signals.Kill);
        await Patience.Until(() => !SandboxProcess.IsAlive(keeper), "the keeper's death");
        await sandbox.Do("input", id, "x");
        await sandbox.UntilState(id, "exited");
        Assert.Contains("done", await sandbox.Do("capture", id), StringComparison.Ordinal);
    }

    [EndToEndFact("awk")]
    public async Task With_the_daemon_killed_too_sessions_are_lost_with_a_reason_and_stay_readable()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("doomed", CounterProgram.Lines(5000));
        await sandbox.UntilShows(id, "^000004999");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("000004999");
        var status = await sandbox.Status();
        SandboxProcess.Signal(status.KeeperProcessId, Signals.Stop);
        SandboxProcess.Signal(status.ProcessId, Signals.Kill);
        SandboxProcess.Signal(status.KeeperProcessId, Signals.Kill);

        await terminal.Exited;
        await sandbox.UntilState(id, "lost");
        var session = await sandbox.Session(id);
        Assert.False(string.IsNullOrEmpty(session["endReason"]?.GetValue<string>()));
        var journal = await JournalBytes.Read(sandbox, id);
        Assert.Equal(CounterProgram.Expected(0, 5000 * 17), journal.Output);
        Assert.Contains("000004999", await sandbox.Do("capture", id), StringComparison.Ordinal);
        Assert.Contains("000000000", await sandbox.Do("logs", id), StringComparison.Ordinal);

        // And a new session can be started.
        Assert.Equal("running", await sandbox.StateOf(await sandbox.Detached("phoenix", "sleep", "600")));
    }

    private static async Task Echoes(OuterTerminal terminal, string text)
    {
        terminal.Type(text + "\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == text) == 2, $"cat's echo of \"{text}\"");
    }

    // Of /proc/PID/stat: `pid (name) state ppid …`.
    private static List<(int ProcessId, string State)> ChildrenOf(int parent)
    {
        var children = new List<(int, string)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(directory), out var processId) && File.ReadAllText($"{directory}/stat").Split(") ")[^1].Split(' ') is [var state, var of, ..]
                    && of == $"{parent}")
                {
                    children.Add((processId, state));
                }
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }

        return children;
    }
}
