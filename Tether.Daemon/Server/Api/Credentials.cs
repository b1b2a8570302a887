using System.Security.Cryptography;
using System.Text;
using Tether.Daemon.Server.Api.Tokens;

namespace Tether.Daemon.Server.Api;

/// <summary>Everything that opens the HTTP port: the machine's own token, the configured one, made ones, and tickets.</summary>
/// <param name="machine">The machine's own; null when there is no port.</param>
/// <param name="configured">TETHER_AGENT_TOKEN; empty for none.</param>
/// <param name="tokens">Made ones.</param>
/// <param name="tickets">For WebSockets of browsers.</param>
internal sealed class Credentials(AccessToken? machine, string configured, TokenStore tokens, WsTickets tickets)
{
    public const string Machine = "this machine", Configured = "TETHER_AGENT_TOKEN";

    private readonly byte[]? _configured = configured.Length > 0 ? SHA256.HashData(Encoding.UTF8.GetBytes(configured)) : null;

    /// <summary>Who shows this token; null for nobody. Takes as long whatever is given.</summary>
    public Admission? Find(string given)
    {
        var isMachine = machine?.Is(given) == true;
        var isConfigured = _configured is not null && CryptographicOperations.FixedTimeEquals(_configured, SHA256.HashData(Encoding.UTF8.GetBytes(given)));
        var made = tokens.Find(given);
        return isMachine ? new Admission(new ApiCaller(Machine, ApiScope.Admin, null, 0))
            : isConfigured ? new Admission(new ApiCaller(Configured, ApiScope.Admin, null, 0))
            : made is not null ? new Admission(new ApiCaller(made.Name, made.ScopeFlags, made.Id, 0) { Until = made.ExpiresAt }) : null;
    }

    /// <summary>Who shows this ticket, which counts once; null for nobody.</summary>
    public Admission? Redeem(string ticket) => tickets.Redeem(ticket);
}
