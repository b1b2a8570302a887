using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Native;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server;

/// <summary>
/// The way in by HTTP: a Unix socket, and a port. It accepts by itself and starts
/// <see cref="HttpServer"/> for the first that comes: Kestrel wakes once a second and takes ten megabytes, and most daemons serve local clients only.
/// </summary>
internal sealed class WebSocketServer : IAsyncDisposable
{
    public const string ClientPath = "/v1";
    public const string HealthPath = "/health";
    public const string Subprotocol = "tether.v1";

    // What a client may take to read its goodbye when the daemon ends.
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromMilliseconds(250);

    private readonly TetherPaths _paths;
    private readonly HttpSetup _setup;
    private readonly IClientHandler _handler;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Acceptor> _acceptors = [];
    private readonly Lazy<Task<HttpServer>> _http;
    private RequestPipeline? _pipeline;
    private TokenStore? _tokens;

    public WebSocketServer(TetherPaths paths, HttpSetup setup, IClientHandler handler, ILoggerFactory loggers, TimeProvider time)
    {
        (_paths, _setup, _handler, _loggers, _time) = (paths, setup, handler, loggers, time);
        _log = loggers.CreateLogger("Server.WebSocketServer");
        _http = new Lazy<Task<HttpServer>>(StartHttpAsync);
    }

    /// <summary>Where the HTTP API is, as `http://127.0.0.1:8787`; null while it has no port.</summary>
    public string? Address { get; private set; }

    /// <summary>Which ways in are closed and why, for people; empty when all is well.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>
    /// Listens, and accepts by the C library alone: the framework's sockets, too, are loaded for the first that comes. Never throws: what does not work is logged and in <see cref="Problems"/>.
    /// </summary>
    public void Start()
    {
        var local = Open(_paths.WebSocket, () => SocketFile.Listen(_paths.WebSocket));
        var port = _setup.Binding is { } binding ? Open(binding.ToString(), () => Listen(binding)) : null;
        Address = port is null ? null : $"http://{_setup.Binding}";

        // Both are open before the first client can start Kestrel.
        Accept(local, isLocal: true);
        Accept(port, isLocal: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _acceptors.ForEach(acceptor => acceptor.Stop(GoodbyeLimit));
        if (_http.IsValueCreated && await StartedAsync(_http.Value).ConfigureAwait(false) is { } http)
        {
            await CloseHttpAsync(http).ConfigureAwait(false);
        }

        SocketFile.RemoveStale(_paths.WebSocket);
    }

    // Null when it cannot be listened there.
    private UnixSocket? Open(string where, Func<UnixSocket> listen)
    {
        try
        {
            var listener = listen();
            _log.Listening(where);
            return listener;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var isTaken = e is NativeError { Errno: Libc.EADDRINUSE };
            Problems = [.. Problems, isTaken
                ? $"{where} is taken by another program, so the API has no port (sessions and the sockets are not affected); TETHER_AGENT_PORT chooses another, TETHER_HTTP=0 none"
                : $"{where} cannot be opened: {e.Message}"];
            _log.CannotListen(Problems[^1]);
            return null;
        }
    }

    private UnixSocket Listen(HttpBinding binding)
    {
        AccessToken.Ensure(AccessToken.PathIn(_paths.DataDirectory));
        return UnixSocket.Own(TcpPort.Listen(binding.EndPoint));
    }

    private void Accept(UnixSocket? listener, bool isLocal)
    {
        if (listener is not null)
        {
            var acceptor = new Acceptor(isLocal ? "http accept" : "port accept", listener, socket => Accepted(socket, isLocal));
            _acceptors.Add(acceptor);
            acceptor.Start();
        }
    }

    private void Accepted(UnixSocket socket, bool isLocal)
    {
        var peer = isLocal ? socket.Peer() : default;
        if (isLocal && peer.UserId != Libc.getuid())
        {
            _log.PeerRefused(peer.UserId, Libc.getuid());
            socket.Dispose();
            return;
        }

        // Waited for: when there is no room for it, there is none for the next one either.
        Task.Run(() => ServeAsync(new SafeSocketHandle(socket.TakeDescriptor(), ownsHandle: true), isLocal ? new LocalPeer(peer.ProcessId) : null)).Wait();
    }

    private async Task ServeAsync(SafeSocketHandle handle, LocalPeer? peer)
    {
        try
        {
            var socket = new Socket(handle);
            if (peer is null)
            {
                socket.NoDelay = true;
            }

            var http = await _http.Value.ConfigureAwait(false);
            var tcp = socket is { RemoteEndPoint: IPEndPoint remote, LocalEndPoint: IPEndPoint here } ? new TcpPeer(TcpPeer.Plain(remote), TcpPeer.Plain(here)) : null;
            await http.AddAsync(socket, peer, tcp, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One that cannot be served is no reason to serve nobody.
            handle.Dispose();
            if (!_stop.IsCancellationRequested)
            {
                _log.NotServed(e);
            }
        }
    }

    private Task<HttpServer> StartHttpAsync()
    {
        var tokens = _tokens = new TokenStore(TokenStore.PathIn(_paths.DataDirectory), _time);
        if (tokens.Problem is { } problem)
        {
            Problems = [.. Problems, problem];
        }

        var tickets = new WsTickets(_time);
        tokens.Revoked += tickets.Forget;
        var guard = new RequestGuard(_setup.Binding, new Credentials(ReadToken(), _setup.Token, tokens, tickets));
        var router = new ApiRouter(_setup.Modules(tokens, tickets).SelectMany(module => module.Routes));
        var api = new ApiServer(router, guard, new RateLimit(_setup.Rate, _time), tokens, _setup.IsSupervised, _time, _log);
        _pipeline = new RequestPipeline(guard, api, tokens, _handler, _loggers, _log, _time);
        return HttpServer.StartAsync(_pipeline, _loggers, _time, CancellationToken.None);
    }

    private AccessToken? ReadToken()
    {
        try
        {
            return _setup.Binding is null ? null : AccessToken.ReadOrCreate(AccessToken.PathIn(_paths.DataDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problems = [.. Problems, $"the user's own token does not count: {e.Message}"];
            _log.CannotListen(Problems[^1]);
            return null;
        }
    }

    // Null when it could not be started, which each client heard of then.
    private static async Task<HttpServer?> StartedAsync(Task<HttpServer> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return starting.IsCompletedSuccessfully ? starting.Result : null;
    }

    private async Task CloseHttpAsync(HttpServer http)
    {
        using var limit = new CancellationTokenSource(GoodbyeLimit, _time);
        var goodbyes = _pipeline!.CloseClientsAsync(WebSocketCloseStatus.EndpointUnavailable, "the daemon ends");
        await Task.WhenAny(goodbyes, Task.Delay(Timeout.InfiniteTimeSpan, _time, limit.Token)).ConfigureAwait(false);
        await http.StopAsync(limit.Token).ConfigureAwait(false);
        await http.DisposeAsync().ConfigureAwait(false);
        await _tokens!.Written.ConfigureAwait(false);
    }
}
