using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Tokens;

namespace Tether.Daemon.Server;

/// <summary>What happens to each HTTP request: the guard, then `/health`, `/v1` with the whole life of a client, or the API.</summary>
internal sealed class RequestPipeline : IHttpApplication<HttpContext>
{
    private const string Revoked = "the token is revoked";

    private readonly RequestGuard _guard;
    private readonly ApiServer _api;
    private readonly TokenStore _tokens;
    private readonly IClientHandler _handler;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly WebSocketMiddleware _webSockets;
    private readonly ConcurrentDictionary<WebSocketClientConnection, WebSocketClientConnection> _clients = new();

    public RequestPipeline(RequestGuard guard, ApiServer api, TokenStore tokens, IClientHandler handler, ILoggerFactory loggers, ILogger log, TimeProvider time)
    {
        _guard = guard;
        _api = api;
        _tokens = tokens;
        tokens.Revoked += End;
        _handler = handler;
        _log = log;
        _time = time;

        // No pings: a Unix socket and the loopback tell when the peer is gone, and every timer wakes the daemon.
        _webSockets = new WebSocketMiddleware(AnswerAsync, Options.Create(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan }), loggers);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var limit = context.Features.Get<StrangerLimit>();
        limit?.Asked();
        try
        {
            await _webSockets.Invoke(context).ConfigureAwait(false);
        }
        finally
        {
            limit?.Answered();
        }
    }

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
        try
        {
            _guard.CheckWhere(context);
            await DispatchAsync(context).ConfigureAwait(false);
        }
        catch (ApiError e)
        {
            _log.RequestRefused(e.Message);
            await ApiErrors.WriteAsync(context, e).ConfigureAwait(false);
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == WebSocketServer.ClientPath)
        {
            return ServeAsync(context, _api.Admit(context, takesTicket: true));
        }

        return request.Path == WebSocketServer.HealthPath && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) ? SayOkAsync(context) : _api.ServeAsync(context);
    }

    private async Task ServeAsync(HttpContext context, Admission admission)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ApiError(StatusCodes.Status400BadRequest, ApiError.Validation, $"{WebSocketServer.ClientPath} is a WebSocket: send `Upgrade: websocket`.");
        }

        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(WebSocketServer.Subprotocol))
        {
            throw new ApiError(StatusCodes.Status400BadRequest, ApiError.Validation, $"Ask for the subprotocol {WebSocketServer.Subprotocol} in Sec-WebSocket-Protocol.");
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(WebSocketServer.Subprotocol).ConfigureAwait(false);
        var client = new WebSocketClientConnection(socket, context.Features.Get<LocalPeer>(), admission, _handler, _log, _time);
        _clients[client] = client;
        if (admission.Caller.Token is { } token && !_tokens.Counts(token))
        {
            // It was revoked before this was known as its.
            client.Close(WebSocketCloseStatus.PolicyViolation, Revoked);
        }

        using var expiry = admission.Caller.Until is { } until && until - _time.GetUtcNow() is var left && left < ApiServer.LongestTimer
            ? _time.CreateTimer(_ => client.Close(WebSocketCloseStatus.PolicyViolation, "the token has expired"), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan) : null;
        client.Start();
        await client.Ended.ConfigureAwait(false);
        _clients.TryRemove(client, out _);
    }

    private void End(string token)
    {
        foreach (var client in _clients.Keys.Where(client => client.Admission.Caller.Token == token))
        {
            client.Close(WebSocketCloseStatus.PolicyViolation, Revoked);
        }
    }

    private static Task SayOkAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("ok\n");
    }
}
