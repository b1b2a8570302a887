using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;
using Tether.Testing.Outer;

namespace Tether.EndToEnd.Tests.External;

/// <summary>A session without a program is like any other, for people and over the daemon's end.</summary>
public sealed class ExternalSessionTests
{
    private static readonly string[] Shown = ["Code Review", "🤖 Reviewer", "Tester", "🤖 external"];

    [EndToEndFact]
    public async Task Every_command_works_on_it()
    {
        await using var api = await ApiSandbox.Start();
        var (sandbox, id) = (api.Sandbox, await api.Register("Reviewer"));
        await api.Call("POST", $"/external/sessions/{id}/output", """{"text":"Hello from agent"}""");
        await sandbox.UntilShows(id, "Hello from agent");

        await sandbox.Do("rename", id, "review");
        await sandbox.Do("tag", "review", "work");
        Assert.Contains("Hello from agent", await sandbox.Do("capture", "review"), StringComparison.Ordinal);
        Assert.Contains("Hello from agent", await sandbox.Do("logs", "review"), StringComparison.Ordinal);
        Assert.Contains("external.told", await sandbox.Do("explain", "review"), StringComparison.Ordinal);
        Assert.Equal("submitted", (await sandbox.Do("input", "review", "two\nlines")).Trim());
        var said = await api.Call("GET", $"/external/sessions/{id}/input?timeout=10");
        Assert.Equal(("human_input", "two\nlines"), ((string)said["type"]!, (string)said["data"]!["text"]!));

        await sandbox.Do("stop", "review");
        Assert.Equal("exited", await sandbox.StateOf(id));
        await sandbox.Do("delete", "review");
        Assert.Equal("[]", (await sandbox.Json("ls", "--all", "--json")).ToJsonString());
    }

    [EndToEndFact]
    public async Task Who_is_attached_types_a_line_and_the_agent_gets_it()
    {
        await using var api = await ApiSandbox.Start();
        var id = await api.Register("Reviewer");
        await api.Call("POST", $"/external/sessions/{id}/output", """{"text":"What next?"}""");
        var terminal = api.Sandbox.Open("attach", id);
        await terminal.UntilShows("What next?");

        terminal.Type("do this\u007f\u007f\u007f\u007fthat\r");
        var said = await api.Call("GET", $"/external/sessions/{id}/input?timeout=30");
        Assert.Equal(("human_input", "do that", "terminal"), ((string)said["type"]!, (string)said["data"]!["text"]!, (string)said["data"]!["surface"]!));

        terminal.Type("no\u0003");
        Assert.Equal("interrupt", (string)(await api.Call("GET", $"/external/sessions/{id}/input?timeout=30"))["type"]!);
        await api.Sandbox.Do("interrupt", id, "--take");
        Assert.Equal("interrupt", (string)(await api.Call("GET", $"/external/sessions/{id}/input?timeout=30"))["type"]!);

        var other = await api.Register("Other");
        await api.Call("POST", $"/external/sessions/{other}/status", """{"status":"executing"}""");
        await api.Call("POST", $"/api/sessions/{other}/interrupt");
        Assert.Equal("interrupt", (string)(await api.Call("GET", $"/external/sessions/{other}/input?timeout=30"))["type"]!);
    }

    [EndToEndFact]
    public async Task The_dashboard_shows_it_with_icon_name_and_kind()
    {
        await using var api = await ApiSandbox.Start();
        await api.Call("POST", "/external/sessions", """{"agent_metadata":{"name":"Reviewer","icon":"🤖"},"session_name":"Code Review"}""");
        await api.Register("Tester");
        var terminal = api.Sandbox.Open(120, 30);
        await terminal.Until(screen => Shown.All(text => screen.Lines.Any(line => line.Contains(text, StringComparison.Ordinal))), "both agents");
    }

