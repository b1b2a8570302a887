using System.Collections.Concurrent;
using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Events;

/// <summary>
/// Logs what agents ask as `permission_request`, once, and how it ended as `permission_resolved`, once. Items that only tell something (done, failed …) are
/// told by the session's state. Called under the queue's lock.
/// </summary>
internal sealed class ItemEvents(IEventLog log, TimeProvider clock)
{
    // A tool's input can be a whole file; the item in the queue has all of it.
    private const int MostInput = 64 * 1024;

    private readonly ConcurrentDictionary<string, bool> _open = [];

    /// <summary>An earlier daemon has told that it is asked.</summary>
    public void Know(QueueItem item) => _open[item.Id] = true;

    public void Published(QueueItem item)
    {
        if (item.Kind is not (QueueKind.Approval or QueueKind.Question or QueueKind.Plan or QueueKind.Dialog))
        {
            return;
        }

        var isOver = item.State is QueueState.Answered or QueueState.Closed;
        if (_open.TryAdd(item.Id, true))
        {
            log.Post(item.Session, clock.GetUtcNow(), EventTypes.PermissionRequest, Request(item));
        }

        if (isOver)
        {
            _open.TryRemove(item.Id, out _);
            log.Post(item.Session, clock.GetUtcNow(), EventTypes.PermissionResolved, Resolution(item));
        }
    }

    private static byte[] Request(QueueItem item) => EventJson.Write(json =>
    {
        json.WriteString("request_id", item.Id);
        json.WriteString("kind", item.Kind.ToString().ToLowerInvariant());
        json.WriteString("title", item.Title);
        json.WriteString("tool_name", item.Tool ?? item.Kind.ToString().ToLowerInvariant());
        json.WritePropertyName("tool_input");
        WriteInput(json, item);
        if (item.Detail.Length > 0)
        {
            json.WriteString("description", item.Detail);
        }

        if (item.Questions.Length > 0)
        {
            WriteOptions(json, "options", item.Questions[0].Options);
            json.WriteStartArray("questions");
            foreach (var question in item.Questions)
            {
                json.WriteStartObject();
                json.WriteString("question", question.Text);
                json.WriteString("header", question.Header);
                WriteOptions(json, "options", question.Options);
                json.WriteBoolean("multiple", question.Multiple);
                json.WriteBoolean("free_text", question.FreeText);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    });

    /// <summary>The data of an item's `permission_resolved`.</summary>
    public static byte[] Resolution(QueueItem item) => EventJson.Write(json =>
    {
        var answer = item.Answer;
        json.WriteString("request_id", item.Id);
        json.WriteString("resolved_by", ResolvedBy(item));
        json.WriteBoolean("allowed", answer?.Decision is QueueDecision.Allow or QueueDecision.Answer);
        json.WriteString("decision", (answer?.Decision ?? QueueDecision.Dismiss).ToString().ToLowerInvariant());
        json.WriteString("message", answer?.Reason ?? "");
        json.WriteString("by", answer?.By ?? "");
        json.WriteString("surface", answer?.Surface ?? "");
        if (answer is { Answers.Length: > 0 })
        {
            json.WriteStartArray("answers");
            foreach (var chosen in answer.Answers)
            {
                json.WriteStartArray();
                Array.ForEach(chosen, json.WriteStringValue);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        if (answer?.Input is { } input)
        {
            json.WritePropertyName("updated_input");
            WriteJson(json, input);
        }
    });

    private static string ResolvedBy(QueueItem item) => item.Answer switch
    {
        { By: "rule" } => "rule",
        { By: "mode" } => "mode",
        { By: "timeout" } => "timeout",
        { Reason: var reason, By: "agent" } when reason.StartsWith("timeout", StringComparison.OrdinalIgnoreCase) => "timeout",
        { By: "agent", Decision: QueueDecision.Dismiss } or null => "cancelled",
        { By: "agent" } => "agent",
        _ when item.State == QueueState.Closed => "cancelled",
        _ => "user",
    };

    private static void WriteOptions(Utf8JsonWriter json, string name, QueueOption[] options)
    {
        json.WriteStartArray(name);
        foreach (var option in options)
        {
            json.WriteStartObject();
            json.WriteString("label", option.Label);
            json.WriteString("description", option.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteInput(Utf8JsonWriter json, QueueItem item)
    {
        if (item.Input is { Length: <= MostInput } input)
        {
            WriteJson(json, input);
            return;
        }

        json.WriteStartObject();
        if (item.Command is { Length: <= MostInput } command)
        {
            json.WriteString("command", command);
        }

        if (item.Input is not null)
        {
            json.WriteBoolean("truncated", true);
        }

        json.WriteEndObject();
    }

    // An agent's word for JSON is checked, and stays as it is: what is none is text.
    private static void WriteJson(Utf8JsonWriter json, string text)
    {
        try
        {
            json.WriteRawValue(text);
        }
        catch (JsonException)
        {
            json.WriteStringValue(text);
        }
    }
}
