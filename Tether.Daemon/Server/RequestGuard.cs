using Microsoft.AspNetCore.Http;
using Tether.Daemon.Server.Api;

namespace Tether.Daemon.Server;

/// <summary>
/// Who may ask for anything at all, decided before what is asked for. Over the Unix socket the peer's user has been checked; whoever comes
/// by the port shows a token. A browser is let in from the daemon's own pages only: Host and Origin are what a page elsewhere cannot forge.
/// </summary>
/// <param name="binding">Null when there is no port.</param>
/// <param name="credentials">What opens it.</param>
internal sealed class RequestGuard(HttpBinding? binding, Credentials credentials)
{
    private const string Scheme = "Bearer ";
    private const string TokenProtocol = "bearer.", TicketProtocol = "tether-ticket.";

    private const string HowToComeIn = "The token is missing, wrong, revoked or expired. Send one as `Authorization: Bearer TOKEN`, or from a browser as the subprotocol "
        + "`bearer.TOKEN` or `tether-ticket.TICKET` beside `tether.v1`. `tether token create` makes one; the user's own stands in the file `token` of the data directory.";

    /// <exception cref="ApiError">The request comes from a page that is none of the daemon's, or by a name that is none of its own.</exception>
    public void CheckWhere(HttpContext context)
    {
        var request = context.Request;
        var origins = request.Headers.Origin;
        if (context.Features.Get<LocalPeer>() is not null)
        {
            // No browser speaks to a Unix socket; a forwarded one (ssh -L) must not become a way past the token.
            if (origins.Count > 0)
            {
                throw new ApiError(StatusCodes.Status403Forbidden, ApiError.Forbidden, "Pages of a browser cannot come by this socket.");
            }

            return;
        }

        var local = context.Connection.LocalIpAddress;
        if (binding?.IsCalled(request.Host.Value, local) != true)
        {
            throw new ApiError(StatusCodes.Status403Forbidden, ApiError.Forbidden, "The Host is none of this server's names; TETHER_AGENT_HOSTS adds some.");
        }

        if (origins.Count > 0 && (origins is not [{ } origin] || HostOf(origin) is not { } host || !binding.IsCalled(host, local)))
        {
            throw new ApiError(StatusCodes.Status403Forbidden, ApiError.Forbidden, "Pages of another origin cannot come in.");
        }
    }

    /// <summary>Who asks. A token that is shown counts also where none is wanted: it may be there to allow less.</summary>
    /// <param name="context">The request.</param>
    /// <param name="takesTicket">Whether a ticket is good for it.</param>
    /// <exception cref="ApiError">Nobody whom this server knows.</exception>
    public Admission Admit(HttpContext context, bool takesTicket)
    {
        var admission = Shown(context, takesTicket, out var isShown);
        if (!isShown && context.Features.Get<LocalPeer>() is { } peer)
        {
            return new Admission(new ApiCaller(Credentials.Machine, ApiScope.Admin, null, peer.ProcessId));
        }

        return admission is null ? throw Unknown()
            : admission with { Caller = admission.Caller with { LocalProcessId = context.Features.Get<LocalPeer>()?.ProcessId ?? 0, Peer = context.Features.Get<TcpPeer>() } };
    }

    /// <summary>What was shown does not count.</summary>
    public static ApiError Unknown() => new(StatusCodes.Status401Unauthorized, ApiError.Unauthorized, HowToComeIn);

    private Admission? Shown(HttpContext context, bool takesTicket, out bool isShown)
    {
        var headers = context.Request.Headers.Authorization;
        isShown = headers.Count > 0;
        if (isShown)
        {
            return headers is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? credentials.Find(header[Scheme.Length..].Trim()) : null;
        }

        foreach (var protocol in context.WebSockets.WebSocketRequestedProtocols)
        {
            if (protocol.StartsWith(TokenProtocol, StringComparison.Ordinal))
            {
                isShown = true;
                return credentials.Find(protocol[TokenProtocol.Length..]);
            }

            if (protocol.StartsWith(TicketProtocol, StringComparison.Ordinal))
            {
                isShown = true;
                return takesTicket ? credentials.Redeem(protocol[TicketProtocol.Length..]) : null;
            }
        }

        return null;
    }

    private static string? HostOf(string origin) =>
        origin.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? origin["http://".Length..]
        : origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? origin["https://".Length..] : null;
}
