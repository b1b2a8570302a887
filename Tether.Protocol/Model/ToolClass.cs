using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>What a tool of an agent does, whatever the agent calls it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToolClass>))]
public enum ToolClass
{
    [JsonStringEnumMemberName("other")] Other,

    /// <summary>Runs a shell command.</summary>
    [JsonStringEnumMemberName("command")] Command,

    /// <summary>Writes, patches, moves or deletes files.</summary>
    [JsonStringEnumMemberName("edit")] Edit,

    /// <summary>Reads or searches files.</summary>
    [JsonStringEnumMemberName("read")] Read,

    /// <summary>Asks the network: fetches a page, searches the web.</summary>
    [JsonStringEnumMemberName("network")] Network,

    /// <summary>A question to the person. Never answered by a rule.</summary>
    [JsonStringEnumMemberName("question")] Question,

    /// <summary>The end of planning. Never answered by a rule.</summary>
    [JsonStringEnumMemberName("plan")] Plan,

    /// <summary>Starts another agent. Never answered by a rule.</summary>
    [JsonStringEnumMemberName("sub-agent")] SubAgent,
}
