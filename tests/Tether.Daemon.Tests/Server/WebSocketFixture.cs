using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Tether.Daemon.Logging;
using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests.Server;

/// <summary>A WebSocket server on sockets of its own, and bare clients for it.</summary>
internal sealed class WebSocketFixture : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ScratchDirectory _scratch = new();
    private readonly DaemonLog _log;
    private readonly CancellationTokenSource _stop = new(Limit);
    private readonly List<IDisposable> _clients = [];
    private readonly TimeProvider _time;

    public WebSocketFixture(int port = 0, Func<HttpSetup, HttpSetup>? with = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        var setup = new HttpSetup { Binding = port == 0 ? null : new HttpBinding(IPAddress.Loopback, port, []) };
        Setup = with?.Invoke(setup) ?? setup;
        Paths = new TetherPaths { ConfigDirectory = _scratch.File("config"), DataDirectory = _scratch.File("data"), RuntimeDirectory = _scratch.File("run") };
        Directory.CreateDirectory(Paths.RuntimeDirectory);
        Port = port;
        _log = new DaemonLog(Paths.LogFile, Microsoft.Extensions.Logging.LogLevel.Information, 1 << 20, 2, TimeProvider.System);
        Server = NewServer();
    }

    public TetherPaths Paths { get; }

    public int Port { get; }

    public HttpSetup Setup { get; }

    public FakeClientHandler Handler { get; } = new();

    public WebSocketServer Server { get; }

    public CancellationToken Stop => _stop.Token;

    public string Token => File.ReadAllText(AccessToken.PathIn(Paths.DataDirectory)).Trim();

    public static async Task<WebSocketFixture> StartAsync(bool withPort = false, Func<HttpSetup, HttpSetup>? with = null, TimeProvider? time = null)
    {
        var fixture = new WebSocketFixture(withPort ? FreePort() : 0, with, time);
        fixture.Server.Start();
        return fixture;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public WebSocketServer NewServer() => new(Paths, Setup, Handler, _log, _time);

    /// <summary>An HTTP client for the Unix socket.</summary>
    public HttpClient Http()
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Paths.WebSocket), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        _clients.Add(client);
        return client;
    }

    public async Task<ClientWebSocket> ConnectAsync(params string[] subprotocols)
    {
        var client = NewClient(subprotocols.Length == 0 ? ["tether.v1"] : subprotocols);
        await client.ConnectAsync(new Uri("ws://localhost/v1"), Http(), Stop);
        return client;
    }

    public async Task<ClientWebSocket> ConnectByPortAsync(string? authorization, params string[] subprotocols)
    {
        var client = NewClient(subprotocols);
        if (authorization is not null)
        {
            client.Options.SetRequestHeader("Authorization", authorization);
        }

        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{Port}/v1"), Stop);
        return client;
    }

    public Task SendAsync(WebSocket client, string json) => client.SendAsync(System.Text.Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, Stop);

    public Task SendAsync(WebSocket client, byte[] frame) => client.SendAsync(frame, WebSocketMessageType.Binary, true, Stop);

    public async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(WebSocket client)
    {
        var whole = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var received = await client.ReceiveAsync(buffer.AsMemory(), Stop);
            whole.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return (received.MessageType, whole.ToArray());
            }
        }
    }

    public async Task<Message> ReceiveMessageAsync(WebSocket client)
    {
        var (type, bytes) = await ReceiveAsync(client);
        return type == WebSocketMessageType.Text ? WireJson.Decode(bytes) : throw new InvalidOperationException($"{type}, {client.CloseStatus}");
    }

    /// <summary>Reads whatever comes until the server says goodbye.</summary>
    public async Task<(WebSocketCloseStatus? Status, string? Reason)> ReceiveGoodbyeAsync(WebSocket client)
    {
        while ((await ReceiveAsync(client)).Type != WebSocketMessageType.Close)
        {
        }

        return (client.CloseStatus, client.CloseStatusDescription);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
        _log.Dispose();
        _stop.Dispose();
        _scratch.Dispose();
    }

    private ClientWebSocket NewClient(string[] subprotocols)
    {
        var client = new ClientWebSocket();
        _clients.Add(client);
        client.Options.CollectHttpResponseDetails = true;
        foreach (var subprotocol in subprotocols)
        {
            client.Options.AddSubProtocol(subprotocol);
        }

        return client;
    }
}
