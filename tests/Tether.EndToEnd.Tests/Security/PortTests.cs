using System.Net;
using System.Net.Sockets;

namespace Tether.EndToEnd.Tests.Security;

/// <summary>A port is open only when it is configured, on the loopback only, and wants a token for everything but its health.</summary>
public sealed class PortTests
{
    [EndToEndFact]
    public async Task Without_the_token_or_from_elsewhere_nothing_is_let_in()
    {
        await using var sandbox = new Sandbox();
        var port = FreePort();
        sandbox.Unset("TETHER_HTTP");
        sandbox.WriteConfig($"TETHER_PORT={port}\n");
        await sandbox.Do("start");
        using var http = new HttpClient { Timeout = Patience.Usual };
        Assert.Equal(HttpStatusCode.OK, await Get(http, port, "/health"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(http, port, "/v1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(http, port, "/v1", ("Authorization", "Bearer guess")));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(http, port, "/v1", ("Host", "evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(http, port, "/v1", ("Origin", "http://evil.example")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(http, port, "/no/such/page"));
    }

    [EndToEndFact]
    public async Task With_the_token_the_way_is_open()
    {
        await using var sandbox = new Sandbox();
        var port = FreePort();
        sandbox.Unset("TETHER_HTTP");
        sandbox.WriteConfig($"TETHER_PORT={port}\n");
        await sandbox.Do("start");
        var file = Directory.EnumerateFiles(sandbox.Paths.DataDirectory, "*token*").Single();
        var token = (await File.ReadAllTextAsync(file)).Trim();
        using var http = new HttpClient { Timeout = Patience.Usual };

        // Let in, and told that this is a WebSocket.
        Assert.Equal(HttpStatusCode.BadRequest, await Get(http, port, "/v1", ("Authorization", "Bearer " + token)));
    }

    private static async Task<HttpStatusCode> Get(HttpClient http, int port, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}{path}"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
