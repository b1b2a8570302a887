using Tether.Daemon.Configuration;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server;

/// <summary>What the HTTP server is made of.</summary>
internal sealed record HttpSetup
{
    /// <summary>Null for no port, only the socket.</summary>
    public HttpBinding? Binding { get; init; }

    /// <summary>A token of the person's own choice; empty for none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Requests a second for each token; 0: any number.</summary>
    public int Rate { get; init; }

    /// <summary>Whether a process runs inside a session that is supervised.</summary>
    public Func<int, bool> IsSupervised { get; init; } = _ => false;

    /// <summary>Makes the API's parts, when the first client comes.</summary>
    public Func<TokenStore, WsTickets, IEnumerable<IApiModule>> Modules { get; init; } = (_, _) => [];

    /// <exception cref="IOException">The port would be open to other machines, and anybody there could come in.</exception>
    public static void Check(TetherConfig config, TetherPaths paths, TimeProvider time)
    {
        if (HttpBinding.Of(config) is { IsLoopback: false } binding && config.HttpToken.Length == 0 && !new TokenStore(TokenStore.PathIn(paths.DataDirectory), time).HasAny)
        {
            throw new IOException($"TETHER_AGENT_HOST={config.HttpAddress} would open {binding} to other machines, and no token was made for them: set TETHER_AGENT_TOKEN "
                + "(16 characters or more), or start without the host and make one with `tether token create`. Nothing was started");
        }
    }
}
