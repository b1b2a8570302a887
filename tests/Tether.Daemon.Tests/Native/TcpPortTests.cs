using System.Net;
using System.Net.Sockets;
using Tether.Daemon.Native;
using Xunit;

namespace Tether.Daemon.Tests.Native;

public sealed class TcpPortTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::", "::1")]
    [InlineData("::", "127.0.0.1")]
    public async Task Who_connects_there_is_accepted(string listen, string connect)
    {
        if (!Socket.OSSupportsIPv6 && listen.Contains(':', StringComparison.Ordinal))
        {
            return;
        }

        using var listener = new Socket(new SafeSocketHandle(TcpPort.Listen(new IPEndPoint(IPAddress.Parse(listen), 0)), ownsHandle: true));
        var point = Assert.IsType<IPEndPoint>(listener.LocalEndPoint);
        Assert.Equal(IPAddress.Parse(listen), point.Address);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(connect), point.Port).WaitAsync(Soon.Limit);
        using var accepted = await listener.AcceptAsync().WaitAsync(Soon.Limit);
        Assert.Equal(((IPEndPoint)client.Client.LocalEndPoint!).Port, ((IPEndPoint)accepted.RemoteEndPoint!).Port);
    }

    [Fact]
    public void A_port_that_is_taken_is_told_as_such()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Assert.Equal(Libc.EADDRINUSE, Assert.Throws<NativeError>(() => TcpPort.Listen((IPEndPoint)taken.LocalEndpoint)).Errno);
    }

    [Fact]
    public void One_that_listens_only_on_IPv6_leaves_IPv4_alone()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        using var six = new Socket(new SafeSocketHandle(TcpPort.Listen(new IPEndPoint(IPAddress.IPv6Loopback, 0)), ownsHandle: true));
        using var four = new Socket(new SafeSocketHandle(TcpPort.Listen(new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)six.LocalEndPoint!).Port)), ownsHandle: true));
        Assert.True(four.IsBound);
    }
}
