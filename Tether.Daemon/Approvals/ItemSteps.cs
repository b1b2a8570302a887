using Tether.Daemon.Server;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>
/// What happens to an item. Each step is kept and told to everybody; each end but that by an answer from here, which stands in the audit log already, is
/// written down. Guarded by the queue's lock.
/// </summary>
internal sealed class ItemSteps(QueueTable table, IQueueHost host, IAuditLog audit, PastAnswers past)
{
    private const string Agent = "agent";

    /// <summary>Called whenever an item is over without an answer from here, with its question's key.</summary>
    public Action<string, string>? Withdrawn { get; set; }

    /// <summary>Called once for each item that waits for a person.</summary>
    public Action<QueueItem>? Arrived { get; set; }

    /// <summary>Closes an item that is not over, once it is known that no answer from here reaches it any more.</summary>
    public void CloseUnlessAnswered(QueueEntry entry, string reason, QueueDecision? decision, string by = Agent)
    {
        if (entry.IsDelivering)
        {
            entry.CloseInstead = () => CloseOne(entry, reason, decision, by);
        }
        else if (!entry.IsOver)
        {
            CloseOne(entry, reason, decision, by);
        }
    }

    /// <summary>It waits for a person, who hears of it once.</summary>
    public void Announce(QueueEntry entry)
    {
        if (!entry.IsAnnounced)
        {
            entry.IsAnnounced = true;
            Arrived?.Invoke(entry.Item);
        }
    }

    /// <summary>The answer that was taken did not reach the agent: somebody must answer again.</summary>
    public void Reopen(QueueEntry entry, string why)
    {
        var answer = entry.Item.Answer;
        Changed(entry, entry.Item with { State = QueueState.Open, Answer = null });
        Finish(entry, awaited => awaited.TrySetException(new RequestError(
            ErrorCode.AnswerInTerminal, $"the answer did not reach {entry.Item.Agent}: {why}. The question is open again")));
        if (answer is not null)
        {
            _ = audit.Append(DecisionText.EntryOf(entry.Item, answer with { Receipt = DecisionText.NotDelivered + why }));
        }
    }

    /// <summary>It is over without an answer from here.</summary>
    public void CloseOne(QueueEntry entry, string reason, QueueDecision? decision, string by = Agent)
    {
        var taken = entry.Item.Answer;
        var answer = taken is not null
            ? taken with { Receipt = DecisionText.NotDelivered + reason }
            : new QueueAnswer { Decision = decision ?? QueueDecision.Dismiss, By = by, Surface = by == Agent ? DecisionText.TerminalSurface : by, At = host.Clock.GetUtcNow(), Reason = reason };
        Settle(entry, QueueState.Closed, answer);
        Withdrawn?.Invoke(entry.Item.Session, entry.Key);
    }

    /// <summary>It is over.</summary>
    public void Settle(QueueEntry entry, QueueState state, QueueAnswer answer)
    {
        Changed(entry, entry.Item with { State = state, Answer = answer, SnoozedUntil = null });
        past.Add(entry.Item);
        entry.SettledAt = host.Clock.GetUtcNow();

        // What was answered here was recorded before its agent heard of it.
        if (state == QueueState.Closed && entry.Item.Way != AnswerWay.None)
        {
            _ = audit.Append(DecisionText.EntryOf(entry.Item, answer));
        }

        Finish(entry, awaited => awaited.TrySetResult(entry.Item));
    }

    /// <summary>Tells the client that answered what came of it.</summary>
    public static void Finish(QueueEntry entry, Action<TaskCompletionSource<QueueItem>> end)
    {
        if (entry.Awaited is { } awaited)
        {
            entry.Awaited = null;
            end(awaited);
        }
    }

    /// <summary>It is another now: kept, and told to everybody.</summary>
    public void Changed(QueueEntry entry, QueueItem item)
    {
        entry.Item = item;
        if (entry.IsOver)
        {
            table.Over(entry);
        }

        host.Save(new StoredItem(item, entry.Key, entry.Correlation));
        host.Publish(item);
    }
}
