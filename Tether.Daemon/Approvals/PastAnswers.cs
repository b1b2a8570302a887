using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What people answered to which shape. Filled from what is kept when it is first asked. Guarded by the queue's lock.</summary>
internal sealed class PastAnswers(Func<IEnumerable<QueueItem>> kept)
{
    private Dictionary<string, PastAnswer>? _byShape;

    /// <summary>Reads what is kept, if nobody has: outside of any lock, for it waits for the disk.</summary>
    public void Load()
    {
        if (_byShape is null)
        {
            var loaded = new Dictionary<string, PastAnswer>();
            foreach (var item in kept())
            {
                Count(loaded, item);
            }

            Interlocked.CompareExchange(ref _byShape, loaded, null);
        }
    }

    public PastAnswer? Find(QueueItem item) => QueueShape.Of(item) is { } shape ? _byShape?.GetValueOrDefault(shape) : null;

    public void Add(QueueItem item)
    {
        if (_byShape is { } known)
        {
            Count(known, item);
        }
    }

    private static void Count(Dictionary<string, PastAnswer> byShape, QueueItem item)
    {
        if (item.Answer is not { Decision: QueueDecision.Allow or QueueDecision.Deny, Surface: not "rule" } answer || QueueShape.Of(item) is not { } shape)
        {
            return;
        }

        var known = byShape.GetValueOrDefault(shape);
        var isNewer = known is null || answer.At >= known.At;
        byShape[shape] = new PastAnswer
        {
            Decision = isNewer ? answer.Decision : known!.Decision,
            At = isNewer ? answer.At : known!.At,
            Reason = isNewer ? answer.Reason : known!.Reason,
            Allowed = (known?.Allowed ?? 0) + (answer.Decision == QueueDecision.Allow ? 1 : 0),
            Denied = (known?.Denied ?? 0) + (answer.Decision == QueueDecision.Deny ? 1 : 0),
        };
    }
}
