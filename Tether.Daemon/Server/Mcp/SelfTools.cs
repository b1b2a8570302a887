using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Mcp;

/// <summary>The tools by which an agent has itself supervised: it registers, tells what it does, asks and listens.</summary>
internal sealed class SelfTools(IExternalAgents agents, IEventLog log, TimeProvider clock)
{
    private const int MostEvents = 100;
    private const double LongestWait = 3600;

    // A client that counts the time between two signs of life does not give up.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private static readonly HashSet<string> Heard = [EventTypes.UserInput, EventTypes.PermissionResolved, ExternalAgents.Interrupt];

    private static readonly McpParameter Session = new("session_id", "string", "The session's id, as create_session returned it.", IsRequired: true);

    public IEnumerable<McpTool> All =>
    [
        new McpTool
        {
            Name = "create_session",
            Scope = ApiScope.Input,
            Description = "Register yourself as an agent that a human supervises in Tether. Returns the session_id that the other tools of this group want. Do it once, at the start of your work.",
            Parameters =
            [
                new McpParameter("agent_name", "string", "What you are called, at most 64 characters.", IsRequired: true),
                new McpParameter("agent_type", "string", "What kind of agent you are: one word, as `custom` or `reviewer`.", IsRequired: true),
                new McpParameter("session_name", "string", "What you are about to do, in one line of at most 64 characters.", IsRequired: true),
                new McpParameter("workspace", "string", "Where you work, in your own words."),
                new McpParameter("icon", "string", "One emoji."),
                new McpParameter("platform", "string", "A chat platform to be reached by. None is configured here; leave it out."),
            ],
            Call = CreateAsync,
        },
        new McpTool
        {
            Name = "send_output",
            Scope = ApiScope.Input,
            Description = "Show the human what you are doing or have found out. Plain text or Markdown. Returns the number of the event.",
            Parameters =
            [
                Session,
                new McpParameter("text", "string", "What to show.", IsRequired: true),
                new McpParameter("is_final", "boolean", "It is the answer, and you now wait for the human."),
            ],
            Call = SendAsync,
        },
        new McpTool
        {
            Name = "request_approval",
            Scope = ApiScope.Input,
            Description = "Ask the human before you do something, and wait for the decision. Returns {decision: allow|deny|answer|pending, allowed, choice, reason, request_id}. "
                + "Obey it: on deny do not do it, and heed the reason. With `options` the human chooses one of them (choice). On `pending` nobody has answered within wait_s: call again with the request_id to go on waiting.",
            Parameters =
            [
                Session,
                new McpParameter("title", "string", "What you want to do, in one line.", IsRequired: true),
                new McpParameter("description", "string", "Why, and what it will change.", IsRequired: true),
                new McpParameter("options", "string[]", "The choices, when it is not a plain yes or no."),
                new McpParameter("tool_name", "string", "The tool you would use, as `Bash`: the human's rules judge it."),
                new McpParameter("tool_input", "object", "The tool's input, as {\"command\": \"make deploy\"}."),
                new McpParameter("timeout_s", "number", "After so long without an answer it counts as denied. Default 300.") { Least = 1, Most = 86400 },
                new McpParameter("wait_s", "number", "Come back after so long even without an answer. Default: as long as timeout_s.") { Least = 0, Most = LongestWait },
                new McpParameter("request_id", "string", "Go on waiting for a request that was pending; title and description then do not matter."),
            ],
            Call = AskAsync,
        },
        new McpTool
        {
            Name = "check_input",
            Scope = ApiScope.Input,
            Description = "What the human has said to you since you last looked: {events: [{seq, type, data}], next_seq}. Type user_input has data.text; on interrupt stop what you are doing. Call it whenever you have finished a step, with the next_seq of the last call as since_seq.",
            Parameters =
            [
                Session,
                new McpParameter("since_seq", "integer", "The next_seq of the last call. Default 0: from the beginning.") { Least = 0 },
                new McpParameter("wait_s", "number", "Wait so long for something to come. Default 0: do not wait.") { Least = 0, Most = LongestWait },
            ],
            IsReadOnly = true,
            Call = ListenAsync,
        },
    ];

