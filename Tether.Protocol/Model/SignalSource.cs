using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>Where a sign of an agent's state comes from, the most trustworthy first: of those that are fresh, the first one decides.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignalSource>))]
public enum SignalSource
{
    /// <summary>The agent's own protocol: an API that the daemon is connected to.</summary>
    [JsonStringEnumMemberName("protocol")] Protocol,

    /// <summary>A hook or extension that runs inside the agent.</summary>
    [JsonStringEnumMemberName("hook")] Hook,

    /// <summary>OSC 7501, program status.</summary>
    [JsonStringEnumMemberName("program-status")] ProgramStatus,

    /// <summary>The title (OSC 0/2).</summary>
    [JsonStringEnumMemberName("title")] Title,

    /// <summary>OSC 9;4, progress.</summary>
    [JsonStringEnumMemberName("progress")] Progress,

    /// <summary>OSC 133, the marks of a shell's dialogue.</summary>
    [JsonStringEnumMemberName("prompt")] Prompt,

    /// <summary>OSC 9, 777 or 99, a notification.</summary>
    [JsonStringEnumMemberName("notification")] Notification,

    /// <summary>A rule over what the emulated screen shows.</summary>
    [JsonStringEnumMemberName("screen")] Screen,

    /// <summary>What the kernel tells of the program's processes.</summary>
    [JsonStringEnumMemberName("process")] Process,
}
