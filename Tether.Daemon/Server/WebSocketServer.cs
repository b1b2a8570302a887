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

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private readonly TetherPaths _paths;
    private readonly HttpSetup _setup;
    private readonly IClientHandler _handler;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _listeners = [];
    private readonly List<Task> _accepting = [];
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

    /// <summary>Listens, in the background; never throws: what does not work is logged and in <see cref="Problems"/>.</summary>
    public Task StartAsync() => Task.Run(() =>
    {
        var local = Open(_paths.WebSocket, () => SocketFile.Listen(_paths.WebSocket));
        var port = _setup.Binding is { } binding ? Open(binding.ToString(), () => Listen(binding)) : null;

        Address = port is null ? null : $"http://{_setup.Binding}";

        // Both are open before the first client can start Kestrel.
        Accept(local, isLocal: true);
        Accept(port, isLocal: false);
    });

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listeners.ForEach(listener => listener.Dispose());
        await Task.WhenAll(_accepting).ConfigureAwait(false);
        if (_http.IsValueCreated && await StartedAsync(_http.Value).ConfigureAwait(false) is { } http)
        {
            await CloseHttpAsync(http).ConfigureAwait(false);
        }

        SocketFile.RemoveStale(_paths.WebSocket);
    }

    private Socket? Open(string where, Func<Socket> listen)
    {
        try
        {
            var listener = listen();
            _log.Listening(where);
            return listener;
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            var isTaken = e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
            Problems = [.. Problems, isTaken
                ? $"{where} is taken by another program, so the API has no port (sessions and the sockets are not affected); TETHER_AGENT_PORT chooses another, TETHER_HTTP=0 none"
                : $"{where} cannot be opened: {e.Message}"];
            _log.CannotListen(Problems[^1]);
            return null;
        }
    }

    private void Accept(Socket? listener, bool isLocal)
    {
        if (listener is not null)
        {
            _listeners.Add(listener);
            _accepting.Add(AcceptAsync(listener, isLocal));
        }
    }

    private Socket Listen(HttpBinding binding)
    {
        // It is there before the first client, who may want to read it; reading it here would load cryptography that most daemons never need.
        if (!File.Exists(AccessToken.PathIn(_paths.DataDirectory)))
        {
            AccessToken.ReadOrCreate(AccessToken.PathIn(_paths.DataDirectory));
        }

        var listener = new Socket(binding.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (binding.EndPoint.Address.Equals(IPAddress.IPv6Any))
            {
                listener.DualMode = true;
            }

            listener.Bind(binding.EndPoint);
            listener.Listen();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket listener, bool isLocal)
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket? socket = null;
            try
            {
                socket = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                var peer = isLocal ? LocalPeer.Of(socket) : null;
                if (isLocal && peer?.UserId != Libc.getuid())
                {
                    _log.PeerRefused(peer?.UserId ?? uint.MaxValue, Libc.getuid());
                    socket.Dispose();
                    continue;
                }

                if (!isLocal)
                {
                    socket.NoDelay = true;
                }

                var http = await _http.Value.ConfigureAwait(false);
                var tcp = socket is { RemoteEndPoint: IPEndPoint remote, LocalEndPoint: IPEndPoint here } ? new TcpPeer(TcpPeer.Plain(remote), TcpPeer.Plain(here)) : null;
                await http.AddAsync(socket, peer is { } local ? new LocalPeer(local.ProcessId) : null, tcp, _stop.Token).ConfigureAwait(false);
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // Out of descriptors, or the peer has left already: those that wait are served once others have left.
                socket?.Dispose();
                await Task.Delay(AcceptPause, _time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (_stop.IsCancellationRequested && (e is OperationCanceledException or SocketException or ObjectDisposedException))
            {
                socket?.Dispose();
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // One that cannot be served is no reason to serve nobody.
                socket?.Dispose();
                _log.NotServed(e);
                await Task.Delay(AcceptPause, _time, CancellationToken.None).ConfigureAwait(false);
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
