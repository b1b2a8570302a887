using System.Net.Sockets;
using System.Text;
using Tether.Daemon.Server;
using Tether.Daemon.Tests.Approvals;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class StrangerLimitTests
{
    [Theory]
    [InlineData("/health", null, "200")]
    [InlineData("/nowhere", "wrong", "401")]
    public async Task Who_shows_no_token_that_counts_is_let_go_when_he_is_silent(string path, string? token, string status)
    {
        var clock = new HandClock();
        await using var fixture = await WebSocketFixture.StartAsync(withPort: true, time: clock);
        using var client = await ConnectAsync(fixture);
        Assert.Equal(status, await AskAsync(fixture, client, path, token));

        var end = client.ReceiveAsync(new byte[1], fixture.Stop).AsTask();
        while (!end.IsCompleted)
        {
            // The server may still be about to count from its answer on.
            clock.Move(StrangerLimit.Silence);
            await Task.WhenAny(end, Task.Delay(10, fixture.Stop));
        }

        Assert.Equal(0, await end);
    }

    [Fact]
    public async Task Who_asks_nothing_at_all_is_let_go()
    {
        var clock = new HandClock();
        await using var fixture = await WebSocketFixture.StartAsync(withPort: true, time: clock);
        using var first = await ConnectAsync(fixture);
        using var second = await ConnectAsync(fixture);

        // Connections are taken in order: the first is there once the second is answered.
        Assert.Equal("200", await AskAsync(fixture, second, "/health", token: null));
        clock.Move(StrangerLimit.Silence);
        Assert.Equal(0, await first.ReceiveAsync(new byte[1], fixture.Stop));
    }

    [Fact]
    public async Task Who_has_shown_a_token_keeps_the_connection()
    {
        var clock = new HandClock();
        await using var fixture = await WebSocketFixture.StartAsync(withPort: true, time: clock);
        using var client = await ConnectAsync(fixture);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("404", await AskAsync(fixture, client, "/nowhere", fixture.Token));
            clock.Move(HttpServer.Silence);
        }
    }

    private static async Task<Socket> ConnectAsync(WebSocketFixture fixture)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync("127.0.0.1", fixture.Port, fixture.Stop);
        return client;
    }

    // The status; an answer to HEAD has no body.
    private static async Task<string> AskAsync(WebSocketFixture fixture, Socket client, string path, string? token)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await client.SendAsync(Encoding.ASCII.GetBytes($"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1:{fixture.Port}\r\n{authorization}\r\n"), fixture.Stop);
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var status = (await reader.ReadLineAsync(fixture.Stop))!.Split(' ')[1];
        while (await reader.ReadLineAsync(fixture.Stop) is { Length: > 0 })
        {
        }

        return status;
    }
}
