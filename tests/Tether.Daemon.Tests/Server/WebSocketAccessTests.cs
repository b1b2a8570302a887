using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Tether.Daemon.Server;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class WebSocketAccessTests
{
    [Fact]
    public async Task A_local_client_comes_in_by_the_socket_which_is_the_users_alone()
    {
        await using var fixture = await WebSocketFixture.StartAsync();
        var client = await fixture.ConnectAsync();
        Assert.Equal("tether.v1", client.SubProtocol);
        Assert.True((await fixture.Handler.NextOpenedAsync(fixture.Stop)).IsLocal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(fixture.Paths.WebSocket));
        Assert.Empty(fixture.Server.Problems);
        Assert.False(File.Exists(AccessToken.PathIn(fixture.Paths.DataDirectory)));
    }

    [Fact]
    public async Task An_api_that_cannot_be_started_keeps_nobody_from_ending_the_daemon()
    {
        await using var fixture = await WebSocketFixture.StartAsync(with: setup => setup with { Modules = (_, _) => throw new InvalidOperationException("on purpose") });
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => fixture.Http().GetAsync("http://localhost/health", fixture.Stop));
        }

        await fixture.Server.DisposeAsync().AsTask().WaitAsync(fixture.Stop);
    }

    [Theory]
    [InlineData("/health", null, null, HttpStatusCode.OK, "ok")]
    [InlineData("/nowhere", null, null, HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("/v1", null, null, HttpStatusCode.BadRequest, "Upgrade: websocket")]
    [InlineData("/v1", "tether.v2", null, HttpStatusCode.BadRequest, "tether.v1")]
    [InlineData("/v1", "", null, HttpStatusCode.BadRequest, "tether.v1")]
    [InlineData("/v1", "tether.v1", "http://localhost", HttpStatusCode.Forbidden, "browser")]
    [InlineData("/health", null, "null", HttpStatusCode.Forbidden, "browser")]
    public async Task Over_the_socket(string path, string? subprotocol, string? origin, HttpStatusCode status, string text)
    {
        await using var fixture = await WebSocketFixture.StartAsync();
        var answer = await fixture.Http().SendAsync(Request("http://localhost" + path, subprotocol, origin), fixture.Stop);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(fixture.Stop), StringComparison.Ordinal);
        Assert.Empty(fixture.Handler.Calls);
    }

    [Theory]
    [InlineData("/health", null, null, null, HttpStatusCode.OK)]
    [InlineData("/v1", null, null, null, HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", null, null, null, HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", "Bearer wrong", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", "Basic TOKEN", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", "Bearer TOKEN", null, null, HttpStatusCode.NotFound)]
    [InlineData("/nowhere", "bearer TOKEN", null, "http://localhost:PORT", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", "Bearer TOKEN", null, "http://localhost", HttpStatusCode.Forbidden)]
    [InlineData("/nowhere", "Bearer TOKEN", null, "http://evil.example:PORT", HttpStatusCode.Forbidden)]
    [InlineData("/nowhere", "Bearer TOKEN", null, "null", HttpStatusCode.Forbidden)]
    [InlineData("/nowhere", "Bearer TOKEN", "localhost:PORT", null, HttpStatusCode.NotFound)]
    [InlineData("/nowhere", "Bearer TOKEN", "evil.example:PORT", null, HttpStatusCode.Forbidden)]
    [InlineData("/nowhere", "Bearer TOKEN", "127.0.0.1", null, HttpStatusCode.Forbidden)]
    [InlineData("/health", null, "evil.example", null, HttpStatusCode.Forbidden)]
    public async Task Over_the_port(string path, string? authorization, string? host, string? origin, HttpStatusCode status)
    {
        await using var fixture = await WebSocketFixture.StartAsync(withPort: true);
        using var http = new HttpClient();
        var request = Request($"http://127.0.0.1:{fixture.Port}{path}", path == "/v1" ? "tether.v1" : null, Filled(origin));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Filled(authorization));
        }

        request.Headers.Host = Filled(host);
        Assert.Equal(status, (await http.SendAsync(request, fixture.Stop)).StatusCode);

        string? Filled(string? text) => text?
            .Replace("PORT", $"{fixture.Port}", StringComparison.Ordinal)
            .Replace("TOKEN", fixture.Token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_may_come_as_a_header_or_as_a_browser_sends_it()
    {
        await using var fixture = await WebSocketFixture.StartAsync(withPort: true);
        var byHeader = await fixture.ConnectByPortAsync("Bearer " + fixture.Token, "tether.v1");
        var bySubprotocol = await fixture.ConnectByPortAsync(null, "tether.v1", "bearer." + fixture.Token);
        Assert.Equal("tether.v1", byHeader.SubProtocol);
        Assert.Equal("tether.v1", bySubprotocol.SubProtocol);
        Assert.False((await fixture.Handler.NextOpenedAsync(fixture.Stop)).IsLocal);
        await Assert.ThrowsAsync<WebSocketException>(() => fixture.ConnectByPortAsync(null, "tether.v1", "bearer.0" + fixture.Token));
    }

    [Fact]
    public async Task The_socket_is_open_to_local_clients_without_a_token_beside_a_port()
    {
        await using var fixture = await WebSocketFixture.StartAsync(withPort: true);
        await fixture.ConnectAsync();
        Assert.True((await fixture.Handler.NextOpenedAsync(fixture.Stop)).IsLocal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_problem_that_leaves_the_socket_open()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var fixture = new WebSocketFixture(((IPEndPoint)taken.LocalEndpoint).Port);
        fixture.Server.Start();
        Assert.Contains($"127.0.0.1:{fixture.Port} is taken", Assert.Single(fixture.Server.Problems), StringComparison.Ordinal);
        await fixture.ConnectAsync();
    }

    [Fact]
    public async Task A_stale_socket_file_is_replaced()
    {
        await using var fixture = new WebSocketFixture();
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(fixture.Paths.WebSocket + "x"));
            dead.Listen();
            File.Move(fixture.Paths.WebSocket + "x", fixture.Paths.WebSocket);
        }

        Assert.True(File.Exists(fixture.Paths.WebSocket));
        fixture.Server.Start();
        await fixture.ConnectAsync();
    }

    [Fact]
    public async Task A_socket_that_another_daemon_serves_is_left_to_it()
    {
        await using var fixture = await WebSocketFixture.StartAsync();
        await using (var second = fixture.NewServer())
        {
            second.Start();
            Assert.Contains("another process", Assert.Single(second.Problems), StringComparison.Ordinal);
        }

        await fixture.ConnectAsync();
    }

    [Fact]
    public async Task The_end_of_the_server_is_told_to_its_clients_and_leaves_no_socket()
    {
        var fixture = await WebSocketFixture.StartAsync();
        var client = await fixture.ConnectAsync();
        var goodbye = fixture.ReceiveGoodbyeAsync(client);
        await fixture.Handler.NextOpenedAsync(fixture.Stop);
        await fixture.Server.DisposeAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await goodbye).Status);
        Assert.Empty(Directory.GetFiles(fixture.Paths.RuntimeDirectory));
        await fixture.DisposeAsync();
    }

    [OtherUserFact]
    public async Task Another_user_is_refused_even_where_the_files_modes_would_let_him_in()
    {
        await using var fixture = await WebSocketFixture.StartAsync();
        var everybody = (UnixFileMode)0x1ff;
        File.SetUnixFileMode(Path.GetDirectoryName(fixture.Paths.RuntimeDirectory)!, everybody);
        File.SetUnixFileMode(fixture.Paths.RuntimeDirectory, everybody);
        File.SetUnixFileMode(fixture.Paths.WebSocket, everybody);
        string[] ask = ["curl", "-sf", "--max-time", "10", "--unix-socket", fixture.Paths.WebSocket, "http://localhost/health"];
        Assert.True(SmallDisk.Run("env", ask));
        Assert.False(SmallDisk.Run("setpriv", ["--reuid=65534", "--clear-groups", .. ask]));
        Assert.True(SmallDisk.Run("env", ask));
    }

    private static HttpRequestMessage Request(string url, string? subprotocol, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        if (subprotocol is not null)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.ParseAdd("websocket");
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", subprotocol);
        }

        return request;
    }
}
