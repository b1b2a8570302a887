using System.Text;
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
    /// <summary>The UTF-8 JSON of a message, its `type` first.</summary>
    public static byte[] Encode(Message message)
    {
        var name = MessageTypes.NameOf(message);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, Default.GetTypeInfo(message.GetType())!);
        var isEmpty = body.Length == 2;
        var json = new byte[Opening.Length + name.Length + 1 + (isEmpty ? 1 : body.Length)];
        Opening.CopyTo(json);
        var at = Opening.Length + Encoding.ASCII.GetBytes(name, json.AsSpan(Opening.Length));
        json[at++] = (byte)'"';
        json[at] = (byte)(isEmpty ? '}' : ',');
        if (!isEmpty)
        {
            body.AsSpan(1).CopyTo(json.AsSpan(at + 1));
        }

        return json;
    }

    /// <summary>The message that a JSON text holds.</summary>
    /// <exception cref="JsonException">It is no JSON, names no known type, or lacks a required member.</exception>
    public static Message Decode(ReadOnlySpan<byte> utf8) =>
        (Message?)JsonSerializer.Deserialize(utf8, Default.GetTypeInfo(MessageTypes.Of(utf8))!) ?? throw new JsonException("null is not a message");

    private static ReadOnlySpan<byte> Opening => "{\"type\":\""u8;
}
