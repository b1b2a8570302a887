using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>Where a session is in its life. It only ever moves downwards in this list.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionState>))]
public enum SessionState
{
    /// <summary>Its program runs and its pty is held.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>Its program ended; code or signal are known unless the keeper that could reap it was killed.</summary>
    [JsonStringEnumMemberName("exited")] Exited,

    /// <summary>Its pty is proven gone without an exit having been seen (keeper and daemon killed, machine rebooted).</summary>
    [JsonStringEnumMemberName("lost")] Lost,
}
