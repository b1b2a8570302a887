using Tether.Protocol.Model;
using Tether.Tui.Output;

namespace Tether.Tui.Commands.Queue;

/// <summary>Items of the queue in words.</summary>
internal static class QueueText
{
    /// <summary>As much of an id as tells it from the others, and at least six characters.</summary>
    public static string ShortId(QueueItem item, IEnumerable<QueueItem> among)
    {
        const int Least = 6;
        var length = Least;
        foreach (var other in among)
        {
            while (other.Id != item.Id && length < item.Id.Length && other.Id.StartsWith(item.Id[..length], StringComparison.Ordinal))
            {
                length++;
            }
        }

        return item.Id[..length];
    }

    public static string Kind(QueueItem item) => item.Kind switch
    {
        QueueKind.Approval => "approval",
        QueueKind.Question => "question",
        QueueKind.Plan => "plan",
        QueueKind.Dialog => "dialog",
        QueueKind.Login => "login",
        QueueKind.Failed => "failed",
        QueueKind.Limit => "limit",
        QueueKind.Done => "done",
        _ => "exited",
    };

    /// <summary>What became of an item, or what can be done with it.</summary>
    public static string State(QueueItem item, DateTimeOffset now) => item switch
    {
        { State: QueueState.Open, Way: AnswerWay.Terminal } => "in the terminal",
        { State: QueueState.Open, SnoozedUntil: { } until } when until > now => $"put off {SessionText.Age(until - now)}",
        { State: QueueState.Open } => "open",
        { State: QueueState.Answering } => "on its way",
        { Answer: { Decision: QueueDecision.Dismiss, Reason.Length: > 0 } answer } => $"closed: {answer.Reason}",
        { Answer: { Surface: "terminal" } answer } => $"{Decision(answer)} in the terminal",
        { Answer: { } answer } => $"{Decision(answer)} by {answer.By}",
        _ => "over",
    };

    public static string Decision(QueueAnswer answer) => answer.Decision switch
    {
        QueueDecision.Allow => "allowed",
        QueueDecision.Deny => "denied",
        QueueDecision.Answer => "answered",
        _ => "closed",
    };

    /// <summary>One sentence on what became of an answer.</summary>
    public static string Outcome(QueueItem item) => item switch
    {
        { State: QueueState.Answering } => "taken, and on its way; the agent has not come back for it yet",
        { Answer: { } answer } => (answer.Receipt.Length > 0 ? $"{Decision(answer)}, {answer.Receipt}" : Decision(answer)) + Untold(item, answer),
        _ => "open",
    };

    private static string Untold(QueueItem item, QueueAnswer answer) =>
        answer is { Decision: QueueDecision.Deny, Reason.Length: > 0 } && !item.TakesReason ? $"; {item.Agent} takes no reason here: only the audit log has it" : "";

    /// <summary>All of an item that a person needs to decide, over many lines.</summary>
    public static IEnumerable<string> Lines(QueueItem item)
    {
        yield return $"{item.Id}  {Kind(item)} of {item.Agent} in session {item.Session}{(item.SubAgent is { } sub ? $" ({sub})" : "")}";
        yield return $"  {item.Title}";
        yield return $"  in {SessionText.ShortDirectory(item.Directory)}{(item.Branch is { } branch ? $" on {branch}" : "")}";
        foreach (var line in Block(item.Command is { } command && command != item.Title ? command : "").Concat(Block(item.Detail)))
        {
            yield return line;
        }

        foreach (var edit in item.Edits)
        {
            yield return $"  {(edit.IsNew ? "new file" : edit.IsDeletion ? "delete" : "edit")} {edit.Path}";
            foreach (var line in Block(edit.Diff))
            {
                yield return line;
            }
        }

        foreach (var mark in item.Facts?.Marks ?? [])
        {
            yield return $"  ! {mark.Kind.ToString().ToLowerInvariant()}: {mark.Text}";
        }

        for (var i = 0; i < item.Questions.Length; i++)
        {
            var question = item.Questions[i];
            yield return $"  {(item.Questions.Length > 1 ? $"{i + 1}. " : "")}{question.Text}{(question.Multiple ? " (one or more)" : "")}";
            for (var j = 0; j < question.Options.Length; j++)
            {
                var option = question.Options[j];
                yield return $"     {j + 1}  {option.Label}{(option.Description.Length > 0 ? $" — {option.Description}" : "")}";
            }
        }

        if (item.Policy is { } policy)
        {
            yield return $"  policy: {policy.Why}{(policy.Rule is { } rule ? $" ({rule})" : "")}";
        }

        if (item.Before is { } before)
        {
            yield return $"  before: allowed {before.Allowed}×, denied {before.Denied}×, the last time {(before.Decision == QueueDecision.Allow ? "allowed" : "denied")}";
        }

        foreach (var offer in item.Always)
        {
            yield return $"  --always {offer.Id}: {offer.Text}";
        }
    }

    private static IEnumerable<string> Block(string text) =>
        text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').Select(line => $"    {line}");
}
