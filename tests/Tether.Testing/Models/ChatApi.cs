using System.Text.Json.Nodes;

namespace Tether.Testing.Models;

/// <summary>OpenAI chat completions, as OpenCode and Pi speak it.</summary>
internal sealed class ChatApi : ModelApi
{
    public override IReadOnlyList<OfferedTool> Tools(JsonObject body) =>
        [.. Objects(body["tools"]).Select(tool => tool["function"]).OfType<JsonObject>().Select(tool => new OfferedTool(Text(tool, "name"), Properties(tool["parameters"])))];

    public override IReadOnlyList<Turn> Turns(JsonObject body) => [.. Objects(body["messages"]).Select(message => Text(message, "role") switch
    {
        "tool" => new Turn(TurnRole.ToolResult, ContentText(message["content"])),
        "user" => new Turn(TurnRole.Person, ContentText(message["content"])),
        _ => new Turn(TurnRole.Model, ""),
    })];

    public override async Task Stream(JsonObject body, ScriptStep step, EventStream events)
    {
        await Send(new JsonObject { ["role"] = "assistant", ["content"] = "" });
        if (step.Thought is { } thought)
        {
            await Send(new JsonObject { ["reasoning_content"] = thought });
        }

        if (step.Calls.Length > 0)
        {
            await Send(new JsonObject { ["tool_calls"] = Calls(step) });
        }
        else
        {
            foreach (var word in step.Words)
            {
                await Send(new JsonObject { ["content"] = word });
                await events.Pause(step.WordPause);
            }
        }

        await Send([], FinishReason(step));
        if (body["stream_options"]?["include_usage"]?.GetValue<bool>() is true)
        {
            var last = Head(body, "chat.completion.chunk");
            last["choices"] = new JsonArray();
            last["usage"] = Usage();
            await events.Send(last);
        }

        await events.SendEnd();

        Task Send(JsonObject delta, string? finish = null)
        {
            var chunk = Head(body, "chat.completion.chunk");
            chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });
            return events.Send(chunk);
        }
    }

    public override JsonObject Whole(JsonObject body, ScriptStep step)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = step.Calls.Length > 0 ? null : step.Text };
        if (step.Calls.Length > 0)
        {
            message["tool_calls"] = Calls(step);
        }

        var whole = Head(body, "chat.completion");
        whole["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = FinishReason(step) });
        whole["usage"] = Usage();
        return whole;
    }

    private static JsonArray Calls(ScriptStep step) => new([.. step.Calls.Select((call, index) => new JsonObject
    {
        ["index"] = index,
        ["id"] = "call_" + call.Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Server is { } server ? $"{server}_{call.Name}" : call.Name, ["arguments"] = call.Json },
    })]);

    private static string FinishReason(ScriptStep step) => step.Calls.Length > 0 ? "tool_calls" : "stop";

    private static JsonObject Usage() => new() { ["prompt_tokens"] = 1200, ["completion_tokens"] = 30, ["total_tokens"] = 1230 };

    private static JsonObject Head(JsonObject body, string kind) => new() { ["id"] = "chatcmpl-1", ["object"] = kind, ["created"] = 1, ["model"] = Text(body, "model") };
}
