using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Tests.External;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.External;

public sealed class ExternalSocketTests : IDisposable
{
    private readonly ExternalRig _rig = new();
    private readonly CancellationTokenSource _stop = new(Soon.Limit);
    private readonly ExternalSocket _socket;

    public ExternalSocketTests() => _socket = new ExternalSocket(_rig.Agents, _rig.Log, new InputCursors(_rig.Start.DirectoryOf), TimeProvider.System);

    public void Dispose()
    {
        _rig.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task There_is_none_for_a_session_that_is_not_there()
    {
        using var upgrade = new Upgrade();
        Assert.Equal(404, (await Assert.ThrowsAsync<ApiError>(() => ServeAsync("nobody", upgrade))).Status);
        Assert.False(upgrade.IsAccepted);
    }

    [Fact]
    public async Task It_ends_with_its_session_once_everything_has_been_told()
    {
        var id = _rig.Register().Id;
        using var upgrade = new Upgrade();
        var served = ServeAsync(id, upgrade);
        await _rig.Agents.SayAsync(id, "last", "ann", "cli");
        var live = _rig.Live(id);
        live.Post(() => live.Stop("me", isForced: false));
        live.Over.Ends();
        _rig.Log.Post(id, default, "exited", "{}"u8.ToArray());

        Assert.Contains("last", await ReceiveAsync(upgrade.Client), StringComparison.Ordinal);
        Assert.Equal("", await ReceiveAsync(upgrade.Client));
        Assert.Equal((WebSocketCloseStatus.NormalClosure, "the session is over"), (upgrade.Client.CloseStatus, upgrade.Client.CloseStatusDescription));
        await upgrade.Client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", _stop.Token);
        await served.WaitAsync(_stop.Token);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"output","data":{"text":"\ud800"}}""")]
    [InlineData("""{"type":"none","data":{}}""")]
    public async Task What_makes_no_sense_is_refused_and_the_socket_goes_on(string message)
    {
        var id = _rig.Register().Id;
        using var upgrade = new Upgrade();
        var served = ServeAsync(id, upgrade);
        await SendAsync(upgrade.Client, message);
        Assert.Equal("error", JsonElement.Parse(await ReceiveAsync(upgrade.Client)).GetProperty("type").GetString());
        await SendAsync(upgrade.Client, """{"type":"output","data":{"text":"a"}}""");
        Assert.Equal("ack", JsonElement.Parse(await ReceiveAsync(upgrade.Client)).GetProperty("type").GetString());
        await upgrade.Client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", _stop.Token);
        await served.WaitAsync(_stop.Token);
    }

    private Task ServeAsync(string id, Upgrade upgrade)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpWebSocketFeature>(upgrade);
        var route = new ExternalApi(_rig.Agents, _rig.Log, new InputCursors(_rig.Start.DirectoryOf), TimeProvider.System).Routes.Single(route => route.Status == 101);
        return _socket.ServeAsync(new ApiCall(context, route, new Dictionary<string, string> { ["id"] = id }, ExternalRig.Caller));
    }

    private Task SendAsync(WebSocket client, string text) => client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, _stop.Token);

    private async Task<string> ReceiveAsync(WebSocket client)
    {
        var buffer = new byte[4096];
        var received = await client.ReceiveAsync(buffer, _stop.Token);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    /// <summary>Both ends of a WebSocket over loopback.</summary>
    private sealed class Upgrade : IHttpWebSocketFeature, IDisposable
    {
        private readonly TcpClient _near = new();
        private readonly TcpClient _far;

        public Upgrade()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _near.Connect((IPEndPoint)listener.LocalEndpoint);
            _far = listener.AcceptTcpClient();
            Client = WebSocket.CreateFromStream(_near.GetStream(), new WebSocketCreationOptions());
        }

        public WebSocket Client { get; }

        public bool IsAccepted { get; private set; }

        public bool IsWebSocketRequest => true;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            IsAccepted = true;
            return Task.FromResult(WebSocket.CreateFromStream(_far.GetStream(), new WebSocketCreationOptions { IsServer = true }));
        }

        public void Dispose()
        {
            Client.Dispose();
            _near.Dispose();
            _far.Dispose();
        }
    }
}
