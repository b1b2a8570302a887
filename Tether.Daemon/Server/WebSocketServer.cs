using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server;

/// <summary>
/// WebSocket clients' way in: a Unix socket, and a port on the loopback where one is configured. Kestrel alone, without the hosting around
/// it, which reads configuration and handles signals that are not its business here. Started behind the local socket, in the background.
/// </summary>
internal sealed class WebSocketServer(TetherPaths paths, int port, IClientHandler handler, ILoggerFactory loggers, TimeProvider time)
    : IAsyncDisposable
{
    public const string ClientPath = "/v1";
    public const string HealthPath = "/health";
    public const string Subprotocol = "tether.v1";

    private const int MostClients = 256;

    // What a client may take to read its goodbye when the daemon ends.
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromMilliseconds(500);

    private readonly ILogger _log = loggers.CreateLogger("Server.WebSocketServer");
    private KestrelServer? _server;
    private RequestPipeline? _pipeline;

    /// <summary>Why a way in is closed, for people; null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Begins to listen, and never throws: what does not work is logged and in <see cref="Problem"/>.</summary>
    public Task StartAsync() => Task.Run(async () =>
    {
        if (port == 0 || !await TryStartAsync(port).ConfigureAwait(false))
        {
            // A port that is taken does not close the socket.
            await TryStartAsync(0).ConfigureAwait(false);
        }
    });

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(GoodbyeLimit, time);
        await Task.WhenAny(
            _pipeline!.CloseClientsAsync(WebSocketCloseStatus.EndpointUnavailable, "the daemon ends"),
            Task.Delay(Timeout.InfiniteTimeSpan, time, limit.Token)).ConfigureAwait(false);
        await _server.StopAsync(limit.Token).ConfigureAwait(false);
        _server.Dispose();
        _server = null;
        SocketFile.RemoveStale(paths.WebSocket);
    }

    private async Task<bool> TryStartAsync(int loopbackPort)
    {
        var unbound = paths.WebSocket + ".new";
        KestrelServer? server = null;
        try
        {
            SocketFile.RemoveStale(unbound);
            var token = loopbackPort == 0 ? null : AccessToken.ReadOrCreate(AccessToken.PathIn(paths.DataDirectory));
            _pipeline = new RequestPipeline(new RequestGuard(token, loopbackPort), handler, loggers, _log, time);
            server = new KestrelServer(
                Options.Create(Configure(unbound, loopbackPort)),
                new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers),
                loggers);
            await server.StartAsync(_pipeline, CancellationToken.None).ConfigureAwait(false);
            SocketFile.Publish(unbound, paths.WebSocket);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            server?.Dispose();
            Problem = loopbackPort == 0 ? $"{paths.WebSocket} cannot be opened: {e.Message}" : $"Port {loopbackPort} cannot be opened: {e.Message}";
            _log.CannotListen(Problem);
            return false;
        }

        _server = server;
        _log.Listening(loopbackPort == 0 ? paths.WebSocket : $"{paths.WebSocket} and 127.0.0.1:{loopbackPort}");
        return true;
    }

    private KestrelServerOptions Configure(string socketPath, int loopbackPort)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MostClients * 2;
        options.Limits.MaxConcurrentUpgradedConnections = MostClients;
        options.Limits.MaxRequestBodySize = 0;
        options.ListenUnixSocket(socketPath, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            ((Microsoft.AspNetCore.Connections.IConnectionBuilder)listen).Use(next => LocalPeer.Check(next, _log));
        });
        if (loopbackPort != 0)
        {
            options.Listen(IPAddress.Loopback, loopbackPort, listen => listen.Protocols = HttpProtocols.Http1);
        }

        return options;
    }
}
