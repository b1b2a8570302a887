using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Keeper;

public sealed class KeeperLinkTests : IDisposable
{
    private readonly KeeperRig _keeper = new();
    private readonly ScratchDirectory _scratch = new();
    private readonly System.Collections.Concurrent.BlockingCollection<KeeperMessage.Exited> _exits = [];

    public void Dispose()
    {
        _keeper.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void A_program_is_started_and_its_end_is_told()
    {
        var link = Open(_keeper.SocketPath, out var held);
        Assert.Empty(held);
        Assert.Equal(Environment.ProcessId, link.KeeperProcessId);
        link.Start();

        var (processId, startTime, master) = link.Spawn(KeeperRig.Shell("s", "echo hello; exit 5"));
        Assert.Equal(ProcessIdentity.Of(processId).StartTime is 0 ? startTime : ProcessIdentity.Of(processId).StartTime, startTime);
        Assert.Equal("hello\r\n", KeeperRig.ReadToEnd(master));
        Assert.Equal(new KeeperMessage.Exited("s", 5, null), NextExit());
        _ = Libc.close(master);
        link.Release("s");
        link.Close();
    }

    [Fact]
    public void What_cannot_be_started_is_an_error_with_the_reason_and_the_link_goes_on()
    {
        var link = Open(_keeper.SocketPath, out _);
        link.Start();
        var error = Assert.Throws<NativeError>(() => link.Spawn(KeeperRig.Shell("s", "") with { Path = "/no/such/program" }));
        Assert.Equal(2, error.Errno);
        _ = Libc.close(link.Spawn(KeeperRig.Shell("t", "exit 0")).Master);
        Assert.Equal("t", NextExit().Session);
        link.Close();
    }

    [Fact]
    public void The_next_daemon_gets_what_the_keeper_holds()
    {
        var (spawned, _) = _keeper.Spawn(KeeperRig.Shell("s", "read line; echo got $line"));
        var link = Open(_keeper.SocketPath, out var held);
        link.Start();

        var process = Assert.Single(held);
        Assert.Equal((spawned.ProcessId, spawned.StartTime), (process.Held.ProcessId, process.Held.StartTime));
        Descriptors.Write(process.Master, "it\r"u8, out _);
        Assert.Contains("got it", KeeperRig.ReadToEnd(process.Master));
        Assert.Equal(0, NextExit().ExitCode);
        _ = Libc.close(process.Master);
        link.Close();
    }

    [Fact]
    public void A_keeper_that_leaves_while_it_is_reached_is_followed_by_another()
    {
        var path = _scratch.File("keeper.sock");
        using var leaving = UnixSocket.Listen(path);
        var listens = new ManualResetEventSlim();
        Task? keeper = null;
        var farewell = Task.Run(() =>
        {
            using var connection = leaving.Accept();
            keeper = Task.Factory.StartNew(() => KeeperProcess.Run(path, listens.Set), TaskCreationOptions.LongRunning);
            listens.Wait(Soon.Limit);
        });
        var link = Open(path, out var held);

        Assert.Empty(held);
        farewell.Ends();
        link.Close();
        keeper!.Ends();
    }

    [Fact]
    public void When_the_keeper_dies_the_next_one_gets_every_living_session_and_those_that_are_being_made()
    {
        var (first, firstMaster) = _keeper.Spawn(KeeperRig.Shell("living", "read line"));
        var (second, secondMaster) = _keeper.Spawn(KeeperRig.Shell("made", "read line"));
        var path = _scratch.File("keeper.sock");
        var dying = UnixSocket.Listen(path);
        var listens = new ManualResetEventSlim();
        Task? keeper = null;
        var death = Task.Run(() =>
        {
            using var connection = new KeeperChannel(dying.Accept()!);
            Assert.IsType<KeeperMessage.List>(connection.Receive(out _));
            connection.Send(new KeeperMessage.Listed(1));
            Assert.IsType<KeeperMessage.Spawn>(connection.Receive(out _));
            connection.Send(new KeeperMessage.Spawned("made", second.ProcessId, second.StartTime), secondMaster);
            keeper = Task.Factory.StartNew(() => KeeperProcess.Run(path, listens.Set), TaskCreationOptions.LongRunning);
            listens.Wait(Soon.Limit);
        });

        var living = (new KeeperMessage.Adopt("living", first.ProcessId, first.StartTime), firstMaster);
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var link = new KeeperLink(path, KeeperLink.Reach(path), () => [living], _exits.Add, log.Enqueue);
        link.Start();
        var made = link.Spawn(KeeperRig.Shell("made", ""));
        death.Ends();
        dying.Dispose();

        using var channel = KeeperChannel.Connect(path)!;
        var held = new HashSet<string>();
        var start = TimeProvider.System.GetTimestamp();
        while (held.Count < 2 && TimeProvider.System.GetElapsedTime(start) < Soon.Limit)
        {
            // The link hands them over as soon as it hears of the death; only the new keeper can tell when it has.
            channel.Send(new KeeperMessage.List());
            while (Task.Run(() => Receive(channel)).Result() is KeeperMessage.Held one)
            {
                held.Add(one.Session);
            }
        }

        Assert.True(held.Count == 2, $"held: {string.Join(", ", held)}; log: {string.Join(" · ", log)}");
        link.Settle("made");
        _ = Libc.kill(first.ProcessId, Libc.SIGKILL);
        _ = Libc.kill(second.ProcessId, Libc.SIGKILL);
        Assert.Equal(["living", "made"], new[] { NextExit().Session, NextExit().Session }.Order());
        _ = Libc.close(made.Master);
        link.Release("living");
        link.Release("made");
        link.Close();
        keeper!.Ends();
    }

    private static KeeperMessage? Receive(KeeperChannel channel)
    {
        var message = channel.Receive(out var master);
        _ = Libc.close(master);
        return message;
    }

    private KeeperLink Open(string path, out List<HeldProcess> held)
    {
        var reached = KeeperLink.Reach(path);
        held = reached.Held;
        return new KeeperLink(path, reached, () => [], _exits.Add, _ => { });
    }

    private KeeperMessage.Exited NextExit() => _exits.TryTake(out var exited, Soon.Limit) ? exited : throw new TimeoutException("no end was told");
}
