using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>A daemon whose API has a port of its own, and clients for it.</summary>
internal sealed class ApiSandbox : IAsyncDisposable
{
    private readonly List<Process> _agents = [];

    private ApiSandbox(Sandbox sandbox, int port)
    {
        (Sandbox, Port) = (sandbox, port);
        Token = File.ReadAllText(Path.Combine(sandbox.Paths.DataDirectory, "token")).Trim();
    }

    public Sandbox Sandbox { get; }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>The user's own.</summary>
    public string Token { get; }

    public HttpClient Http { get; } = new() { Timeout = Patience.Ample };

    public string Home => Sandbox.Environment["HOME"];

    /// <param name="config">Lines of config.env.</param>
    /// <param name="prepare">What the daemon finds when it starts.</param>
    public static Task<ApiSandbox> Start(string config = "", Action<Sandbox>? prepare = null)
    {
        var sandbox = new Sandbox();
        prepare?.Invoke(sandbox);
        return Start(sandbox, config);
    }

    /// <summary>The same in a sandbox that is there, and in which no daemon runs yet.</summary>
    public static async Task<ApiSandbox> Start(Sandbox sandbox, string config = "")
    {
        sandbox.Unset("TETHER_HTTP");
        while (true)
        {
            // Somebody else may take it in between; then there is another.
            var port = FreePort();
            sandbox.WriteConfig($"TETHER_AGENT_PORT={port}\n{config}");
            await sandbox.Do("start");
            if (!(await sandbox.Do("status")).Contains("is taken", StringComparison.Ordinal))
            {
                return new ApiSandbox(sandbox, port);
            }

            await sandbox.Do("stop");
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Sends a request as it is written; null for no token.</summary>
    public async Task<HttpResponseMessage> Send(string method, string path, string? token, string? body = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri(Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Sends a request with the user's own token; what comes back in JSON, which must be a success.</summary>
    public Task<JsonNode> Ask(string method, string path, JsonNode? body = null) => Call(method, path, body?.ToJsonString());

    /// <summary>The same with a body as it is written.</summary>
    public async Task<JsonNode> Call(string method, string path, string? body = null)
    {
        using var answer = await Send(method, path, Token, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>A new token.</summary>
    public async Task<(string Id, string Token)> NewToken(double? seconds, params string[] scopes)
    {
        var made = await Ask("POST", "/api/tokens", new JsonObject { ["name"] = "test", ["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]), ["expires_in_s"] = seconds });
        return ((string)made["id"]!, (string)made["token"]!);
    }

    /// <summary>Registers an agent, and gives its session's id.</summary>
    public async Task<string> Register(string name) =>
        (string)(await Call("POST", "/external/sessions", $$$"""{"agent_metadata":{"name":"{{{name}}}","icon":"🤖"}}"""))["session_id"]!;

    /// <summary>Starts an agent of somebody's own, with the address and the user's token.</summary>
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

        Http.Dispose();
        await Sandbox.DisposeAsync();
    }
}
