using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>What the agent of a session is up to, as far as the daemon knows; `tether explain` tells why it thinks so.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentState>))]
public enum AgentState
{
    /// <summary>Nothing has told anything yet, or the program is none that is known.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Its program has been started and cannot be typed to yet.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    [JsonStringEnumMemberName("working")] Working,

    /// <summary>It stands still until somebody allows or denies something.</summary>
    [JsonStringEnumMemberName("needs-approval")] NeedsApproval,

    /// <summary>It stands still until somebody answers a question: a choice, a plan to confirm, whether a folder is trusted.</summary>
    [JsonStringEnumMemberName("needs-answer")] NeedsAnswer,

    /// <summary>It waits for a prompt, and what it did before has been seen.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>It has finished what it was told to do, and nobody has looked since.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>The account's limit is reached; <see cref="AgentStatus.Until"/> says until when, where that is known.</summary>
    [JsonStringEnumMemberName("limit")] LimitReached,

    /// <summary>It cannot go on before somebody logs in.</summary>
    [JsonStringEnumMemberName("login")] LoginNeeded,

    /// <summary>What it was doing ended with an error.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Its program has ended.</summary>
    [JsonStringEnumMemberName("exited")] Exited,

    /// <summary>Its program is gone and nobody saw how it ended.</summary>
    [JsonStringEnumMemberName("lost")] Lost,
}
