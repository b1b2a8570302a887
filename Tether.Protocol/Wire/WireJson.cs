using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tether.Protocol.Wire;

/// <summary>The JSON form of every message: camel case, nulls left out, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Model.SessionRecord))]
[JsonSerializable(typeof(Model.SessionRecord[]))]
[JsonSerializable(typeof(Model.ViewerRecord[]))]
[JsonSerializable(typeof(Model.AgentStatus))]
[JsonSerializable(typeof(Model.QueueItem))]
[JsonSerializable(typeof(Model.QueueItem[]))]
[JsonSerializable(typeof(Model.AuditEntry))]
[JsonSerializable(typeof(Model.PolicyRule[]))]
[JsonSerializable(typeof(Model.ExternalSession[]))]
[JsonSerializable(typeof(Model.TranscriptEntry[]))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The UTF-8 JSON of a message.</summary>
    public static byte[] Encode(Message message) => JsonSerializer.SerializeToUtf8Bytes(message, Default.Message);

    /// <summary>The message that a JSON text holds.</summary>
    /// <exception cref="JsonException">It is no JSON, names no known type, or lacks a required member.</exception>
    public static Message Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Default.Message) ?? throw new JsonException("null is not a message");
        }
        catch (NotSupportedException e)
        {
            // No `type` at all.
            throw new JsonException("it has no `type`.", e);
        }
    }
}
