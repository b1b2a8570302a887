using System.Net.Http.Headers;
using System.Net.Sockets;
using Tether.Tui.Native;

namespace Tether.Tui.Connection;

/// <summary>
/// The daemon's API over HTTP: this machine's daemon by its Unix socket, where the kernel tells who comes and no token is needed; or the one that TETHER_API_URL names,
/// with the token in TETHER_AGENT_TOKEN, else the machine's own where that daemon is of this machine.
/// </summary>
internal static class ApiClient
{
    /// <summary>A client whose requests go to paths, as `/api/sessions`. It waits as long as the daemon does.</summary>
    /// <exception cref="TetherException">The daemon cannot be started, or the address is none.</exception>
    public static HttpClient Open()
    {
        if (Environment.GetEnvironmentVariable("TETHER_API_URL") is { Length: > 0 } given)
        {
            return OverTcp(given);
        }

        // Starts it when it does not run.
        Connector.Open().Dispose();
        var path = ClientEnvironment.Paths.WebSocket;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan };
    }

    private static HttpClient OverTcp(string given)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new TetherException(ExitCodes.Usage, $"TETHER_API_URL={given} is no address: something like http://localhost:8787");
        }

        var client = new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        if (Token(address) is { } token)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    private static string? Token(Uri address)
    {
        if (ClientConfig.Find("TETHER_AGENT_TOKEN") is { } token)
        {
            return token;
        }

        try
        {
            // Another user's program must not learn it by sitting where the daemon should.
            return address.IsLoopback && !PortOwner.IsAnother(address.Port, LibC.getuid()) ? File.ReadAllText(Path.Combine(ClientEnvironment.Paths.DataDirectory, "token")).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
