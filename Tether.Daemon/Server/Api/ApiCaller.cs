namespace Tether.Daemon.Server.Api;

/// <summary>Who calls the API, once he has shown what he has.</summary>
/// <param name="Name">For people and the audit log: the token's name, or `this machine` for a local one.</param>
/// <param name="Scopes">What he may do.</param>
/// <param name="Token">The token's id; null for the user's own on this machine.</param>
/// <param name="ProcessId">The process at the other end where the kernel tells; 0 where it does not.</param>
internal sealed record ApiCaller(string Name, ApiScope Scopes, string? Token, int ProcessId)
{
    public bool May(ApiScope scope) => (Scopes & ApiScope.Admin) != 0 || (Scopes & scope) == scope;
}
