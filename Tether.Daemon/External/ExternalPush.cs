using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Approvals;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>One event of an agent's, read: what is logged of it, what its screen shows, and what it means for the agent's state.</summary>
/// <param name="Type">As it is logged.</param>
/// <param name="Data">As it is logged.</param>
/// <param name="Shown">What the screen shows; empty for nothing.</param>
/// <param name="State">The agent's state behind it; null when it says nothing of that.</param>
/// <param name="Detail">One line about the state.</param>
internal sealed record ExternalPush(string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Shown, AgentState? State, string Detail)
{
    /// <summary>The type of an event that tells what the agent says it is up to.</summary>
    public const string Status = "status";

    private const int LongestText = 1 << 20;
    private const string Statuses = "thinking, executing, running, awaiting_input, done or error";

    /// <exception cref="ApiError">It is none of an agent's events, or of another shape.</exception>
    public static ExternalPush Read(string type, JsonElement data) => data.ValueKind != JsonValueKind.Object
        ? throw ApiError.Invalid("data: a JSON object")
        : type switch
        {
            EventTypes.Output => Output(data),
            Status => OfStatus(data),
            EventTypes.Error => Error(data),
            _ => throw ApiError.Invalid($"type “{CleanText.Line(type, 40)}”: output, status, error or permission_request"),
        };

    private static ExternalPush Output(JsonElement data)
    {
        var text = Text(data, "text");
        var kind = data.Text("kind") ?? (data.Flag("is_final") || data.Flag("final") ? "final" : "step");
        if (kind is not ("step" or "final"))
        {
            throw ApiError.Invalid($"kind “{CleanText.Line(kind, 40)}”: step or final");
        }

        var metadata = data.Member("metadata");
        if (metadata.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object) || EventJson.IsTooDeep(metadata))
        {
            throw ApiError.Invalid("metadata: a JSON object, not nested deeper than 32 levels");
        }

        var logged = EventJson.Write(json =>
        {
            json.WriteString("text", text);
            json.WriteString("kind", kind);
            json.WriteBoolean("final", kind == "final");
            json.WriteString("stream", "combined");
            if (metadata.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName("metadata");
                json.WriteRawValue(metadata.GetRawText());
            }
        });
        return new ExternalPush(EventTypes.Output, logged, OutputText.Show(text, isPartial: data.Flag("partial")), null, "");
    }

    private static ExternalPush OfStatus(JsonElement data)
    {
        var status = Text(data, "status");
        var message = data.Text("message") ?? "";
        AgentState? state = status switch
        {
            "thinking" or "executing" or "running" => AgentState.Working,
            "awaiting_input" or "done" => AgentState.Waiting,
            "error" => AgentState.Failed,
            _ => throw ApiError.Invalid($"status “{CleanText.Line(status, 40)}”: {Statuses}"),
        };
        var logged = EventJson.Write(json =>
        {
            json.WriteString("status", status);
            json.WriteString("message", message);
        });
        return new ExternalPush(Status, logged, default, state, message.Length > 0 ? message : status is "thinking" or "executing" ? status : "");
    }

    private static ExternalPush Error(JsonElement data)
    {
        var message = Text(data, "message");
        var code = data.Text("code") ?? "AGENT_ERROR";
        var logged = EventJson.Write(json =>
        {
            json.WriteString("code", code);
            json.WriteString("message", message);
        });
        return new ExternalPush(EventTypes.Error, logged, OutputText.Show($"\e[31m{OutputText.Clean(message)}"), AgentState.Failed, message);
    }

    private static string Text(JsonElement data, string name) => data.Text(name) switch
    {
        null => throw ApiError.Invalid($"data.{name}: a text"),
        { Length: > LongestText } text => throw new ApiError(413, ApiError.TooLarge, $"data.{name}: {text.Length} characters; at most {LongestText}"),
        var text => text,
    };
}
