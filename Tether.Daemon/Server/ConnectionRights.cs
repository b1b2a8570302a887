using Tether.Daemon.Server.Api;

namespace Tether.Daemon.Server;

/// <summary>What a client may ask for.</summary>
/// <param name="Scopes">What it may do.</param>
/// <param name="Session">The id of the one session that it may know of; null for all.</param>
internal sealed record ConnectionRights(ApiScope Scopes, string? Session = null)
{
    public static ConnectionRights All { get; } = new(ApiScope.Admin);

    public bool May(ApiScope scope) => (Scopes & ApiScope.Admin) != 0 || (Scopes & scope) == scope;
}