    [EndToEndFact]
    public async Task Killed_in_the_middle_of_pushes_the_daemon_loses_none_that_it_acknowledged_and_what_is_asked_can_be_answered()
    {
        await using var api = await ApiSandbox.Start();
        var (sandbox, id) = (api.Sandbox, await api.Register("Reviewer"));
        var request = (string)(await api.Call("POST", $"/external/sessions/{id}/approval", """{"title":"Deploy?"}"""))["request_id"]!;
        var acknowledged = new List<int>();
        var pushing = Task.Run(async () =>
        {
            for (var number = 0; number < 1000; number++)
            {
                await api.Call("POST", $"/external/sessions/{id}/output", $$"""{"text":"line {{number}}"}""");
                lock (acknowledged)
                {
                    acknowledged.Add(number);
                }
            }
        });
        await Patience.Until(() => Count() > 50, "fifty pushes");
        SandboxProcess.Signal((await sandbox.Status()).ProcessId, Signals.Kill);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => pushing);

        await sandbox.Do("start");
        Assert.Equal("running", await sandbox.StateOf(id));
        await api.Call("POST", $"/external/sessions/{id}/output", """{"text":"goes on"}""");
        await sandbox.UntilShows(id, "goes on");
        Assert.Equal("line 0", (await sandbox.Do("logs", id)).Split('\n').First(line => line.StartsWith("line", StringComparison.Ordinal)).Trim());
        var kept = new List<string>();
        for (long since = 0; ;)
        {
            var page = await api.Call("GET", $"/api/sessions/{id}/events?since_seq={since}&types=output&limit=500");
            var events = page["events"]!.AsArray();
            if (events.Count == 0)
            {
                break;
            }

            kept.AddRange(events.Select(one => (string)one!["data"]!["text"]!));
            since = (long)events[^1]!["seq"]!;
        }

        Assert.Equal(kept.Distinct(), kept);
        Assert.All(acknowledged, number => Assert.Contains($"line {number}", kept));

        await sandbox.Do("approve", request);
        var decision = await api.Call("GET", $"/external/sessions/{id}/approval/{request}?timeout=10");
        Assert.True((bool)decision["data"]!["approved"]!);

        int Count()
        {
            lock (acknowledged)
            {
                return acknowledged.Count;
            }
        }
    }

    [EndToEndFact]
    public async Task Over_a_web_socket_it_speaks_and_hears()
    {
        await using var api = await ApiSandbox.Start();
        var (sandbox, id) = (api.Sandbox, await api.Register("Reviewer"));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + api.Token);
        await socket.ConnectAsync(new Uri($"{api.Address.Replace("http", "ws", StringComparison.Ordinal)}/external/sessions/{id}/ws"), CancellationToken.None);

        await Send(socket, """{"type":"output","data":{"text":"Processing your request...","metadata":{}}}""");
        Assert.Equal("ack", (string)(await Receive(socket))["type"]!);
        await sandbox.UntilShows(id, "Processing your request");
        await Send(socket, """{"type":"status","data":{"status":"happy"}}""");
        Assert.Equal("error", (string)(await Receive(socket))["type"]!);
        await Send(socket, """{"type":"approval_request","data":{"title":"Approve?","options":["Approve","Reject"]}}""");
        var request = (string)(await Receive(socket))["data"]!["request_id"]!;

        await sandbox.Do("answer", request, "Reject");
        var response = await Receive(socket);
        Assert.Equal(("approval_response", "Reject", request), ((string)response["type"]!, (string)response["data"]!["option"]!, (string)response["data"]!["request_id"]!));
        await sandbox.Do("input", id, "and now this");
        var said = await Receive(socket);
        Assert.Equal(("human_input", "and now this"), ((string)said["type"]!, (string)said["data"]!["text"]!));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static Task Send(ClientWebSocket socket, string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonNode> Receive(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience.Usual);
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        return JsonNode.Parse(buffer.AsSpan(0, received.Count))!;
    }
}
