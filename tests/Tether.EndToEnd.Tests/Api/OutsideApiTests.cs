using System.Net;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>What the agents keep of their sessions, over the API: the agent is a script that says with what it was started.</summary>
public sealed class OutsideApiTests
{
    private const string Id = "6f03819a-77af-4663-bbd7-d0d48098f141";

    [EndToEndFact]
    public async Task A_session_of_an_agents_is_listed_read_gone_on_with_and_resumed_after_its_end()
    {
        await using var api = await Start();
        var listed = Assert.Single((await api.Ask("GET", $"/api/external-sessions?runner_type=claude_auto&directory={Work(api)}")).AsArray())!;
        Assert.Equal((Id, "claude", "say hello", false), ((string?)listed["id"], (string?)listed["runner_type"], (string?)listed["first_prompt"], (bool)listed["is_running"]!));
        Assert.Empty((await api.Ask("GET", "/api/external-sessions?runner_type=pi")).AsArray());
        var history = await api.Ask("GET", "/api/external-sessions/6f03/history?runner_type=claude_code");
        Assert.Equal(["user: say hello", "assistant: hello"], history["messages"]!.AsArray().Select(message => $"{message!["role"]}: {message["content"]}"));
        await Refused(api, HttpStatusCode.NotFound, "GET", $"/api/external-sessions/{Id}/history?runner_type=codex");
        await Refused(api, HttpStatusCode.NotFound, "POST", "/api/sessions/attach", $$"""{"external_id":"{{Id}}","runner_type":"pi"}""");
        await Refused(api, HttpStatusCode.UnprocessableEntity, "POST", "/api/sessions/attach", $$"""{"external_id":"{{Id}}","platform":"telegram"}""");

        var first = (string)(await api.Ask("POST", "/api/sessions/attach", new JsonObject { ["external_id"] = Id, ["runner_type"] = "claude_code" }))["id"]!;
        await api.Sandbox.UntilShows(first, $"^argument {Id}");
        Assert.Equal(first, (string?)(await api.Ask("POST", "/api/sessions/attach", new JsonObject { ["external_id"] = Id }))["id"]);
        var read = await api.Ask("GET", $"/api/sessions/{first}/transcript?from=0&limit=1");
        Assert.Equal((2, 1, "user", "say hello"), ((int)read["count"]!, (int)read["next"]!, (string?)read["entries"]![0]!["role"], (string?)read["entries"]![0]!["text"]));
        Assert.Empty((await api.Ask("GET", $"/api/sessions/{first}/transcript?from=2"))["entries"]!.AsArray());

        await Refused(api, HttpStatusCode.Conflict, "POST", $"/api/sessions/{first}/resume");
        await api.Ask("POST", $"/api/sessions/{first}/stop");
        var second = await api.Ask("POST", $"/api/sessions/{first}/resume");
        Assert.NotEqual(first, (string?)second["id"]);
        Assert.Equal(Id, (string?)second["runner_session_id"]);
        await api.Sandbox.UntilShows((string)second["id"]!, $"^argument {Id}");
    }

    [EndToEndFact]
    public async Task What_a_session_used_is_told_as_its_agent_counts_it()
    {
        await using var api = await Start();
        var id = (string)(await api.Ask("POST", "/api/sessions/attach", new JsonObject { ["external_id"] = Id }))["id"]!;
        var used = await api.Ask("GET", $"/api/sessions/{id}/usage");
        Assert.Equal((100, 20), ((int)used["input_tokens"]!, (int)used["output_tokens"]!));
        Assert.Null(used["total_cost_usd"]);
        await System.IO.File.AppendAllTextAsync(File(api.Sandbox), Answer("more", "msg_2") + "\n");
        Assert.Equal(40, (int)(await api.Ask("GET", $"/api/sessions/{id}/usage"))["output_tokens"]!);
        var shell = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        Assert.Null((await api.Ask("GET", $"/api/sessions/{shell}/usage"))["input_tokens"]);
        await Refused(api, HttpStatusCode.NotFound, "GET", "/api/sessions/nothing/usage");
    }

