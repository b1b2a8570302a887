using System.Net;
using Tether.Daemon.Configuration;

namespace Tether.Daemon.Server;

/// <summary>Where the HTTP port is, and by which names it may be called.</summary>
internal sealed class HttpBinding(IPAddress address, int port, IReadOnlyList<string> names)
{
    private readonly string[] _usual = [$"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}"];

    public IPEndPoint EndPoint { get; } = new(address, port);

    /// <summary>Only programs of this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(address);

    /// <summary>Null when there is none.</summary>
    public static HttpBinding? Of(TetherConfig config) => config.Port == 0 ? null : new HttpBinding(config.HttpAddress, config.Port, config.HttpNames);

    /// <summary>Whether a Host header, or what is behind the scheme of an Origin, names this server. A page elsewhere that got its own name to point here does not.</summary>
    /// <param name="host">As `localhost:8787`.</param>
    /// <param name="local">The address that the connection came to; an address, unlike a name, cannot be made to point elsewhere.</param>
    public bool IsCalled(string? host, IPAddress? local)
    {
        if (string.IsNullOrEmpty(host))
        {
            return false;
        }

        return _usual.Contains(host, StringComparer.OrdinalIgnoreCase) || names.Any(name => Fits(name, host))
            || (!IsLoopback && local is not null && host == new IPEndPoint(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local, port).ToString());
    }

    public override string ToString() => EndPoint.ToString();

    // A name without a port fits every port: the proxy in front has its own.
    private static bool Fits(string name, string host) =>
        host.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (host.Length == name.Length || (HasNoPort(name) && host[name.Length] == ':' && host.AsSpan(name.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0));

    private static bool HasNoPort(string name) => name.EndsWith(']') || !name.Contains(':', StringComparison.Ordinal);
}
