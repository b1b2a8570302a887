namespace Tether.EndToEnd.Tests.Commands;

/// <summary>What a program finds when it is started in a session: what it would have found without Tether.</summary>
public sealed class SessionProgramTests
{
    [EndToEndFact]
    public async Task It_sees_the_callers_environment_and_its_own_session()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("first", "sleep", "600");
        // The daemon runs already: what comes now is this caller's, not the daemon's.
        sandbox.Set("FAVOURITE", "tea, no sugar");
        var journal = await Run(sandbox, "env");
        Assert.Contains("FAVOURITE=tea, no sugar\r\n", journal.Text, StringComparison.Ordinal);
        Assert.Contains("TERM=xterm-256color\r\n", journal.Text, StringComparison.Ordinal);
        Assert.Contains("COLORTERM=truecolor\r\n", journal.Text, StringComparison.Ordinal);
        Assert.Matches("TETHER_SESSION=[a-z2-9]{8}\r\n", journal.Text);
        Assert.DoesNotContain("DOTNET_gc", journal.Text, StringComparison.OrdinalIgnoreCase);
    }

    [EndToEndFact]
    public async Task No_descriptor_leaks_into_it()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("other", "sleep", "600");
        // The fourth is the folder that ls itself reads.
        var journal = await Run(sandbox, "ls", "-1", "/proc/self/fd");
        Assert.Equal("0\r\n1\r\n2\r\n3\r\n", journal.Text);
    }

    [EndToEndFact]
    public async Task No_signal_is_blocked_or_ignored()
    {
        await using var sandbox = new Sandbox();
        var journal = await Run(sandbox, "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status");
        Assert.Equal("SigBlk:\t0000000000000000\r\nSigIgn:\t0000000000000000\r\n", journal.Text.Replace("\t        ", "\t", StringComparison.Ordinal));
    }

    [EndToEndFact]
    public async Task The_pty_is_its_controlling_terminal_and_it_leads_its_own_session()
    {
        await using var sandbox = new Sandbox();
        var journal = await Run(sandbox, "sh", "-c", "echo works >/dev/tty; ps -o sid= -p $$ | grep -qw $$ && echo leads");
        Assert.Equal("works\r\nleads\r\n", journal.Text);
    }

    private static async Task<JournalBytes> Run(Sandbox sandbox, params string[] program)
    {
        var id = await sandbox.Detached("program", program);
        await sandbox.UntilExit(id);
        return await JournalBytes.Read(sandbox, id);
    }
}
