using System.Security.Cryptography;
using System.Text;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api;

/// <summary>Tickets that let a browser open one WebSocket for one session, once and within a minute: what it gets in place of a token that lasts. Any thread may call.</summary>
internal sealed class WsTickets(TimeProvider time)
{
    private const int Most = 10_000, Bytes = 24;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Dictionary<string, (Admission Admission, DateTimeOffset Until)> _open = [];

    /// <param name="caller">Who asks; the ticket lets in nobody who may do more, nor for longer.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="mode">Whether it may type.</param>
    /// <exception cref="ApiError">Too many are open.</exception>
    public string Issue(ApiCaller caller, string session, AttachMode mode)
    {
        // Whoever may answer may do so by typing too.
        var scopes = mode != AttachMode.Control ? ApiScope.Observe : ApiScope.Observe | ApiScope.Input | (caller.May(ApiScope.Approve) ? ApiScope.Approve : ApiScope.None);
        var ticket = "wst_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var stale in _open.Where(pair => pair.Value.Until <= now).Select(pair => pair.Key).ToArray())
            {
                _open.Remove(stale);
            }

            if (_open.Count >= Most)
            {
                throw new ApiError(429, ApiError.TooMany, $"{Most} tickets wait to be used; each counts {Lifetime.TotalSeconds} seconds");
            }

            _open[Hash(ticket)] = (new Admission(caller with { Scopes = scopes }, session), now + Lifetime);
        }

        return ticket;
    }

    /// <summary>Null for a ticket that was never given, is used or has expired.</summary>
    public Admission? Redeem(string ticket)
    {
        lock (_gate)
        {
            return _open.Remove(Hash(ticket), out var found) && found.Until > time.GetUtcNow() ? found.Admission : null;
        }
    }

    /// <summary>A token is revoked: tickets that it got are too.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            foreach (var own in _open.Where(pair => pair.Value.Admission.Caller.Token == token).Select(pair => pair.Key).ToArray())
            {
                _open.Remove(own);
            }
        }
    }

    private static string Hash(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
}
