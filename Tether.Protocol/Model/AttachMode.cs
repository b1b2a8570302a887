using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>What an attached client may do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttachMode>))]
public enum AttachMode
{
    /// <summary>Types and decides the size. One at a time.</summary>
    [JsonStringEnumMemberName("control")] Control,

    /// <summary>Sees. Never types, never resizes.</summary>
    [JsonStringEnumMemberName("observe")] Observe,
}
