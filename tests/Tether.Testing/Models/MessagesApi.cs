using System.Text.Json.Nodes;

namespace Tether.Testing.Models;

/// <summary>Anthropic Messages, as Claude Code speaks it.</summary>
internal sealed class MessagesApi : ModelApi
{
    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
        [.. Objects(body["tools"]).Select(tool => new OfferedTool(Text(tool, "name"), Properties(tool["input_schema"])))];

    /// <summary>The entries of the role `system` that Claude puts between the others are nobody's turn.</summary>
    public override IReadOnlyList<Turn> Turns(JsonObject body) => [.. Objects(body["messages"]).SelectMany(ToTurns)];

    public override async Task Stream(JsonObject body, ScriptStep step, EventStream events)
    {
        await events.SendNamed("message_start", new JsonObject { ["message"] = Message(body, step, []) });
        var blocks = Blocks(step);
        for (var index = 0; index < blocks.Count; index++)
        {
            var (empty, deltas) = Unfold(blocks[index], step);
            await events.SendNamed("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = empty });
            foreach (var delta in deltas)
            {
                await events.SendNamed("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });
                await events.Pause(step.WordPause);
            }

            await events.SendNamed("content_block_stop", new JsonObject { ["index"] = index });
        }

        await events.SendNamed("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = StopReason(step), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = 30 },
        });
        await events.SendNamed("message_stop", []);
    }

    public override JsonObject Whole(JsonObject body, ScriptStep step) => Message(body, step, Blocks(step));

    private static IEnumerable<Turn> ToTurns(JsonObject message)
    {
        if (Text(message, "role") != "user")
        {
            return [new Turn(TurnRole.Model, "")];
        }

        return message["content"] is JsonArray blocks
            ? Objects(blocks).Select(block => Text(block, "type") == "tool_result" ? new Turn(TurnRole.ToolResult, ContentText(block["content"])) : new Turn(TurnRole.Person, block["text"]?.ToString() ?? ""))
            : [new Turn(TurnRole.Person, ContentText(message["content"]))];
    }

    private static List<JsonObject> Blocks(ScriptStep step)
    {
        var blocks = new List<JsonObject>();
        if (step.Thought is { } thought)
        {
            blocks.Add(new JsonObject { ["type"] = "thinking", ["thinking"] = thought, ["signature"] = "c2NyaXB0ZWQ=" });
        }

        blocks.AddRange(step.Calls.Select(call => new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = "toolu_" + call.Id,
            ["name"] = call.Server is { } server ? $"mcp__{server}__{call.Name}" : call.Name,
            ["input"] = call.Arguments!.DeepClone(),
        }));
        if (step.Calls.Length == 0)
        {
            blocks.Add(new JsonObject { ["type"] = "text", ["text"] = step.Text });
        }

        return blocks;
    }

    // A block as it begins, and what makes it whole.
    private static (JsonObject Empty, IEnumerable<JsonObject> Deltas) Unfold(JsonObject block, ScriptStep step)
    {
        var empty = (JsonObject)block.DeepClone();
        switch (Text(block, "type"))
        {
            case "tool_use":
                empty["input"] = new JsonObject();
                return (empty, [new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = block["input"]!.ToJsonString() }]);
            case "thinking":
                (empty["thinking"], empty["signature"]) = ("", "");
                return (empty,
                [
                    new JsonObject { ["type"] = "thinking_delta", ["thinking"] = Text(block, "thinking") },
                    new JsonObject { ["type"] = "signature_delta", ["signature"] = Text(block, "signature") },
                ]);
            default:
                empty["text"] = "";
                return (empty, step.Words.Select(word => new JsonObject { ["type"] = "text_delta", ["text"] = word }));
        }
    }

    private static string StopReason(ScriptStep step) => step.Calls.Length > 0 ? "tool_use" : "end_turn";

    private static JsonObject Message(JsonObject body, ScriptStep step, List<JsonObject> blocks) => new()
    {
        ["id"] = "msg_" + step.Id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = Text(body, "model"),
        ["content"] = new JsonArray([.. blocks]),
        ["stop_reason"] = blocks.Count == 0 ? null : StopReason(step),
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = 1200, ["cache_creation_input_tokens"] = 0, ["cache_read_input_tokens"] = 0, ["output_tokens"] = 30 },
    };
}
