using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>An answer as a Codex app-server (0.169) takes it: the `result` of its request.</summary>
internal static class CodexReply
{
    /// <summary>Null when only the end of the turn says it: Codex knows no other no to its own questions.</summary>
    /// <param name="message">The request.</param>
    /// <param name="answer">What was decided.</param>
    /// <exception cref="DeliveryException">The answer does not fit the request.</exception>
    public static JsonObject? Of(JsonElement message, QueueAnswer answer)
    {
        var asked = message.Member("params");
        var isYes = answer.Decision is QueueDecision.Allow or QueueDecision.Answer;
        var isAlways = isYes && answer.Always == CodexRequest.Always;
        return message.Text("method") switch
        {
            "item/commandExecution/requestApproval" => Decision(
                !isYes ? "decline"
                : !isAlways ? "accept"
                : asked.Texts("proposedExecpolicyAmendment") is { Length: > 0 } amendment ? Amendment(amendment)
                : "acceptForSession"),
            CodexRequest.FileChange => Decision(!isYes ? "decline" : isAlways ? "acceptForSession" : "accept"),
            "item/permissions/requestApproval" => new JsonObject
            {
                ["permissions"] = isYes ? JsonNode.Parse(asked.Member("permissions").GetRawText()) : new JsonObject(),
                ["scope"] = isAlways ? "session" : "turn",
            },
            "item/tool/requestUserInput" => answer.Decision == QueueDecision.Answer ? Answers(asked, answer.Answers) : null,
            _ => !isYes ? new JsonObject { ["action"] = "decline" } : new JsonObject
            {
                ["action"] = "accept",
                ["content"] = CodexElicitation.Fill(asked, answer.Answers) ?? throw new DeliveryException("the answer does not fit what is asked for", mayComeBack: false),
            },
        };
    }

    private static JsonObject Decision(JsonNode decision) => new() { ["decision"] = decision };

    private static JsonObject Amendment(string[] words) => new()
    {
        ["acceptWithExecpolicyAmendment"] = new JsonObject { ["execpolicy_amendment"] = Texts(words) },
    };

    private static JsonObject Answers(JsonElement asked, string[][] answers)
    {
        var byQuestion = new JsonObject();
        foreach (var (question, index) in asked.Items("questions").Select((question, index) => (question, index)))
        {
            byQuestion[question.Text("id") ?? ""] = new JsonObject { ["answers"] = Texts(index < answers.Length ? answers[index] : []) };
        }

        return new JsonObject { ["answers"] = byQuestion };
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
