using System.Runtime.InteropServices;
using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Native;

public sealed unsafe class UnixSocketTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_descriptor_arrives_with_its_message_and_works()
    {
        var (client, server) = Connection();
        using var pty = new PtyPair();
        client.Send("hello"u8, pty.Slave);
        var text = new byte[5];
        var descriptor = -1;

        Assert.True(server.Receive(text, ref descriptor));
        Assert.Equal("hello"u8, text);
        Descriptors.Write(descriptor, "through"u8, out _);
        Assert.Equal("through", pty.ReadScreenUntil("through"));
        _ = Libc.close(descriptor);
        client.Dispose();
        server.Dispose();
    }

    [Fact]
    public void Of_several_descriptors_one_is_taken_and_none_is_left_open()
    {
        var (client, server) = Connection();
        using var pty = new PtyPair();
        var name = pty.Name;
        var before = OpenDescriptors.Count(name);
        SendTwo(client.Descriptor, pty.Slave);
        var one = new byte[1];
        var descriptor = -1;
        Assert.True(server.Receive(one, ref descriptor));

        Assert.Equal(before + 1, OpenDescriptors.Count(name));
        _ = Libc.close(descriptor);
        Assert.Equal(before, OpenDescriptors.Count(name));
        client.Dispose();
        server.Dispose();
    }

    [Fact]
    public void The_other_end_is_this_user()
    {
        var (client, server) = Connection();
        Assert.Equal((Environment.ProcessId, Libc.getuid()), (server.Peer().ProcessId, server.Peer().UserId));
        client.Dispose();
        Assert.False(server.Receive(new byte[1], ref DescriptorOf(server)));
        server.Dispose();
    }

    [Fact]
    public void A_socket_is_for_its_owner_only_and_replaces_one_that_is_dead()
    {
        var path = _scratch.File("socket");
        UnixSocket.Listen(path).Dispose();
        Assert.Null(UnixSocket.Connect(path));
        using var listener = UnixSocket.Listen(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        UnixSocket.Connect(path)!.Dispose();
    }

    [Fact]
    public void A_path_that_is_too_long_is_said_to_be() =>
        Assert.Contains("too long", Assert.Throws<IOException>(() => UnixSocket.Connect("/tmp/" + new string('x', 200))).Message);

    [Fact]
    public void What_does_not_fit_is_not_waited_for()
    {
        var (client, server) = Connection();
        Assert.InRange(client.SendNow(new byte[8 << 20]), 1, (8 << 20) - 1);
        Assert.Equal(-1, client.SendNow(new byte[1 << 20]));
        server.Dispose();
        Assert.Equal(-1, client.SendNow("x"u8));
        Assert.False(client.Send("x"u8));
        client.Dispose();
    }

    private static ref int DescriptorOf(UnixSocket _) => ref None[0];

    private static readonly int[] None = [-1];

    private (UnixSocket Client, UnixSocket Server) Connection()
    {
        var path = _scratch.File("socket");
        using var listener = UnixSocket.Listen(path);
        var client = UnixSocket.Connect(path)!;
        return (client, listener.Accept()!);
    }

    private static void SendTwo(int socket, int descriptor)
    {
        var control = stackalloc byte[24];
        *(nint*)control = 24;
        *(int*)(control + 8) = Libc.SOL_SOCKET;
        *(int*)(control + 12) = Libc.SCM_RIGHTS;
        *(int*)(control + 16) = descriptor;
        *(int*)(control + 20) = descriptor;
        byte text = 1;
        var vector = new Libc.IoVector { Base = &text, Length = 1 };
        var header = new Libc.MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = 24 };
        Assert.Equal(1, Libc.sendmsg(socket, &header, 0));
    }
}
