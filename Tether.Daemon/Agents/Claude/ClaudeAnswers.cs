using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>Answers as Claude's PermissionRequest hook must print them.</summary>
internal static class ClaudeAnswers
{
    public static string? Write(JsonElement payload, Ask ask, QueueAnswer answer)
    {
        var decision = answer.Decision switch
        {
            QueueDecision.Allow => Allow(payload, answer),
            QueueDecision.Answer => new JsonObject { ["behavior"] = "allow", ["updatedInput"] = Answered(payload, ask, answer) },
            QueueDecision.Deny => new JsonObject { ["behavior"] = "deny", ["message"] = answer.Reason.Length > 0 ? answer.Reason : "The user said no.", ["interrupt"] = false },
            _ => null,
        };
        return decision is null ? null
            : new JsonObject { ["hookSpecificOutput"] = new JsonObject { ["hookEventName"] = "PermissionRequest", ["decision"] = decision } }.ToJsonString();
    }

    private static JsonObject Allow(JsonElement payload, QueueAnswer answer)
    {
        var decision = new JsonObject { ["behavior"] = "allow" };
        if (answer.Input is { } input)
        {
            decision["updatedInput"] = JsonNode.Parse(input);
        }

        if (ClaudeOffers.Find(payload, answer.Always) is { } suggestion)
        {
            decision["updatedPermissions"] = new JsonArray(Node(suggestion));
        }

        return decision;
    }

    // Claude wants its questions back, with the answers by their text; several labels of one question stand behind one another.
    private static JsonObject Answered(JsonElement payload, Ask ask, QueueAnswer answer)
    {
        var input = Node(payload.Member("tool_input")) as JsonObject ?? [];
        var answers = new JsonObject();
        foreach (var (question, chosen) in ask.Questions.Zip(answer.Answers))
        {
            answers[question.Text] = string.Join(", ", chosen);
        }

        input["answers"] = answers;
        return input;
    }

    private static JsonNode? Node(JsonElement json) => JsonNode.Parse(json.GetRawText());
}
