using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>What is written for a shell works there as it stands; only the port is another, and `{id}` the session's.</summary>
public sealed class CurlTests
{
    private const string Create = """
        curl -X POST http://localhost:8787/api/sessions -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
          -d '{"name": "My Task", "agent_type": "custom"}'
        """;

    private const string Push = """
        curl -X POST http://localhost:8787/api/sessions/{id}/events -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
          -d '{"type": "output", "data": {"text": "Hello from agent"}}'
        """;

    private const string Poll = """curl "http://localhost:8787/api/sessions/{id}/events/poll?since_seq=0" -H "Authorization: Bearer $TOKEN" """;

    private const string Ask = """
        curl -X POST http://localhost:8787/api/sessions/{id}/events -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \
          -d '{"type": "permission_request", "data": {"title": "Deploy?"}}'
        """;

    private const string Approve = """
        curl -X POST http://localhost:8787/api/approvals/{item} -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"decision": "allow"}'
        """;

    private const string Say = """
        curl -X POST http://localhost:8787/api/sessions/{id}/input -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"text": "go on"}'
        """;

    [EndToEndFact("curl")]
    public async Task A_session_is_made_pushed_to_polled_and_approved()
    {
        await using var api = await ApiSandbox.Start();
        var made = await Curl(api, Create);
        var id = (string)made["id"]!;
        Assert.Equal("My Task", (string)made["name"]!);
        Assert.Equal("custom", (string)(await api.Sandbox.Session(id))["external"]!["type"]!);

        var pushed = await Curl(api, Push, id);
        Assert.True((bool)pushed["ok"]!);
        await api.Sandbox.UntilShows(id, "Hello from agent");
        Assert.Empty((await Curl(api, Poll, id))["events"]!.AsArray());

        var request = (string)(await Curl(api, Ask, id))["request_id"]!;
        Assert.Equal(request, (string)(await Curl(api, Approve.Replace("{item}", request, StringComparison.Ordinal)))["id"]!);
        await Curl(api, Say, id);
        JsonArray heard = [];
        await Patience.Until(async () => (heard = (await Curl(api, Poll, id))["events"]!.AsArray()).Count == 2, "the decision and the input");
        Assert.Equal(["permission_resolved", "user_input"], heard.Select(one => (string)one!["type"]!));
        Assert.Equal((request, true), ((string)heard[0]!["data"]!["request_id"]!, (bool)heard[0]!["data"]!["allowed"]!));
        Assert.Equal("go on", (string)heard[1]!["data"]!["text"]!);
    }

    [EndToEndFact("curl")]
    public async Task The_older_api_for_agents_answers_as_it_did()
    {
        await using var api = await ApiSandbox.Start();
        const string Agent = """{"agent_metadata":{"name":"My Custom Agent","type":"custom","icon":"🤖","workspace":"my-workspace"},"session_name":"Code Review Task" """;
        var refused = await Curl(api, Row("POST", "/external/sessions", Agent + ""","platform":"telegram"}"""));
        Assert.Contains("telegram", (string)refused["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Empty((await api.Ask("GET", "/api/sessions")).AsArray());

        var made = await Curl(api, Row("POST", "/external/sessions", Agent + "}"));
        Assert.Equal(["session_id", "platform", "thread_info"], made.AsObject().Select(member => member.Key));
        var id = (string)made["session_id"]!;
        var session = await api.Sandbox.Session(id);
        Assert.Equal(("Code Review Task", "My Custom Agent", "🤖", "my-workspace"), ((string)session["title"]!, (string)session["external"]!["name"]!, (string)session["external"]!["icon"]!, (string)session["external"]!["workspace"]!));

        await Curl(api, Row("POST", "/external/sessions/{id}/output", """{"text":"Agent output text here","metadata":{}}"""), id);
        await api.Sandbox.UntilShows(id, "Agent output text here");
        await api.Sandbox.Do("input", id, "User's message");
        var said = await Curl(api, Row("GET", "/external/sessions/{id}/input?timeout=30"), id);
        Assert.Equal(("human_input", "User's message"), ((string)said["type"]!, (string)said["data"]!["text"]!));
        Assert.True(DateTimeOffset.TryParse((string)said["data"]!["timestamp"]!, out _));

        var asked = await Curl(api, Row("POST", "/external/sessions/{id}/approval", """{"title":"Approve Changes?","description":"Ready to commit these changes","options":["Approve","Reject","Review"]}"""), id);
        await api.Sandbox.Do("answer", (string)asked["request_id"]!, "Review");
        var decision = await Curl(api, Row("GET", $"/external/sessions/{{id}}/approval/{asked["request_id"]}?timeout=30"), id);
        Assert.Equal("Review", (string)decision["data"]!["option"]!);
    }

    private static string Row(string method, string path, string? body = null) =>
        $"""curl -X {method} "http://localhost:8787{path}" -H "Authorization: Bearer $TOKEN" {(body is null ? "" : $"-H 'Content-Type: application/json' -d '{body}'")}""";

    private static async Task<JsonNode> Curl(ApiSandbox api, string line, string id = "")
    {
        var script = line.Replace("localhost:8787", $"localhost:{api.Port}", StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TOKEN"] = api.Token;
        using var curl = Process.Start(start)!;
        var output = curl.StandardOutput.ReadToEndAsync();
        var errors = curl.StandardError.ReadToEndAsync();
        await curl.WaitForExitAsync().WaitAsync(Patience.Ample);
        Assert.True(curl.ExitCode == 0, await errors);
        return JsonNode.Parse(await output)!;
    }
}
