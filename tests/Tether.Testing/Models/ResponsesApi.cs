using System.Text.Json.Nodes;

namespace Tether.Testing.Models;

/// <summary>OpenAI Responses, as Codex speaks it. What Codex acts on is `response.output_item.done`.</summary>
internal sealed class ResponsesApi : ModelApi
{
    // By which Codex lets the model find tools that it did not name at once.
    private const string ToolSearch = "tool_search";

    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
        [.. Objects(body["tools"]).Select(tool => new OfferedTool(Text(tool, "name") is { Length: > 0 } name ? name : Text(tool, "type"), Properties(tool["parameters"])))];

    public override IReadOnlyList<Turn> Turns(JsonObject body) => [.. Objects(body["input"]).Select(ToTurn)];

    public override async Task Stream(JsonObject body, ScriptStep step, EventStream events)
    {
        var number = 0;
        var response = Response(body, "in_progress", []);
        await Send("response.created", new JsonObject { ["response"] = response.DeepClone() });
        var items = Items(step);
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            var started = (JsonObject)item.DeepClone();
            started["status"] = "in_progress";
            await Send("response.output_item.added", new JsonObject { ["output_index"] = index, ["item"] = started });
            if (Text(item, "type") == "message")
            {
                await StreamText(item, index);
            }

            await Send("response.output_item.done", new JsonObject { ["output_index"] = index, ["item"] = item.DeepClone() });
        }

        await Send("response.completed", new JsonObject { ["response"] = Response(body, "completed", items) });

        async Task StreamText(JsonObject item, int index)
        {
            foreach (var word in step.Words)
            {
                await Send("response.output_text.delta", new JsonObject { ["item_id"] = Text(item, "id"), ["output_index"] = index, ["content_index"] = 0, ["delta"] = word });
                await events.Pause(step.WordPause);
            }
        }

        Task Send(string type, JsonObject data)
        {
            data["sequence_number"] = number++;
            return events.SendNamed(type, data);
        }
    }

    public override JsonObject Whole(JsonObject body, ScriptStep step) => Response(body, "completed", Items(step));

    private static Turn ToTurn(JsonObject item)
    {
        var type = Text(item, "type");
        return type.EndsWith("_output", StringComparison.Ordinal) ? new Turn(TurnRole.ToolResult, ContentText(item["output"]))
            : type is "message" or "" && Text(item, "role") == "user" ? new Turn(TurnRole.Person, ContentText(item["content"]))
            : new Turn(TurnRole.Model, "");
    }

    private static List<JsonObject> Items(ScriptStep step)
    {
        var items = new List<JsonObject>();
        if (step.Thought is { } thought)
        {
            items.Add(new JsonObject
            {
                ["id"] = "rs_" + step.Id,
                ["type"] = "reasoning",
                ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = thought }),
            });
        }

        items.AddRange(step.Calls.Select(Call));
        if (step.Calls.Length == 0)
        {
            items.Add(new JsonObject
            {
                ["id"] = "msg_" + step.Id,
                ["type"] = "message",
                ["role"] = "assistant",
                ["status"] = "completed",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = step.Text, ["annotations"] = new JsonArray() }),
            });
        }

        return items;
    }

    private static JsonObject Call(ToolCall call)
    {
        var item = new JsonObject { ["type"] = "function_call", ["status"] = "completed", ["call_id"] = "call_" + call.Id };
        if (call.Name == ToolSearch)
        {
            (item["type"], item["id"], item["execution"], item["arguments"]) = ("tool_search_call", "tsc_" + call.Id, "client", call.Arguments!.DeepClone());
            return item;
        }

        item["name"] = call.Name;
        if (call.Text is { } text)
        {
            (item["type"], item["id"], item["input"]) = ("custom_tool_call", "ctc_" + call.Id, text);
            return item;
        }

        (item["id"], item["arguments"]) = ("fc_" + call.Id, call.Json);
        if (call.Server is { } server)
        {
            item["namespace"] = "mcp__" + server;
        }

        return item;
    }

    private static JsonObject Response(JsonObject body, string status, IEnumerable<JsonObject> items) => new()
    {
        ["id"] = "resp_1",
        ["object"] = "response",
        ["model"] = Text(body, "model"),
        ["status"] = status,
        ["output"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        ["usage"] = status != "completed" ? null : new JsonObject
        {
            ["input_tokens"] = 1200,
            ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
            ["output_tokens"] = 30,
            ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
            ["total_tokens"] = 1230,
        },
    };
}
