using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tether.Daemon.Server;

/// <summary>What happens to each HTTP request: the guard, then `/health` or `/v1`, and for `/v1` the whole life of a client.</summary>
internal sealed class RequestPipeline : IHttpApplication<HttpContext>
{
    private readonly RequestGuard _guard;
    private readonly IClientHandler _handler;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly WebSocketMiddleware _webSockets;
    private readonly ConcurrentDictionary<WebSocketClientConnection, WebSocketClientConnection> _clients = new();

    public RequestPipeline(RequestGuard guard, IClientHandler handler, ILoggerFactory loggers, ILogger log, TimeProvider time)
    {
        _guard = guard;
        _handler = handler;
        _log = log;
        _time = time;

        // No pings: a Unix socket and the loopback tell when the peer is gone, and every timer wakes the daemon.
        _webSockets = new WebSocketMiddleware(AnswerAsync, Options.Create(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan }), loggers);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => _webSockets.Invoke(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <summary>Says goodbye to every client; done when they have left.</summary>
    public Task CloseClientsAsync(WebSocketCloseStatus status, string reason)
    {
        foreach (var client in _clients.Keys)
        {
            client.Close(status, reason);
        }

        return Task.WhenAll(_clients.Keys.Select(client => client.Ended));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (_guard.Refusal(context) is { } refusal)
        {
            _log.RequestRefused(refusal.Reason);
            if (refusal.Status == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            await SayAsync(context, refusal.Status, refusal.Reason).ConfigureAwait(false);
        }
        else if (context.Request.Path == WebSocketServer.HealthPath)
        {
            await SayAsync(context, StatusCodes.Status200OK, "ok").ConfigureAwait(false);
        }
        else if (context.Request.Path != WebSocketServer.ClientPath)
        {
            await SayAsync(context, StatusCodes.Status404NotFound, $"There is {WebSocketServer.ClientPath} and {WebSocketServer.HealthPath}.")
                .ConfigureAwait(false);
        }
        else if (!context.WebSockets.IsWebSocketRequest)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, $"{WebSocketServer.ClientPath} is a WebSocket: send `Upgrade: websocket`.")
                .ConfigureAwait(false);
        }
        else if (!context.WebSockets.WebSocketRequestedProtocols.Contains(WebSocketServer.Subprotocol))
        {
            await SayAsync(
                    context, StatusCodes.Status400BadRequest, $"Ask for the subprotocol {WebSocketServer.Subprotocol} in Sec-WebSocket-Protocol.")
                .ConfigureAwait(false);
        }
        else
        {
            await ServeAsync(context).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(WebSocketServer.Subprotocol).ConfigureAwait(false);
        var client = new WebSocketClientConnection(socket, context.Features.Get<LocalPeer>(), _handler, _log, _time);
        _clients[client] = client;
        client.Start();
        await client.Ended.ConfigureAwait(false);
        _clients.TryRemove(client, out _);
    }

    private static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n");
    }
}
