using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>A decision as the audit log keeps it, and as those hear it who come too late.</summary>
internal static class DecisionText
{
    /// <summary>The surface of what the policy decided.</summary>
    public const string RuleSurface = "rule";

    /// <summary>The surface of what was settled in the agent's own prompt, or by its end.</summary>
    public const string TerminalSurface = "terminal";

    /// <summary>The surface of what was denied because nobody answered in time.</summary>
    public const string TimeoutSurface = "timeout";

    /// <summary>The surface of what the audit log says of itself.</summary>
    public const string AuditSurface = "audit";

    /// <summary>How receipts begin of what its agent never heard.</summary>
    public const string NotDelivered = "not delivered: ";

    /// <summary>What the policy answers where its verdict is not to ask.</summary>
    public static QueueAnswer ByPolicy(PolicyNote note, DateTimeOffset now) => new()
    {
        Decision = note.Verdict == PolicyVerdict.Allow ? QueueDecision.Allow : QueueDecision.Deny,
        By = note.Rule is null ? "mode" : "rule",
        Surface = RuleSurface,
        At = now,
        Reason = note.Verdict == PolicyVerdict.Deny ? note.Why : "",
        Rule = note.Rule,
    };

    /// <summary>Number and hashes are the log's to give.</summary>
    public static AuditEntry EntryOf(QueueItem item, QueueAnswer answer) => new()
    {
        Number = 0,
        At = answer.At,
        Session = item.Session,
        Agent = item.Agent,
        Item = item.Id,
        Kind = item.Kind,
        Tool = item.Tool,
        ToolClass = item.ToolClass,
        Title = item.Title,
        Command = answer is { Decision: QueueDecision.Allow, Input: { } changed } ? $"{item.Command} (changed to {changed})" : item.Command,
        Directory = item.Directory,
        Paths = [.. (item.Facts?.Paths ?? []).Concat(item.Edits.Select(edit => edit.Path)).Distinct()],
        Decision = answer.Decision,
        By = answer.By,
        Surface = answer.Surface,
        Reason = answer.Reason.Length > 0 ? answer.Reason : string.Join("; ", answer.Answers.Select(one => string.Join(", ", one))),
        Rule = answer.Rule,
        Receipt = answer.Receipt,
    };

    public static RequestError AlreadyAnswered(QueueItem item)
    {
        var answer = item.Answer;
        var what = answer is null ? "is over" : $"was settled: {Words(answer.Decision)} by {answer.By} ({answer.Surface}) at {answer.At.ToLocalTime():HH:mm:ss}";
        return new RequestError(ErrorCode.AlreadyAnswered, $"“{item.Title}” {what}{(answer is { Reason.Length: > 0 } ? $" — {answer.Reason}" : "")}");
    }

    private static string Words(QueueDecision decision) => decision switch
    {
        QueueDecision.Allow => "allowed",
        QueueDecision.Deny => "denied",
        QueueDecision.Answer => "answered",
        _ => "closed",
    };
}
