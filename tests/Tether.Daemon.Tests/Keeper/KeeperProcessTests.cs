using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Keeper;

public sealed class KeeperProcessTests : IDisposable
{
    private readonly KeeperRig _keeper = new();

    public void Dispose() => _keeper.Dispose();

    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 7", 7, null)]
    [InlineData("exit 255", 255, null)]
    [InlineData("kill -TERM $$", null, 15)]
    [InlineData("kill -KILL $$", null, 9)]
    public void A_programs_end_is_told_as_it_was(string script, int? code, int? signal)
    {
        _keeper.Spawn(KeeperRig.Shell("s", script));
        var exited = _keeper.Next<KeeperMessage.Exited>(out _);
        Assert.Equal(("s", code, signal), (exited.Session, exited.ExitCode, exited.Signal));
    }

    [Fact]
    public void An_end_that_nobody_has_acknowledged_is_kept_for_the_next_daemon()
    {
        _keeper.Spawn(KeeperRig.Shell("s", "echo last words; exit 3"));
        _keeper.Next<KeeperMessage.Exited>(out _);

        using var next = _keeper.Connect();
        next.Send(new KeeperMessage.List());
        var held = _keeper.Next<KeeperMessage.Held>(out var master, next);
        Assert.Equal(("s", true, 3), (held.Session, held.HasExited, held.ExitCode));
        Assert.Equal("last words\r\n", KeeperRig.ReadToEnd(master));
        _keeper.Next<KeeperMessage.Listed>(out _, next);

        next.Send(new KeeperMessage.Release("s"));
        next.Send(new KeeperMessage.List());
        _keeper.Next<KeeperMessage.Listed>(out _, next);
    }

    [Fact]
    public void A_running_program_is_handed_to_whoever_asks_with_a_master_that_works()
    {
        var (spawned, _) = _keeper.Spawn(KeeperRig.Shell("s", "read line; echo got $line"));
        using var next = _keeper.Connect();
        next.Send(new KeeperMessage.List());
        var held = _keeper.Next<KeeperMessage.Held>(out var master, next);

        Assert.Equal((spawned.ProcessId, spawned.StartTime, false), (held.ProcessId, held.StartTime, held.HasExited));
        Assert.True(new ProcessIdentity(held.ProcessId, held.StartTime).IsAlive);
        Descriptors.Write(master, "it\r"u8, out _);
        Assert.Contains("got it", KeeperRig.ReadToEnd(master));
        Assert.Equal(0, _keeper.Next<KeeperMessage.Exited>(out _).ExitCode);
    }

    [Fact]
    public void A_second_keeper_adopts_what_the_first_one_started_and_sees_its_end()
    {
        using var second = new KeeperRig();
        var (spawned, master) = _keeper.Spawn(KeeperRig.Shell("s", "read line"));
        second.Channel.Send(new KeeperMessage.Adopt("s", spawned.ProcessId, spawned.StartTime), master);
        second.Channel.Send(new KeeperMessage.List());
        Assert.Equal(spawned.ProcessId, second.Next<KeeperMessage.Held>(out var copy).ProcessId);
        second.Next<KeeperMessage.Listed>(out _);

        Descriptors.Write(copy, "\r"u8, out _);

        // Whose child it is not, learns no status.
        var exited = second.Next<KeeperMessage.Exited>(out _);
        Assert.Equal(("s", null, null), (exited.Session, exited.ExitCode, exited.Signal));
    }

    [Fact]
    public void A_program_that_has_ended_before_it_is_adopted_has_ended()
    {
        var (spawned, master) = _keeper.Spawn(KeeperRig.Shell("s", "exit 0"));
        _keeper.Next<KeeperMessage.Exited>(out _);
        using var second = new KeeperRig();
        second.Channel.Send(new KeeperMessage.Adopt("s", spawned.ProcessId, spawned.StartTime), master);
        Assert.Equal("s", second.Next<KeeperMessage.Exited>(out _).Session);
    }

    [Fact]
    public void A_stranger_who_has_got_the_programs_number_is_not_taken_for_it()
    {
        using var pty = new PtyPair();
        _keeper.Channel.Send(new KeeperMessage.Adopt("s", Environment.ProcessId, StartTime: 1), pty.Master);
        Assert.Equal("s", _keeper.Next<KeeperMessage.Exited>(out _).Session);
    }

    [Fact]
    public void A_session_that_is_adopted_twice_is_held_once()
    {
        var (spawned, master) = _keeper.Spawn(KeeperRig.Shell("s", "read line"));
        using var second = new KeeperRig();
        second.Channel.Send(new KeeperMessage.Adopt("s", spawned.ProcessId, spawned.StartTime), master);
        second.Channel.Send(new KeeperMessage.Adopt("s", spawned.ProcessId, spawned.StartTime), master);
        second.Channel.Send(new KeeperMessage.List());
        second.Next<KeeperMessage.Held>(out _);
        second.Next<KeeperMessage.Listed>(out _);
    }

    [Theory]
    [InlineData("/no/such/program", "/")]
    [InlineData("/etc/passwd", "/")]
    [InlineData("/bin/sh", "/no/such/folder")]
    public void What_cannot_be_started_is_refused_with_the_reason(string path, string directory)
    {
        _keeper.Channel.Send(KeeperRig.Shell("s", "", directory) with { Path = path });
        var refused = _keeper.Next<KeeperMessage.Refused>(out _);
        Assert.Equal("s", refused.Session);
        Assert.True(refused.Errno > 0);
        Assert.Contains(path, refused.Reason);
    }

    [Fact]
    public void It_leaves_when_it_is_told_to_and_holds_nothing()
    {
        _keeper.Spawn(KeeperRig.Shell("s", "read line"));
        using var daemon = _keeper.Connect();
        daemon.Send(new KeeperMessage.Leave());
        daemon.Send(new KeeperMessage.List());
        Assert.IsType<KeeperMessage.Held>(_keeper.Next<KeeperMessage>(out _, daemon));
        Assert.False(_keeper.Ended.IsCompleted);
    }

    [Fact]
    public void Whoever_is_connected_when_it_leaves_hears_the_end()
    {
        using var other = _keeper.Connect();
        other.Send(new KeeperMessage.List());
        _keeper.Next<KeeperMessage.Listed>(out _, other);
        _keeper.Channel.Send(new KeeperMessage.Leave());
        Assert.Null(Task.Run(() => other.Receive(out _)).Result());
    }

    [Fact]
    public void What_it_does_not_understand_it_says_and_goes_on()
    {
        using (var socket = UnixSocket.Connect(_keeper.SocketPath)!)
        {
            socket.Send([4, 0, 0, 0, .. "oops"u8]);
            var head = new byte[4];
            var none = -1;
            Assert.True(socket.Receive(head, ref none));
            socket.Send([2, 0, 0, 0, .. "{}"u8]);
            socket.Send([0xff, 0xff, 0xff, 0x7f]);
        }

        Assert.Equal("here\n", _keeper.Run("echo here"));
    }
}
