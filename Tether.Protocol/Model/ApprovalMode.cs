using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>What a session's agent may do unasked, beyond what rules say. Rules that deny hold in every mode.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalMode>))]
public enum ApprovalMode
{
    /// <summary>0: everything that the agent asks for, and no rule allows, is asked.</summary>
    [JsonStringEnumMemberName("ask")] Ask = 0,

    /// <summary>1: edits of files inside the session's directory are allowed.</summary>
    [JsonStringEnumMemberName("edits")] AcceptEdits = 1,

    /// <summary>2: everything is allowed but what may never be. Only ever set by name.</summary>
    [JsonStringEnumMemberName("bypass")] Bypass = 2,
}
