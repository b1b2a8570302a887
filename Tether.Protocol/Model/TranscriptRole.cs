using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>Whose an entry of a transcript is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TranscriptRole>))]
public enum TranscriptRole
{
    [JsonStringEnumMemberName("user")] User,
    [JsonStringEnumMemberName("assistant")] Assistant,
    [JsonStringEnumMemberName("thinking")] Thinking,

    /// <summary>A tool is called; the text is its input in a readable form.</summary>
    [JsonStringEnumMemberName("tool")] Tool,

    /// <summary>What the tool brought.</summary>
    [JsonStringEnumMemberName("result")] Result,
    [JsonStringEnumMemberName("system")] System,
}
