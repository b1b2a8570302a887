namespace Tether.Daemon.Server.Api;

/// <summary>Who calls the API, once he has shown what he has.</summary>
/// <param name="Name">For people and the audit log: the token's name, or `this machine` for a local one.</param>
/// <param name="Scopes">What he may do.</param>
/// <param name="Token">The token's id; null for the user's own on this machine.</param>
/// <param name="LocalProcessId">The process at the other end of a Unix socket; 0 for another way in.</param>
internal sealed record ApiCaller(string Name, ApiScope Scopes, string? Token, int LocalProcessId)
{
    /// <summary>When what he showed expires, and everything that it opened ends; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The other end of a TCP connection; null for another way in.</summary>
    public TcpPeer? Peer { get; init; }

    /// <summary>The process at the other end where the kernel tells; 0 where it does not, <see cref="SupervisedPeers.Gone"/> when it has left.</summary>
    public int ProcessId => Peer?.ProcessId ?? LocalProcessId;

    public bool May(ApiScope scope) => (Scopes & ApiScope.Admin) != 0 || (Scopes & scope) == scope;
}
