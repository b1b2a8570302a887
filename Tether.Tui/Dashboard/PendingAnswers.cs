using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Dashboard;

/// <summary>One answer that can still be taken back.</summary>
/// <param name="Item">What is answered.</param>
/// <param name="Request">How.</param>
/// <param name="DueAt">When it is sent, in milliseconds.</param>
internal sealed record PendingAnswer(QueueItem Item, AnswerRequest Request, long DueAt);

/// <summary>Answers to what could do little harm wait a moment before they are sent, so that they can be taken back. Belongs to the loop.</summary>
internal sealed class PendingAnswers
{
    public const int WaitMilliseconds = 2000;

    private const int Second = 1000;

    private readonly List<PendingAnswer> _waiting = [];

    public int Count => _waiting.Count;

    public PendingAnswer? Find(string item) => _waiting.Find(pending => pending.Item.Id == item);

    public void Add(QueueItem item, AnswerRequest request, long now) => _waiting.Add(new PendingAnswer(item, request, now + WaitMilliseconds));

    /// <summary>The newest one, which is not sent now; null when none waits.</summary>
    public PendingAnswer? TakeBack()
    {
        var newest = _waiting.LastOrDefault();
        _waiting.Remove(newest!);
        return newest;
    }

    /// <summary>Somebody else was first.</summary>
    /// <returns>False if none waits for that item.</returns>
    public bool Drop(string item) => _waiting.RemoveAll(pending => pending.Item.Id == item) > 0;

    /// <summary>Those whose moment has passed, or all of them; they wait no more.</summary>
    public List<PendingAnswer> Take(long now, bool isAll = false)
    {
        var due = _waiting.Where(pending => isAll || pending.DueAt <= now).ToList();
        _waiting.RemoveAll(due.Contains);
        return due;
    }

    /// <summary>Whole seconds that an answer still waits, rounded up; null for an item without one.</summary>
    public int? SecondsLeft(string item, long now) => Find(item) is { } pending ? Seconds(pending, now) : null;

    /// <summary>When something of it changes on the screen or is due; 0 for never.</summary>
    public long NextChangeAt(long now) => _waiting.Count == 0 ? 0
        : _waiting.Min(pending => pending.DueAt <= now ? now : pending.DueAt - ((Seconds(pending, now) - 1) * Second));

    private static int Seconds(PendingAnswer pending, long now) => (int)Math.Max(0, (pending.DueAt - now + Second - 1) / Second);
}