    [EndToEndFact]
    public async Task What_was_said_becomes_events_once_and_by_force_again()
    {
        await using var api = await Start();
        var id = (string)(await api.Ask("POST", "/api/sessions/attach", new JsonObject { ["external_id"] = Id }))["id"]!;
        Assert.Equal($"{id} say hello: 2 messages, 2 entries in the transcript\n", await api.Sandbox.Do("sync", id));
        Assert.Equal($"{id} say hello: nothing new, 2 entries in the transcript\n", await api.Sandbox.Do("sync", "say hello"));
        await System.IO.File.AppendAllTextAsync(File(api.Sandbox), Prompt(Work(api), "and now?") + "\n" + Answer("later", "msg_2") + "\n");
        var synced = Assert.Single((await api.Sandbox.Json("sync", id, "--json")).AsArray())!;
        Assert.Equal((id, 2, 4), ((string?)synced["session"], (int)synced["synced"]!, (int)synced["total"]!));
        string[] all = ["user_input say hello", "output hello", "user_input and now?", "output later"];
        var said = await Said(api, id);
        Assert.Equal(all, said);

        // As the daemon is killed in between: what the events have is the memory.
        var daemon = await api.Sandbox.Status();
        SandboxProcess.Signal(daemon.ProcessId, Signals.Kill);
        var again = await api.Sandbox.Json("sync", id, "--json");
        Assert.Equal(0, (int)again[0]!["synced"]!);
        await api.Sandbox.Do("sync", id, "--force");
        var twice = await Said(api, id);
        Assert.Equal([.. all, .. all], twice);
        Assert.Equal(3, (await api.Sandbox.Run("sync", "nothing")).ExitCode);
    }

    [EndToEndFact]
    public async Task A_caller_goes_on_with_nothing_that_he_could_not_have_begun()
    {
        await using var api = await Start(isWorkOpen: false);
        var (_, input) = await api.NewToken(null, "input");
        async Task<HttpStatusCode> Attach(string token)
        {
            using var answer = await api.Send("POST", "/api/sessions/attach", token, $$"""{"external_id":"{{Id}}"}""");
            return answer.StatusCode;
        }

        // It is outside home, and no session was there yet.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Attach(input));
        string[][] starts = [["run", "claude", "-d", "--approval", "bypass"], ["run", "claude", "-d", "--", "--verbose"]];
        foreach (var start in starts)
        {
            var id = (await api.Sandbox.Do(start)).Trim();
            await api.Sandbox.UntilShows(id, "resumed");
            await Patience.Until(async () => (string?)(await api.Sandbox.Session(id))["agentSession"] == Id, "the agent's id");
            await api.Ask("POST", $"/api/sessions/{id}/stop");
            Assert.Equal(HttpStatusCode.Forbidden, await Attach(input));
        }

        Assert.Equal(HttpStatusCode.Created, await Attach(api.Token));
    }

    private static Task<ApiSandbox> Start(bool isWorkOpen = true)
    {
        return ApiSandbox.Start(prepare: Prepare);

        void Prepare(Sandbox sandbox)
        {
            if (isWorkOpen)
            {
                sandbox.Set("TETHER_AGENT_DIRECTORIES", sandbox.WorkingDirectory);
            }

            var programs = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "agents")).FullName;
            var script = sandbox.Write("agents/claude", "#!/bin/sh\n[ \"$1\" = --version ] && { echo 2.1.329; exit; }\nprintf 'argument %s\\n' \"$@\"\nprintf '{\"session_id\":\"" + Id + "\",\"hook_event_name\":\"SessionStart\",\"source\":\"startup\"}' | tether hook claude\necho resumed\nexec sleep 600\n");
            System.IO.File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            sandbox.Set("PATH", $"{programs}:{sandbox.Environment["PATH"]}");
            Directory.CreateDirectory(Path.GetDirectoryName(File(sandbox))!);
            System.IO.File.WriteAllText(File(sandbox), Prompt(sandbox.WorkingDirectory, "say hello") + "\n" + Answer("hello", "msg_1") + "\n");
            System.IO.File.SetLastWriteTimeUtc(File(sandbox), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        }
    }

    private static string Work(ApiSandbox api) => api.Sandbox.WorkingDirectory;

    private static string File(Sandbox sandbox) => Path.Combine(sandbox.Environment["HOME"], ".claude/projects/-work", Id + ".jsonl");

    private static async Task Refused(ApiSandbox api, HttpStatusCode status, string method, string path, string? body = null)
    {
        using var answer = await api.Send(method, path, api.Token, body);
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<string[]> Said(ApiSandbox api, string id) =>
        [.. (await api.Ask("GET", $"/api/sessions/{id}/events?types=user_input,output"))["events"]!.AsArray().Select(happened => $"{happened!["type"]} {happened["data"]!["text"]}")];

    private static string Prompt(string directory, string text) => new JsonObject
    {
        ["type"] = "user", ["cwd"] = directory, ["timestamp"] = "2026-11-21T10:00:00Z", ["message"] = new JsonObject { ["role"] = "user", ["content"] = text },
    }.ToJsonString();

    private static string Answer(string text, string message) => new JsonObject
    {
        ["type"] = "assistant", ["timestamp"] = "2026-11-21T10:00:01Z",
        ["message"] = new JsonObject
        {
            ["id"] = message, ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }), ["usage"] = new JsonObject { ["input_tokens"] = 100, ["output_tokens"] = 20 },
        },
    }.ToJsonString();
}
