namespace Tether.EndToEnd.Tests.Survival;

/// <summary>Another build takes the place of the running one, as scripts/install puts it there: by renaming folders.</summary>
public sealed class UpgradeTests
{
    [EndToEndFact("awk")]
    public async Task A_restart_goes_to_the_new_build_with_all_sessions_and_clients()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Install();
        var installed = Path.GetDirectoryName(sandbox.Tether)!;
        var terminal = sandbox.Open("run", "any", "--title", "upgraded", "--", "cat");
        await Echoes(terminal, "old build");
        var (before, process) = (await sandbox.Status(), await sandbox.ProcessOf(await Only(sandbox)));
        Assert.StartsWith(installed, SandboxProcess.ProgramOf(before.ProcessId), StringComparison.Ordinal);

        await sandbox.Install();
        await sandbox.Do("restart");

        var after = await sandbox.Status();
        Assert.NotEqual(before.ProcessId, after.ProcessId);
        Assert.Equal(Path.Combine(installed, "tetherd"), SandboxProcess.ProgramOf(after.ProcessId));
        Assert.Equal(process, await sandbox.ProcessOf(await Only(sandbox)));
        await sandbox.UntilClients(await Only(sandbox), 1);
        await Echoes(terminal, "new build");

        // The keeper is still the old build's; sessions can be started and stopped through it.
        var id = await sandbox.Detached("young", "sh", "-c", "exit 3");
        await sandbox.UntilExit(id);
        Assert.Equal(3, (await sandbox.Session(id))["exitCode"]!.GetValue<int>());
    }

    private static async Task<string> Only(Sandbox sandbox) =>
        (await sandbox.Ask("list", null, "sessions"))["sessions"]!.AsArray().Single()!["id"]!.GetValue<string>();

    private static async Task Echoes(OuterTerminal terminal, string text)
    {
        terminal.Type(text + "\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == text) == 2, $"cat's echo of \"{text}\"");
    }
}
