using System.Net;
using System.Net.Sockets;
using Tether.Tui.Connection;
using Tether.Tui.Native;
using Xunit;

namespace Tether.Tui.Tests.Connection;

public sealed class PortOwnerTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:2253 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001        0 24601 1 0000000000000000 100 0 0 10 0",
        "   1: 0100007F:2254 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 24602 1 0000000000000000 100 0 0 10 0",
        "   2: 0100007F:2255 0100007F:9999 01 00000000:00000000 00:00000000 00000000  1001        0 24603 1 0000000000000000 100 0 0 10 0",
    ];

    [Theory]
    [InlineData(8787, true)]
    [InlineData(8788, false)]
    [InlineData(8789, false)]
    [InlineData(8790, false)]
    public void Another_users_is_one_who_listens(int port, bool isAnother) => Assert.Equal(isAnother, PortOwner.IsAnother(Table, port, 1000));

    [Fact]
    public void The_users_own_is_his()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.False(PortOwner.IsAnother(port, LibC.getuid()));
        Assert.True(PortOwner.IsAnother(port, LibC.getuid() + 1));
    }
}
