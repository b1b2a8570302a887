using Microsoft.AspNetCore.Http;

namespace Tether.Daemon.Server;

/// <summary>
/// Who may ask for anything at all, decided before what is asked for. Over the Unix socket the peer's user has been checked; whoever comes
/// by the port shows the token. A browser is let in from the daemon's own pages only: Host and Origin are what a page elsewhere cannot forge.
/// </summary>
/// <param name="token">Null when there is no port.</param>
internal sealed class RequestGuard(AccessToken? token, int port)
{
    private const string Scheme = "Bearer ";
    private const string ProtocolPrefix = "bearer.";

    private readonly string[] _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];

    /// <summary>Null when the request may go on.</summary>
    public (int Status, string Reason)? Refusal(HttpContext context)
    {
        var request = context.Request;
        var origins = request.Headers.Origin;
        if (context.Features.Get<LocalPeer>() is not null)
        {
            // No browser speaks to a Unix socket; a forwarded one (ssh -L) must not become a way past the token.
            return origins.Count == 0 ? null : (StatusCodes.Status403Forbidden, "Pages of a browser cannot come by this socket.");
        }

        if (!_hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status403Forbidden, $"The Host must be {string.Join(" or ", _hosts)}.");
        }

        if (origins.Count > 0 && !_hosts.Any(host => string.Equals(origins, "http://" + host, StringComparison.OrdinalIgnoreCase)))
        {
            return (StatusCodes.Status403Forbidden, "Pages of another origin cannot come in.");
        }

        var isOpen = HttpMethods.IsGet(request.Method) && request.Path == WebSocketServer.HealthPath;
        return isOpen || (Given(context) is { } given && token is not null && token.Is(given))
            ? null
            : (StatusCodes.Status401Unauthorized, "The token is missing or wrong. It stands in the file `token` of the data directory; "
                + "send it as `Authorization: Bearer TOKEN`, or from a browser as the subprotocol `bearer.TOKEN` beside `tether.v1`.");
    }

    private static string? Given(HttpContext context)
    {
        if (context.Request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return header[Scheme.Length..].Trim();
        }

        return context.WebSockets.WebSocketRequestedProtocols
            .FirstOrDefault(protocol => protocol.StartsWith(ProtocolPrefix, StringComparison.Ordinal))?[ProtocolPrefix.Length..];
    }
}
