namespace Tether.EndToEnd.Tests.Viewers;

public sealed class ReconnectingTests
{
    [EndToEndFact]
    public async Task A_client_that_shall_not_reconnect_ends_with_the_daemon_and_leaves_the_terminal_restored()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "any", "--no-reconnect", "--", "sh", "-c", "printf '\\033[?1049h\\033[?1000hready'; cat");
        await terminal.UntilShows("ready");
        SandboxProcess.Signal((await sandbox.Status()).ProcessId, Signals.Kill);
        Assert.Equal(5, await terminal.Exited);
        await terminal.Until(screen => screen.Modes == OuterModes.Fresh, "the modes of before");
        Assert.Equal(terminal.SettingsBefore, terminal.Settings);
    }

    [EndToEndFact]
    public async Task A_client_that_was_resized_while_no_daemon_ran_gives_the_session_its_new_size()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("sized", "bash", "--norc");
        var terminal = sandbox.Open(90, 25, "attach", id);
        await Patience.Until(async () => (await sandbox.Session(id))["columns"]!.GetValue<int>() == 90, "the first size");
        SandboxProcess.Signal((await sandbox.Status()).ProcessId, Signals.Kill);
        terminal.Resize(70, 20);
        await Patience.Until(async () => (await sandbox.Session(id))["columns"]!.GetValue<int>() == 70, "the second size");
        await sandbox.UntilClients(id, 1);
        terminal.Type("clear; stty size\r");
        await terminal.Until(screen => screen.Lines.Contains("20 70"), "the second size in the program");
    }

    [EndToEndFact]
    public async Task A_session_that_ended_while_the_client_was_away_is_told_with_its_status()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "any", "--title", "brief", "--", "sh", "-c", "echo ready; sleep 0.6; echo last words; exit 4");
        await terminal.UntilShows("ready");
        var status = await sandbox.Status();
        SandboxProcess.Signal(status.ProcessId, Signals.Stop);
        await Patience.Until(() => !SandboxProcess.Of(sandbox.Directory).Any(process => process.CommandLine is ["sh", ..]), "the end of the program");
        SandboxProcess.Signal(status.ProcessId, Signals.Kill);
        Assert.Equal(4, await terminal.Exited);
        await terminal.UntilShows("last words");
    }
}
