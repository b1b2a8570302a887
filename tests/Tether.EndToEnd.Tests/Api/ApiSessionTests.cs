using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Approvals;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>Sessions over the API, as scripts use it.</summary>
public sealed class ApiSessionTests
{
    [EndToEndFact("curl", "bash")]
    public async Task A_script_starts_steers_reads_and_ends_a_session_with_curl()
    {
        await using var api = await ApiSandbox.Start();
        var made = await Curl(api, "-X", "POST", "/api/sessions", "-d", """{"name":"  My   Task ","provider":"shell","tags":["one"]}""");
        var id = (string)made["id"]!;
        Assert.Equal(("My Task", "shell", 0), ((string?)made["name"], (string?)made["runner_type"], (int)made["approval_mode"]!));
        await api.Sandbox.UntilShows(id, "ready>");
        Assert.Equal("submitted", (string?)(await Curl(api, "-X", "POST", $"/api/sessions/{id}/input", "-d", """{"text":"echo $((6*7))"}"""))["receipt"]);
        await api.Sandbox.UntilShows(id, "^42$");
        Assert.Contains("\n42\n", await Text(api, $"/api/sessions/{id}/screen"), StringComparison.Ordinal);
        Assert.StartsWith("<svg", await Text(api, $"/api/sessions/{id}/screen?format=svg"), StringComparison.Ordinal);
        Assert.Equal("renamed", (string?)(await Curl(api, "-X", "PATCH", $"/api/sessions/{id}/rename", "-d", """{"name":"renamed"}"""))["name"]);
        Assert.Equal(1, (int)(await Curl(api, "-X", "PATCH", $"/api/sessions/{id}/approval-mode", "-d", """{"approval_mode":1}"""))["approval_mode"]!);
        Assert.Equal(0, (int)(await Curl(api, "-X", "PATCH", $"/api/sessions/{id}/approval-mode", "-d", """{"approval_mode":0}"""))["approval_mode"]!);
        Assert.Single((await Curl(api, "/api/sessions?tag=one&state=live")).AsArray());
        Assert.Empty((await Curl(api, "/api/sessions?state=ended")).AsArray());
        Assert.Equal(HttpStatusCode.Conflict, (await api.Send("DELETE", $"/api/sessions/{id}", api.Token)).StatusCode);
        Assert.Equal("EXITED", (string?)(await Curl(api, "-X", "POST", $"/api/sessions/{id}/stop"))["state"]);
        Assert.Contains("\n42\n", await Text(api, $"/api/sessions/{id}/screen"), StringComparison.Ordinal);
        Assert.True((bool)(await Curl(api, "-X", "DELETE", $"/api/sessions/{id}"))["ok"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send("GET", $"/api/sessions/{id}", api.Token)).StatusCode);
    }

