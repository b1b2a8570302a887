using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tether.Daemon.Server;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class TcpPeerTests
{
    [Theory]
    [InlineData("0100007F:2253", "127.0.0.1:8787")]
    [InlineData("00000000000000000000000001000000:0050", "[::1]:80")]
    [InlineData("0000000000000000FFFF00000100007F:0050", "127.0.0.1:80")]
    [InlineData("0100007F", null)]
    [InlineData("zz00007F:2253", null)]
    public void The_kernels_table_is_read(string text, string? end) => Assert.Equal(end, TcpPeer.Read(text)?.ToString());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task The_process_at_the_other_end_is_found(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        var server = (IPEndPoint)listener.LocalEndpoint;
        using var other = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec 3<>/dev/tcp/{address}/{server.Port}; read -r line <&3"]))!;
        using var connection = await listener.AcceptTcpClientAsync();
        var peer = new TcpPeer(TcpPeer.Plain((IPEndPoint)connection.Client.RemoteEndPoint!), TcpPeer.Plain((IPEndPoint)connection.Client.LocalEndPoint!));
        Assert.Equal(other.Id, peer.ProcessId);
        await connection.GetStream().WriteAsync("\n"u8.ToArray());
        await other.WaitForExitAsync();
    }

    [Fact]
    public async Task One_that_closes_its_end_is_gone_and_not_just_unknown()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = (IPEndPoint)listener.LocalEndpoint;
        using var other = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec 3<>/dev/tcp/127.0.0.1/{server.Port}; echo asked >&3"]))!;
        using var connection = await listener.AcceptTcpClientAsync();
        await other.WaitForExitAsync();
        var peer = new TcpPeer(TcpPeer.Plain((IPEndPoint)connection.Client.RemoteEndPoint!), TcpPeer.Plain((IPEndPoint)connection.Client.LocalEndPoint!));
        Assert.Equal(SupervisedPeers.Gone, peer.ProcessId);
    }
}
