using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Server.Api.Tokens;

namespace Tether.Daemon.Server.Api;

/// <summary>
/// Carries a request to its route. Nothing is looked up for anybody before it is known who he is, and nothing is told but by the route: whether there is such a path comes
/// after the token, and whether he may use it before whatever the path names.
/// </summary>
internal sealed class ApiServer
{
    // A timer takes no longer times; what lasts longer is looked at with the next request.
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    private readonly ApiRouter _router;
    private readonly RequestGuard _guard;
    private readonly RateLimit _limit;
    private readonly TokenStore _tokens;
    private readonly Func<int, bool> _isSupervised;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<HttpContext, string> _open = [];

    /// <param name="router">The routes.</param>
    /// <param name="guard">Who may come in.</param>
    /// <param name="limit">How often.</param>
    /// <param name="tokens">For what ends with a token.</param>
    /// <param name="isSupervised">Whether a process runs inside a session that is supervised: it may neither answer nor rule.</param>
    /// <param name="time">The time.</param>
    /// <param name="log">For what fails.</param>
    public ApiServer(ApiRouter router, RequestGuard guard, RateLimit limit, TokenStore tokens, Func<int, bool> isSupervised, TimeProvider time, ILogger log)
    {
        (_router, _guard, _limit, _tokens, _isSupervised, _time, _log) = (router, guard, limit, tokens, isSupervised, time, log);
        _tokens.Revoked += End;
    }

    /// <summary>Answers a request whose Host and Origin are known to be right.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        try
        {
            await RouteAsync(context).ConfigureAwait(false);
        }
        catch (ApiError e)
        {
            await RefuseAsync(context, e).ConfigureAwait(false);
        }
        catch (RequestError e)
        {
            await RefuseAsync(context, ApiErrors.Of(e.Code, e.Message)).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, new ApiError(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ApiError.TooLarge : ApiError.Validation, e.Message)).ConfigureAwait(false);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Nobody waits for the answer any more.
        }
        catch (IOException e)
        {
            // A disk that fails is no fault of the request's.
            _log.RequestFailed($"{context.Request.Method} {context.Request.Path}", e);
            await RefuseAsync(context, new ApiError(StatusCodes.Status503ServiceUnavailable, ApiError.Storage, e.Message)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _log.RequestFailed($"{context.Request.Method} {context.Request.Path}", e);
            await RefuseAsync(context, new ApiError(StatusCodes.Status500InternalServerError, ApiError.Internal, "something broke; the daemon's log says what")).ConfigureAwait(false);
        }
    }

    /// <summary>Who asks, by whatever way in; who shows nothing that counts may try so often and no more.</summary>
    /// <exception cref="ApiError">Nobody whom this server knows.</exception>
    public Admission Admit(HttpContext context, bool takesTicket)
    {
        var who = "?" + context.Connection.RemoteIpAddress;
        try
        {
            var admission = _guard.Admit(context, takesTicket);
            context.Features.Get<StrangerLimit>()?.Known();
            return admission;
        }
        catch (ApiError) when (_limit.Enter(who) is { } wait)
        {
            throw ApiErrors.TooMany(context, wait);
        }
        catch (ApiError)
        {
            _limit.Leave(who);
            throw;
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var request = context.Request;
        var segments = ApiPath.Read(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var routes = segments is null ? null : _router.Find(segments);
        var route = routes is null ? null : RouteOf(routes, request.Method);
        if (route is { Scope: ApiScope.None })
        {
            await HandleAsync(context, route, segments!, new ApiCaller("", ApiScope.None, null, 0)).ConfigureAwait(false);
            return;
        }

        var caller = Admit(context, takesTicket: false).Caller;
        var key = caller.Token ?? caller.Name;
        var isLimited = context.Features.Get<LocalPeer>() is null;
        if (isLimited && _limit.Enter(key) is { } pause)
        {
            throw ApiErrors.TooMany(context, pause);
        }

        using var expiry = caller.Until is { } until && until - _time.GetUtcNow() is var left && left < LongestTimer
            ? _time.CreateTimer(static state => ((HttpContext)state!).Abort(), context, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan) : null;
        if (caller.Token is { } token)
        {
            _open[context] = token;
        }

        try
        {
            // It may have been revoked since it was shown.
            if (caller.Token is { } own && !_tokens.Counts(own))
            {
                throw RequestGuard.Unknown();
            }

            await AllowedAsync(context, routes, route, segments, caller).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(context, out _);
            if (isLimited)
            {
                _limit.Leave(key);
            }
        }
    }

    private Task AllowedAsync(HttpContext context, IReadOnlyDictionary<string, ApiRoute>? routes, ApiRoute? route, string[]? segments, ApiCaller caller)
    {
        if (routes is null)
        {
            throw ApiError.Missing("there is no such path; GET /api/openapi.json lists all");
        }

        if (route is null)
        {
            context.Response.Headers.Allow = string.Join(", ", routes.Keys.Concat(routes.ContainsKey("GET") ? ["HEAD"] : Array.Empty<string>()).Append("OPTIONS").Order(StringComparer.Ordinal));
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }

            throw new ApiError(StatusCodes.Status405MethodNotAllowed, ApiError.NotAllowed, $"{context.Request.Method} is not for this path; {context.Response.Headers.Allow} are");
        }

        if (!caller.May(route.Scope))
        {
            throw new ApiError(StatusCodes.Status403Forbidden, ApiError.Forbidden, $"this needs the scope {ApiScopes.Text(route.Scope)}; the token has {ApiScopes.Text(caller.Scopes)}");
        }

        if ((route.Scope & (ApiScope.Approve | ApiScope.Admin)) != 0 && _isSupervised(caller.ProcessId))
        {
            throw new ApiError(StatusCodes.Status403Forbidden, ApiError.Forbidden, "this comes from inside a session that is supervised: an agent cannot answer what needs a human, nor change what it may do");
        }

        return HandleAsync(context, route, segments!, caller);
    }

    private static Task HandleAsync(HttpContext context, ApiRoute route, string[] segments, ApiCaller caller)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = route.MostBytes;
        }

        if (request.ContentLength > route.MostBytes)
        {
            throw new ApiError(StatusCodes.Status413PayloadTooLarge, ApiError.TooLarge, $"the body has {request.ContentLength} bytes; this route takes {route.MostBytes}");
        }

        // A page may send text or a form elsewhere without asking, JSON not.
        if (route.Body is not null && request.ContentLength is not 0 && request.ContentType is { Length: > 0 } type && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiError(StatusCodes.Status415UnsupportedMediaType, ApiError.Validation, $"the body is {type}; send JSON as application/json");
        }

        // A stream would not end.
        if (HttpMethods.IsHead(request.Method) && (route.Content == ApiRoute.EventStream || route.Status == StatusCodes.Status101SwitchingProtocols))
        {
            context.Response.StatusCode = route.Status;
            context.Response.ContentType = route.Content;
            return Task.CompletedTask;
        }

        return route.Handle(new ApiCall(context, route, ApiRouter.ValuesOf(route, segments), caller));
    }

    private static ApiRoute? RouteOf(IReadOnlyDictionary<string, ApiRoute> routes, string method) =>
        routes.TryGetValue(method, out var route) || (HttpMethods.IsHead(method) && routes.TryGetValue("GET", out route)) ? route : null;

    private static async Task RefuseAsync(HttpContext context, ApiError error)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        try
        {
            await ApiErrors.WriteAsync(context, error).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    // A token is revoked: what it holds open ends.
    private void End(string token)
    {
        foreach (var (context, own) in _open)
        {
            if (own == token)
            {
                context.Abort();
            }
        }
    }
}
