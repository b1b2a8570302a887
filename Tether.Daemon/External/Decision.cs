using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>What came of a request, as the agent is told.</summary>
internal static class Decision
{
    /// <summary>The data of a `permission_resolved` event.</summary>
    public static ReadOnlyMemory<byte> Of(QueueItem item) => EventData.Of(json =>
    {
        var answer = item.Answer;
        json.WriteString("request_id", item.Id);
        json.WriteString("resolved_by", answer?.By switch
        {
            "rule" or "mode" or "timeout" => answer.By,
            "agent" or null => "cancelled",
            _ => "user",
        });
        json.WriteBoolean("allowed", answer?.Decision is QueueDecision.Allow or QueueDecision.Answer);
        json.WriteString("decision", answer?.Decision switch
        {
            QueueDecision.Allow => "allow",
            QueueDecision.Deny => "deny",
            QueueDecision.Answer => "answer",
            _ => "dismiss",
        });
        json.WriteString("message", answer?.Reason ?? "");
        json.WriteString("by", answer?.By ?? "");
        json.WriteString("surface", answer?.Surface ?? "");
        if (answer is { Decision: QueueDecision.Answer })
        {
            WriteAnswers(json, answer.Answers);
        }

        if (answer?.Input is { } input)
        {
            json.WritePropertyName("updated_input");
            json.WriteRawValue(input);
        }
    });

    /// <summary>The same, read.</summary>
    public static JsonElement Read(QueueItem item) => JsonElement.Parse(Of(item).Span);

    private static void WriteAnswers(Utf8JsonWriter json, string[][] answers)
    {
        json.WriteStartArray("answers");
        foreach (var answer in answers)
        {
            json.WriteStartArray();
            foreach (var one in answer)
            {
                json.WriteStringValue(one);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
