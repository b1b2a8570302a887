using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tether.Daemon.Server;

/// <summary>
/// Kestrel, fed with connections that are accepted already. Alone, without the hosting around it, which reads configuration and handles
/// signals that are not its business here.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const int MostClients = 1024;

    private const int MostDropped = 16 << 20;

    /// <summary>A connection of somebody who is known, on which nothing is asked for so long, is closed.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(130);

    private readonly AcceptedConnections _accepted = new(new IPEndPoint(IPAddress.None, 0));
    private readonly SocketConnectionContextFactory _connections;
    private readonly KestrelServer _server;
    private readonly TimeProvider _time;

    private HttpServer(ILoggerFactory loggers, TimeProvider time)
    {
        _time = time;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MostClients * 2;
        options.Limits.MaxConcurrentUpgradedConnections = MostClients;

        // Each route says how much it takes. This much of what nobody takes is read and dropped, so that a refusal arrives: closing a socket with unread bytes resets it.
        options.Limits.MaxRequestBodySize = MostDropped;

        // Before it is known who sends it.
        options.Limits.RequestHeadersTimeout = StrangerLimit.Silence;
        options.Limits.KeepAliveTimeout = Silence;
        options.Listen(_accepted.EndPoint, listen => listen.Protocols = HttpProtocols.Http1);
        _connections = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), loggers.CreateLogger("Server.HttpServer"));
        _server = new KestrelServer(Options.Create(options), _accepted, loggers);
    }

    public static async Task<HttpServer> StartAsync(IHttpApplication<HttpContext> application, ILoggerFactory loggers, TimeProvider time, CancellationToken stop)
    {
        var server = new HttpServer(loggers, time);
        await server._server.StartAsync(application, stop).ConfigureAwait(false);
        return server;
    }

    /// <summary>Serves one connection.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="local">Who came by the Unix socket; null for nobody. Becomes a feature of its requests, as <paramref name="tcp"/> does.</param>
    /// <param name="tcp">Who came by the port; null for nobody.</param>
    /// <param name="stop">Ends the wait for room.</param>
    public async Task AddAsync(Socket socket, LocalPeer? local, TcpPeer? tcp, CancellationToken stop)
    {
        var connection = _connections.Create(socket);
        if (local is not null)
        {
            connection.Features.Set(local);
        }
        else
        {
            connection.Features.Set(new StrangerLimit(connection, _time));
        }

        if (tcp is not null)
        {
            connection.Features.Set(tcp);
        }

        if (!await _accepted.TryAddAsync(connection, stop).ConfigureAwait(false))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends, at the latest when the token says so.</summary>
    public Task StopAsync(CancellationToken limit) => _server.StopAsync(limit);

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _accepted.DisposeAsync().ConfigureAwait(false);
        _connections.Dispose();
    }
}