    private Task<JsonObject> CreateAsync(McpCall call)
    {
        if (call.TextOrNull("platform") is { Length: > 0 } platform)
        {
            throw ApiError.Invalid($"no bridge to “{platform}” is configured on this machine: leave `platform` out, the session then stands in Tether's dashboard");
        }

        var agent = new ExternalAgent
        {
            Name = call.Text("agent_name"),
            Type = call.Text("agent_type"),
            Icon = call.TextOrNull("icon") ?? "",
            Workspace = call.TextOrNull("workspace") ?? "",
        };
        return Task.FromResult(McpSessions.Describe(agents.Create(agent, call.Text("session_name"), null, null, call.Caller)));
    }

    private async Task<JsonObject> SendAsync(McpCall call)
    {
        var data = new JsonObject { ["text"] = call.Text("text"), ["kind"] = call.Flag("is_final") ? "final" : "step", ["is_final"] = call.Flag("is_final") };
        var logged = await agents.PushAsync(call.Text("session_id"), EventTypes.Output, Element(data), call.Caller).ConfigureAwait(false);
        return new JsonObject { ["ok"] = true, ["seq"] = logged.Seq };
    }

    private async Task<JsonObject> AskAsync(McpCall call)
    {
        var session = call.Text("session_id");
        var patience = call.Number("timeout_s", 300);
        var request = call.TextOrNull("request_id") ?? await agents.AskAsync(session, Question(call, patience), call.Caller).ConfigureAwait(false);
        var end = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(call.Number("wait_s", patience), LongestWait));
        var begin = clock.GetUtcNow();
        while (true)
        {
            var left = end - clock.GetUtcNow();
            var decision = await agents.DecisionAsync(session, request, left < SignOfLife ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : SignOfLife, call.Stop).ConfigureAwait(false);
            if (decision is { } data)
            {
                return Decision(request, data);
            }

            if (clock.GetUtcNow() >= end)
            {
                return new JsonObject { ["decision"] = "pending", ["request_id"] = request };
            }

            await call.Progress((clock.GetUtcNow() - begin).TotalSeconds, "waiting for the human's decision").ConfigureAwait(false);
        }
    }

    private async Task<JsonObject> ListenAsync(McpCall call)
    {
        var session = agents.Record(call.Text("session_id")).Id;
        var since = (long)call.Number("since_seq", 0);
        var end = clock.GetUtcNow() + TimeSpan.FromSeconds(call.Number("wait_s", 0));
        var page = log.Read(session, since, Heard, MostEvents);
        while (page.Events.Count == 0 && clock.GetUtcNow() is var now && now < end)
        {
            using var patience = new CancellationTokenSource(end - now, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, patience.Token);
            try
            {
                await log.WaitAsync(session, page.Next, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!call.Stop.IsCancellationRequested)
            {
                break;
            }

            page = log.Read(session, page.Next, Heard, MostEvents);
        }

        return McpEvents.Write(page);
    }

    private static JsonElement Question(McpCall call, double patience)
    {
        var data = new JsonObject { ["title"] = call.Text("title"), ["description"] = call.Text("description"), ["timeout_s"] = patience };
        if (call.Texts("options") is { Length: > 0 } options)
        {
            data["options"] = new JsonArray([.. options.Select(option => (JsonNode)option)]);
        }

        if (call.TextOrNull("tool_name") is { } tool)
        {
            data["tool_name"] = tool;
        }

        if (call.Element("tool_input") is { } input)
        {
            data["tool_input"] = JsonNode.Parse(input.GetRawText());
        }

        return Element(data);
    }

    // What the model acts on comes first.
    private static JsonObject Decision(string request, JsonElement resolved)
    {
        var rest = (JsonObject)JsonNode.Parse(resolved.GetRawText())!;
        var decision = new JsonObject { ["decision"] = Take(rest, "decision"), ["allowed"] = Take(rest, "allowed"), ["reason"] = Take(rest, "message") ?? "", ["request_id"] = request };
        if (rest["answers"] is JsonArray { Count: > 0 } answers && answers[0] is JsonArray { Count: > 0 } first)
        {
            decision["choice"] = first[0]!.DeepClone();
        }

        rest.Remove("request_id");
        foreach (var (name, value) in rest)
        {
            decision[name] = value?.DeepClone();
        }

        return decision;
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        from.Remove(name, out var value);
        return value;
    }

    private static JsonElement Element(JsonObject data) => JsonSerializer.SerializeToElement(data, McpJson.Default.JsonObject);
}
