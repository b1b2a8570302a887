using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>
/// The order in which the queue is shown: first what an agent stands still for, then what went wrong, then news; within these the oldest first. Only what is
/// new or over, and an item that is put off, changes it.
/// </summary>
internal static class QueueOrder
{
    public static IOrderedEnumerable<QueueItem> Sort(IEnumerable<QueueItem> items, DateTimeOffset now) => items
        .OrderBy(item => item.State is QueueState.Answered or QueueState.Closed)
        .ThenBy(item => item.SnoozedUntil > now)
        .ThenBy(Urgency)
        .ThenBy(item => item.AskedAt)
        .ThenBy(item => item.Id, StringComparer.Ordinal);

    private static int Urgency(QueueItem item) => item.Kind switch
    {
        QueueKind.Approval or QueueKind.Question or QueueKind.Plan or QueueKind.Dialog or QueueKind.Login => 0,
        QueueKind.Failed or QueueKind.Limit => 1,
        _ => 2,
    };
}
