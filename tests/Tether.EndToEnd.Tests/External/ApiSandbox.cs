using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.External;

/// <summary>A sandbox whose daemon serves the API on a port of its own, and a client with the user's token.</summary>
internal sealed class ApiSandbox : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly List<Process> _agents = [];

    private ApiSandbox(Sandbox sandbox, string address, string token)
    {
        Sandbox = sandbox;
        (Address, Token) = (address, token);
        _http = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience.Ample };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Sandbox Sandbox { get; }

    public string Address { get; }

    public string Token { get; }

    public static async Task<ApiSandbox> StartAsync()
    {
        var sandbox = new Sandbox();
        var port = FreePort();
        sandbox.Unset("TETHER_HTTP");
        sandbox.WriteConfig($"TETHER_AGENT_PORT={port}\n");
        await sandbox.Do("start");
        var file = Directory.EnumerateFiles(sandbox.Paths.DataDirectory, "token").Single();
        return new ApiSandbox(sandbox, $"http://127.0.0.1:{port}", (await File.ReadAllTextAsync(file)).Trim());
    }

    public async Task<JsonNode> Call(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var reply = await _http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, $"{method} {path}: {(int)reply.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Registers an agent, and gives its session's id.</summary>
    public async Task<string> Register(string name) =>
        (string)(await Call("POST", "/external/sessions", $$$"""{"agent_metadata":{"name":"{{{name}}}","icon":"🤖"}}"""))["session_id"]!;

    /// <summary>Starts an agent of somebody's own.</summary>
    public Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Sandbox.WorkingDirectory };
        foreach (var (name, value) in Sandbox.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["TETHER_API_URL"] = Address;
        start.Environment["TETHER_AGENT_TOKEN"] = Token;
        var agent = Process.Start(start)!;
        _agents.Add(agent);
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            if (!agent.HasExited)
            {
                agent.Kill(entireProcessTree: true);
            }

            agent.Dispose();
        }

        _http.Dispose();
        await Sandbox.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
