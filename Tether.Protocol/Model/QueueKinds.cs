using System.Text.Json.Serialization;

namespace Tether.Protocol.Model;

/// <summary>Why an item stands in the queue, the most urgent first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueueKind>))]
public enum QueueKind
{
    [JsonStringEnumMemberName("approval")] Approval,
    [JsonStringEnumMemberName("question")] Question,
    [JsonStringEnumMemberName("plan")] Plan,

    /// <summary>A dialog of the agent that is none of the above: trust this folder, choose a model.</summary>
    [JsonStringEnumMemberName("dialog")] Dialog,
    [JsonStringEnumMemberName("login")] Login,
    [JsonStringEnumMemberName("failed")] Failed,
    [JsonStringEnumMemberName("limit")] Limit,

    /// <summary>It finished its turn and nobody has looked.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>Its program ended.</summary>
    [JsonStringEnumMemberName("exited")] Exited,
}

/// <summary>How far an item is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueueState>))]
public enum QueueState
{
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>An answer was taken and is on its way to the agent.</summary>
    [JsonStringEnumMemberName("answering")] Answering,

    /// <summary>An answer reached the agent.</summary>
    [JsonStringEnumMemberName("answered")] Answered,

    /// <summary>It is over without an answer from here: settled in the agent's own prompt, withdrawn, or the session ended.</summary>
    [JsonStringEnumMemberName("closed")] Closed,
}

/// <summary>How an answer gets to the agent.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerWay>))]
public enum AnswerWay
{
    /// <summary>Over the agent's own hook or protocol.</summary>
    [JsonStringEnumMemberName("protocol")] Protocol,

    /// <summary>As one key into the agent's own prompt, after the same prompt was found on the screen.</summary>
    [JsonStringEnumMemberName("keys")] Keys,

    /// <summary>Only by a person in the session's terminal.</summary>
    [JsonStringEnumMemberName("terminal")] Terminal,

    /// <summary>Nothing to answer: it can be dismissed.</summary>
    [JsonStringEnumMemberName("none")] None,
}

/// <summary>What was decided.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueueDecision>))]
public enum QueueDecision
{
    [JsonStringEnumMemberName("allow")] Allow,
    [JsonStringEnumMemberName("deny")] Deny,

    /// <summary>A question was answered.</summary>
    [JsonStringEnumMemberName("answer")] Answer,

    /// <summary>It needs nobody any more.</summary>
    [JsonStringEnumMemberName("dismiss")] Dismiss,
}

/// <summary>What a policy says of a request; the graver wins.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyVerdict>))]
public enum PolicyVerdict
{
    [JsonStringEnumMemberName("allow")] Allow,
    [JsonStringEnumMemberName("ask")] Ask,
    [JsonStringEnumMemberName("deny")] Deny,
}

/// <summary>How much harm a mistaken yes could do. A low one may be taken back for two seconds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RiskLevel>))]
public enum RiskLevel
{
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("medium")] Medium,
    [JsonStringEnumMemberName("high")] High,
}

/// <summary>What a <see cref="CommandMark"/> warns of.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MarkKind>))]
public enum MarkKind
{
    /// <summary>A path outside the session's directory.</summary>
    [JsonStringEnumMemberName("outside")] Outside,

    /// <summary>Something that goes to, or comes from, the network.</summary>
    [JsonStringEnumMemberName("network")] Network,

    /// <summary>A file that usually holds secrets.</summary>
    [JsonStringEnumMemberName("secret")] Secret,

    /// <summary>Files or history would be deleted or overwritten.</summary>
    [JsonStringEnumMemberName("deletion")] Deletion,

    /// <summary>Another user's rights: sudo, su, doas, setuid.</summary>
    [JsonStringEnumMemberName("privilege")] Privilege,

    /// <summary>Text that is carried out as a program: `curl | sh`, `eval`, `bash -c`.</summary>
    [JsonStringEnumMemberName("code")] Code,

    /// <summary>A part that could not be read.</summary>
    [JsonStringEnumMemberName("unreadable")] Unreadable,
}
