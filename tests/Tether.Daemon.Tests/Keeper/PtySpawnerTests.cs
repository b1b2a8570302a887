using Xunit;

namespace Tether.Daemon.Tests.Keeper;

/// <summary>What a program finds around it.</summary>
public sealed class PtySpawnerTests : IDisposable
{
    private readonly KeeperRig _keeper = new();

    public void Dispose() => _keeper.Dispose();

    [Fact]
    public void It_has_the_environment_it_was_given_and_nothing_else() =>
        Assert.Equal("A=1\nB=two words\n", Only(_keeper.Run("/usr/bin/env", "/", "A=1", "B=two words"), "A=", "B=", "HOME=", "PATH=", "DOTNET"));

    [Fact]
    public void It_begins_in_the_folder_it_was_given() => Assert.Equal($"{_keeper.Directory}\n", _keeper.Run("pwd -P", _keeper.Directory));

    [Fact]
    public void It_has_a_controlling_terminal_of_its_size() => Assert.Equal("24 80\nyes\n", _keeper.Run("stty size </dev/tty; test -t 0 -a -t 1 -a -t 2 && echo yes"));

    [Fact]
    public void It_leads_a_session_of_its_own() =>
        Assert.Equal("yes\n", _keeper.Run("set -- $(cut -d' ' -f1,5,6,8 /proc/$$/stat); test $1 = $2 -a $2 = $3 -a $3 = $4 && echo yes"));

    [Fact]
    public void It_inherits_no_descriptor_but_its_terminal() =>
        Assert.Equal("0\n1\n2\n", _keeper.Run("for fd in 0 1 2 3 4 5 6 7 8 9 10 50 100 200 300; do test -e /proc/$$/fd/$fd && echo $fd; done; true"));

    [Fact]
    public void Its_signals_are_all_at_their_defaults_and_none_is_blocked() =>
        Assert.Equal("SigBlk: 0000000000000000\nSigIgn: 0000000000000000\n", _keeper.Run("/bin/grep -E 'Sig(Blk|Ign)' /proc/self/status").Replace('\t', ' '));

    [Fact]
    public void Ctrl_c_interrupts_it()
    {
        var (_, master) = _keeper.Spawn(KeeperRig.Shell("s", "trap 'echo interrupted; exit 4' INT; echo ready; while :; do sleep 0.05; done"));
        var text = "";
        using var poller = new Tether.Daemon.Native.Poller();
        poller.Add(master, 0, read: true, write: false);
        while (!text.Contains("ready", StringComparison.Ordinal))
        {
            text += ReadSome(poller, master);
        }

        Tether.Daemon.Native.Descriptors.Write(master, [3], out _);
        Assert.Contains("interrupted", KeeperRig.ReadToEnd(master));
        Assert.Equal(4, _keeper.Next<Tether.Daemon.Keeper.KeeperMessage.Exited>(out _).ExitCode);
    }

    private static unsafe string ReadSome(Tether.Daemon.Native.Poller poller, int master)
    {
        Span<Tether.Daemon.Native.Readiness> ready = stackalloc Tether.Daemon.Native.Readiness[1];
        if (poller.Wait(ready, 10_000) == 0)
        {
            throw new TimeoutException("nothing was printed");
        }

        var buffer = stackalloc byte[1024];
        Tether.Daemon.Native.Descriptors.Read(master, buffer, 1024, out var count);
        return System.Text.Encoding.UTF8.GetString(buffer, count);
    }

    private static string Only(string text, params string[] beginnings) =>
        string.Concat(text.Split('\n').Where(line => beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal))).Order().Select(line => line + "\n"));
}