    [EndToEndFact("bash")]
    public async Task What_would_be_left_out_in_silence_is_refused()
    {
        await using var api = await ApiSandbox.Start();
        Directory.CreateDirectory(Path.Combine(api.Home, "work"));
        var id = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["agent_type"] = "custom", ["directory"] = "~/work" }))["id"]!;
        foreach (var directory in (string[])["~", "~/work", "~/work/", "~/work/../work", Path.Combine(api.Home, "work")])
        {
            Assert.Equal(id, (string?)(await api.Ask("GET", $"/api/sessions?directory={directory}")).AsArray().Single()!["id"]);
        }

        Assert.Empty((await api.Ask("GET", "/api/sessions?directory=~/wor")).AsArray());
        foreach (var query in (string[])["directory=work", "status=needs_approval", "state=ALIVE"])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.Send("GET", "/api/sessions?" + query, api.Token)).StatusCode);
        }

        foreach (var body in (string[])[
            """{"provider":"shell","agent_type":"custom"}""", """{"provider":"shell","columns":0}""", """{"provider":"shell","rows":1001}""", """{"agent_type":"custom","columns":80}"""])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.Send("POST", "/api/sessions", api.Token, body)).StatusCode);
        }

        Assert.Single((await api.Ask("GET", "/api/sessions")).AsArray());
    }

    [EndToEndFact("bash")]
    public async Task The_history_is_read_in_parts_that_fit_together()
    {
        await using var api = await ApiSandbox.Start();
        var id = await api.Sandbox.Detached("prints", "bash", "-c", "seq 1 2000; echo over; exec cat");
        await api.Sandbox.UntilShows(id, "^over$");
        var whole = new List<byte>();
        long next = 0, end;
        do
        {
            var part = await api.Ask("GET", $"/api/sessions/{id}/history?from={next}&limit=1000");
            Assert.Equal(next, (long)part["from"]!);
            var bytes = Convert.FromBase64String((string)part["data"]!);
            Assert.InRange(bytes.Length, 1, 1000);
            whole.AddRange(bytes);
            (next, end) = ((long)part["next"]!, (long)part["end"]!);
        }
        while (next < end);

        Assert.Equal(string.Concat(Enumerable.Range(1, 2000).Select(number => $"{number}\r\n")) + "over\r\n", System.Text.Encoding.ASCII.GetString([.. whole]));
        Assert.Equal("", (string?)(await api.Ask("GET", $"/api/sessions/{id}/history?from={next}"))["data"]);
    }

    [EndToEndFact("git", "bash")]
    public async Task Git_is_asked_where_the_session_was_started_and_runs_nothing_of_the_repositorys()
    {
        await using var api = await ApiSandbox.Start();
        var directory = Directory.CreateDirectory(Path.Combine(api.Home, "repository")).FullName;
        var spy = Path.Combine(api.Home, "spy");
        await File.WriteAllTextAsync(spy, "#!/bin/sh\ntouch ../ran\n");
        File.SetUnixFileMode(spy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var made = await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell", ["directory"] = directory });
        var id = (string)made["id"]!;
        Assert.Equal("", (string?)(await api.Ask("GET", $"/api/sessions/{id}/diff"))["diff"]);
        Assert.Equal("GIT_ERROR", (string?)JsonNode.Parse(await (await api.Send("GET", $"/api/sessions/{id}/git", api.Token)).Content.ReadAsStringAsync())!["error"]!["code"]);
        await api.Sandbox.UntilShows(id, "ready>");
        const string Script = "git init -q -b main . && git config user.email a@b.c && git config user.name me && echo one >file && git add . && git commit -qm first && git config core.fsmonitor ../spy && git config diff.external ../spy && echo two >file && echo new >other && clear && echo done''so";
        await api.Ask("POST", $"/api/sessions/{id}/input", new JsonObject { ["text"] = Script });
        await api.Sandbox.UntilShows(id, "^doneso$");
        var state = await api.Ask("GET", $"/api/sessions/{id}/git");
        Assert.Equal(("main", true, 1, 1, "first"), ((string?)state["branch"], (bool)state["dirty"]!, (int)state["unstaged_count"]!, (int)state["untracked_count"]!, (string?)state["last_commit"]!["message"]));
        var diff = await api.Ask("GET", $"/api/sessions/{id}/diff");
        Assert.Equal(["file", "other"], diff["files"]!.AsArray().Select(file => (string?)file!["path"]));
        Assert.Contains("-one\n+two\n", (string?)diff["diff"], StringComparison.Ordinal);
        Assert.Single((await api.Ask("GET", $"/api/sessions/{id}/git/log")).AsArray());
        Assert.Contains("+two", (string?)(await api.Ask("GET", $"/api/sessions/{id}/git/diff"))["patch"], StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(api.Home, "ran")));
    }

    [EndToEndFact("bash")]
    public async Task A_question_is_listed_and_answered_once()
    {
        await using var api = await ApiSandbox.Start(prepare: ScriptedAgent.Install);
        var session = await ScriptedAgent.Ask(api.Sandbox, "asks", "touch one");
        await ScriptedAgent.UntilOpen(api.Sandbox, 1);
        var item = (await api.Ask("GET", $"/api/approvals?session={session}"))["items"]!.AsArray().Single(each => (string?)each!["kind"] == "approval")!;
        var id = (string)item["id"]!;
        Assert.True((bool)(await api.Ask("GET", $"/api/sessions/{session}"))["has_pending_permission"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send("POST", "/api/approvals/" + id[..8], api.Token, """{"decision":"allow"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send("POST", $"/api/sessions/{session}/permission", api.Token, """{"request_id":"none","allow":true}""")).StatusCode);
        await api.Ask("POST", $"/api/sessions/{session}/permission", new JsonObject { ["request_id"] = id, ["allow"] = false, ["message"] = "not now" });
        await Patience.Until(() => ScriptedAgent.Answer(api.Sandbox, "touch one") is not null, "the answer");
        Assert.Equal("deny", (string?)ScriptedAgent.Answer(api.Sandbox, "touch one")!["behavior"]);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send("POST", $"/api/sessions/{session}/permission", api.Token, $$"""{"request_id":"{{id}}","allow":true}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await api.Send("POST", "/api/approvals/" + id, api.Token, """{"decision":"allow"}""")).StatusCode);
        Assert.Contains((await api.Ask("GET", "/api/audit"))["entries"]!.AsArray(), entry => (string?)entry!["item"] == id && (string?)entry["reason"] == "not now");
        Assert.Contains($"\"item\":\"{id}\"", await (await api.Send("GET", "/api/audit/export", api.Token)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [EndToEndFact("bash", "curl")]
    public async Task A_supervised_agent_cannot_answer_itself_with_the_users_token()
    {
        await using var api = await ApiSandbox.Start(prepare: ScriptedAgent.Install);
        await ScriptedAgent.Ask(api.Sandbox, "asks", "touch one");
        var item = (string)(await ScriptedAgent.UntilOpen(api.Sandbox, 1))[0]!["id"]!;
        var program = Path.Combine(api.Sandbox.Directory, "agents", "pi");
        var call = $"curl -s -o /dev/null -w '%{{http_code}}\\n' -H 'Authorization: Bearer {api.Token}' -H 'Content-Type: application/json'";
        var url = $"http://localhost:{api.Port}/api";
        await File.WriteAllTextAsync(program, string.Join('\n',
            "#!/bin/bash",
            $"{call} {url}/approvals/{item} -d '{{\"decision\":\"allow\"}}'",
            $"{call} {url}/rules -d '{{\"verdict\":\"allow\",\"tools\":[\"Bash\"]}}'",
            $"{call} {url}/tokens -d '{{\"name\":\"mine\",\"scopes\":[\"admin\"]}}'",
            $"{call} {url}/sessions -d '{{\"provider\":\"shell\",\"approval_mode\":2}}'",
            $"{call} {url}/sessions",
            "echo all tried",
            "exec cat\n"));
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var session = (await api.Sandbox.Do("run", "pi", "-d", "--cols", "80", "--rows", "24")).Trim();
        await api.Sandbox.UntilShows(session, "all tried");
        Assert.StartsWith("403\n403\n403\n403\n200\nall tried", await api.Sandbox.Do("capture", session), StringComparison.Ordinal);
        Assert.Equal("open", (string?)(await ScriptedAgent.UntilOpen(api.Sandbox, 1))[0]!["state"]);
        await api.Ask("POST", "/api/approvals/" + item, new JsonObject { ["decision"] = "allow" });
        await Patience.Until(() => ScriptedAgent.Answer(api.Sandbox, "touch one") is not null, "the answer");
    }

    [EndToEndFact("bash")]
    public async Task A_ticket_opens_one_socket_for_one_session()
    {
        await using var api = await ApiSandbox.Start();
        var session = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        var other = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        var ticket = (string)(await api.Ask("POST", "/api/ws-ticket", new JsonObject { ["session_id"] = session }))["ticket"]!;
        using (var socket = await Connect(api, "tether-ticket." + ticket))
        {
            Assert.Equal("attached", (string?)(await Exchange(socket, $$"""{"type":"attach","id":1,"session":"{{session}}","mode":"observe","columns":80,"rows":24}"""))["type"]);
            Assert.Equal("not-allowed", (string?)(await Exchange(socket, $$"""{"type":"attach","id":2,"session":"{{other}}","mode":"observe","columns":80,"rows":24}"""))["code"]);
            Assert.Equal("not-allowed", (string?)(await Exchange(socket, $$"""{"type":"attach","id":3,"session":"{{session}}","mode":"control","columns":80,"rows":24}"""))["code"]);
            Assert.Equal("not-allowed", (string?)(await Exchange(socket, """{"type":"list","id":4}"""))["code"]);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => Connect(api, "tether-ticket." + ticket));
        await Assert.ThrowsAsync<WebSocketException>(() => Connect(api, "tether-ticket.guess"));
    }

    [EndToEndFact]
    public async Task A_socket_ends_with_its_token_and_does_no_more_than_that_may()
    {
        await using var api = await ApiSandbox.Start();
        var session = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        var (id, token) = await api.NewToken(null, "observe");
        using var socket = await Connect(api, "bearer." + token);
        await Exchange(socket, """{"type":"hello","id":7,"versions":[1],"client":"me@here"}""");
        await Exchange(socket, $$"""{"type":"attach","id":8,"session":"{{session}}","mode":"observe","columns":80,"rows":24}""");
        Assert.Equal("me@here [token test]", (string?)(await api.Ask("GET", $"/api/sessions/{session}/clients"))[0]!["client"]);
        Assert.Equal("sessions", (string?)(await Exchange(socket, """{"type":"list","id":1}"""))["type"]);
        Assert.Equal("not-allowed", (string?)(await Exchange(socket, """{"type":"create","id":2,"provider":"shell"}"""))["code"]);
        Assert.Equal("not-allowed", (string?)(await Exchange(socket, """{"type":"shutdown","id":3}"""))["code"]);
        await api.Ask("DELETE", "/api/tokens/" + id);
        using var limit = new CancellationTokenSource(Patience.Usual);
        while ((await socket.ReceiveAsync(new byte[64 << 10], limit.Token)).MessageType != WebSocketMessageType.Close)
        {
            // What the session shows.
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    private static async Task<ClientWebSocket> Connect(ApiSandbox api, string credential)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("tether.v1");
        socket.Options.AddSubProtocol(credential);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{api.Port}/v1"), new CancellationTokenSource(Patience.Usual).Token);
        return socket;
    }

    // Frames come in between; the next text is the reply.
    private static async Task<JsonNode> Exchange(ClientWebSocket socket, string request)
    {
        using var limit = new CancellationTokenSource(Patience.Usual);
        var id = (int)JsonNode.Parse(request)!["id"]!;
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true, limit.Token);
        var buffer = new byte[1 << 20];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);

            if (received.MessageType == WebSocketMessageType.Text && JsonNode.Parse(buffer.AsSpan(0, length)) is { } message && (int?)message["re"] == id)
            {
                return message;
            }
        }
    }

    private static async Task<JsonNode> Curl(ApiSandbox api, params string[] words)
    {
        var text = await RunCurl(api, words);
        return JsonNode.Parse(text) ?? throw new InvalidOperationException(text);
    }

    private static Task<string> Text(ApiSandbox api, string path) => RunCurl(api, path);

    private static async Task<string> RunCurl(ApiSandbox api, params string[] words)
    {
        string[] arguments = ["-s", "-H", $"Authorization: Bearer {api.Token}", .. words.Contains("-d") ? ["-H", "Content-Type: application/json"] : Array.Empty<string>(),
            .. words.Select(word => word.StartsWith("/api", StringComparison.Ordinal) ? $"http://localhost:{api.Port}{word}" : word)];
        using var curl = Cli.Start(api.Sandbox, "curl", arguments);
        curl.StandardInput.Close();
        var output = await curl.StandardOutput.ReadToEndAsync().WaitAsync(Patience.Ample);
        await curl.WaitForExitAsync();
        return output;
    }
}
