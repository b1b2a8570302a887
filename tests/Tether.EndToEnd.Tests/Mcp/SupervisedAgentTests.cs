using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;
using Tether.EndToEnd.Tests.Approvals;

namespace Tether.EndToEnd.Tests.Mcp;

/// <summary>What an agent's session runs may have the machine's own token, and answers nothing with it, by whatever way it comes.</summary>
public sealed class SupervisedAgentTests
{
    // Each case is a name and what curl is given.
    private static readonly (string Name, string Arguments)[] Requests =
    [
        ("answer", """-d {"decision":"allow"} $TETHER_API_URL/api/approvals/$ITEM"""),
        ("old", """-d {"request_id":"$ITEM","approved":true} $TETHER_API_URL/api/sessions/$ASKS/permission"""),
        ("snooze", """-d {"seconds":60} $TETHER_API_URL/api/approvals/$ITEM/snooze"""),
        ("mode", """-X PATCH -d {"mode":2} $TETHER_API_URL/api/sessions/$ASKS/approval-mode"""),
        ("rule", """-d {"action":"allow","tool":"Bash"} $TETHER_API_URL/api/rules"""),
        ("token", """-d {"name":"mine","scopes":["admin"]} $TETHER_API_URL/api/tokens"""),
        ("start", """-d {"provider":"claude","approval_mode":2} $TETHER_API_URL/api/sessions"""),
    ];

    // A supervised program: the API with the token of the environment and of the file, over TCP and the Unix socket, then MCP.
    private const string Program = """
        #!/bin/bash
        cd "$TRIED"
        ask() { # FILE ARGUMENTS OF CURL
            file=$1
            shift
            curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@" >"$file"
        }
        TOKEN=$GIVEN
        . ./requests environment
        TOKEN=$(cat "$TOKEN_FILE")
        . ./requests file
        . ./requests socket --unix-socket "$SOCKET"
        export TETHER_API_URL
        : >mcp.out
        { cat mcp.in; until [ "$(wc -l <mcp.out)" -ge 7 ]; do sleep 0.05; done; } | TETHER_AGENT_TOKEN=$GIVEN tether-mcp >mcp.out 2>mcp.err
        echo all tried
        exec cat
        """;

    [EndToEndFact("curl", "bash")]
    public async Task With_the_machines_token_in_its_hands_it_cannot_approve_itself()
    {
        await using var api = await ApiSandbox.Start(prepare: ScriptedAgent.Install);
        var sandbox = api.Sandbox;
        var asks = await ScriptedAgent.Ask(sandbox, "asks", "touch one");
        var item = (string)(await ScriptedAgent.UntilOpen(sandbox, 1))[0]!["id"]!;
        var tried = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "tried")).FullName;
        WriteRequests(tried);
        await File.WriteAllLinesAsync(Path.Combine(tried, "mcp.in"), Messages(item));
        Install(sandbox, api, item, asks, tried);
        var session = (await sandbox.Do("run", "pi", "-d")).Trim();
        await sandbox.UntilShows(session, "all tried", Patience.Ample);

        foreach (var file in Requests.SelectMany(request => (string[])[request.Name + ".environment", request.Name + ".file", request.Name + ".socket"]))
        {
            Assert.Equal((file, "403"), (file, await File.ReadAllTextAsync(Path.Combine(tried, file))));
        }

        var replies = (await File.ReadAllLinesAsync(Path.Combine(tried, "mcp.out"))).Select(line => JsonNode.Parse(line)!).Where(reply => reply["id"] is not null).ToDictionary(reply => (int)reply["id"]!);
        Assert.Equal(13, replies[2]["result"]!["tools"]!.AsArray().Count);
        Assert.Contains("no tool “approve”", (string)replies[3]["error"]!["message"]!, StringComparison.Ordinal);
        Assert.All([4, 5, 6, 7], id => Assert.True((bool?)replies[id]["result"]!["isError"], replies[id].ToJsonString()));
        Assert.Contains("no parameter “command”", TextOf(replies[5]), StringComparison.Ordinal);
        Assert.Contains("no parameter “env”", TextOf(replies[6]), StringComparison.Ordinal);

        Assert.Equal("open", (string?)(await ScriptedAgent.UntilOpen(sandbox, 1))[0]!["state"]);
        Assert.Equal("ask", (await sandbox.Do("mode", "asks")).Trim());
        Assert.Empty((await api.Ask("GET", "/api/tokens"))["tokens"]!.AsArray());
        Assert.Equal(2, (await sandbox.Json("ls", "--json")).AsArray().Count);
        Assert.Equal("200", await File.ReadAllTextAsync(Path.Combine(tried, "list.file")));

        // From a person's own shell the same token is another thing.
        await api.Ask("POST", "/api/approvals/" + item, new JsonObject { ["decision"] = "allow" });
    }

    private static void WriteRequests(string tried)
    {
        var lines = Requests.Select(request => $"ask {request.Name}.$1 \"${{@:2}}\" {string.Join(' ', request.Arguments.Split(' ').Select(Quoted))}");
        File.WriteAllLines(Path.Combine(tried, "requests"), [.. lines, "ask list.$1 \"${@:2}\" $TETHER_API_URL/api/sessions"]);

        static string Quoted(string argument) => argument.StartsWith('{') ? $"'{argument.Replace("$ITEM", "'$ITEM'", StringComparison.Ordinal)}'" : argument;
    }

    private static string[] Messages(string item) =>
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"agent","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
        Call(3, "approve", $$"""{"request_id":"{{item}}"}"""),
        Call(4, "run_agent", """{"prompt":"","adapter":"claude","approval_mode":"bypass"}"""),
        Call(5, "run_agent", """{"prompt":"","adapter":"claude","command":"/bin/sh"}"""),
        Call(6, "run_agent", """{"prompt":"","adapter":"claude","env":{"PATH":"/tmp"}}"""),
        Call(7, "run_agent", """{"prompt":"","adapter":"/bin/sh"}"""),
    ];

    private static string TextOf(JsonNode reply) => (string)reply["result"]!["content"]![0]!["text"]!;

    private static string Call(int id, string tool, string arguments) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";

    // What a session's program finds in its environment it is given here by the program itself.
    private static void Install(Sandbox sandbox, ApiSandbox api, string item, string asks, string tried)
    {
        var path = Path.Combine(sandbox.Directory, "agents", "pi");
        var variables = $"""
            GIVEN='{api.Token}' TETHER_API_URL=http://localhost:{api.Port} ITEM={item} ASKS={asks} TRIED='{tried}'
            TOKEN_FILE='{Path.Combine(sandbox.Paths.DataDirectory, "token")}' SOCKET='{sandbox.Paths.WebSocket}'

            """;
        File.WriteAllText(path, Program.Replace("cd \"$TRIED\"\n", variables + "cd \"$TRIED\"\n", StringComparison.Ordinal));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
