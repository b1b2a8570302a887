using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>
/// Answers on their way to the daemon: what could do little harm waits before it is sent, what became of an answer is said, and so is who was first.
/// </summary>
internal sealed class AnswerSending(DashboardContext context, AttentionActions attention)
{
    private const string Surface = "dashboard";

    // Sent, and the daemon has not said yet what became of it.
    private readonly Dictionary<string, QueueItem> _sent = [];
    private readonly Dictionary<string, QueueItem> _doubtful = [];

    // The person was told that these cannot be sent, and leaves all the same.
    private bool _hasWarned;
    private long _nextSecond;

    private DashboardState State => context.State;

    /// <summary>When <see cref="Advance"/> has something to do; 0 for never.</summary>
    public long NextChangeAt => context.Link.IsLost ? 0 : State.Answers.NextChangeAt(context.Host.Milliseconds);

    /// <summary>Sends an answer, or has it wait where there is time to take it back.</summary>
    public void Answer(QueueItem item, AnswerRequest request)
    {
        if (item.Facts is { Risk: RiskLevel.Low })
        {
            State.Answers.Add(item, request, context.Host.Milliseconds);
            attention.GoOn();
        }
        else
        {
            Send(item, request);
        }
    }

    /// <summary>Sends an answer now.</summary>
    public void Send(QueueItem item, AnswerRequest request)
    {
        _sent[item.Id] = item;
        context.Link.Ask<ItemReply>(
            request with { Surface = Surface },
            reply =>
            {
                _sent.Remove(item.Id);
                Take(reply);
                context.Say(Receipt(reply.Item));
            },
            refusal =>
            {
                _sent.Remove(item.Id);
                context.Say(refusal);
            });
        if (attention.Chosen?.Key == item.Id)
        {
            attention.GoOn();
        }
    }

    /// <summary>What the daemon says of an item.</summary>
    public void Take(ItemReply reply)
    {
        context.Fleet.Take(reply.Item, context.Now);
        State.IsDirty = true;
    }

    /// <summary>Sends what has waited long enough.</summary>
    public void Advance()
    {
        if (!context.Link.IsLost)
        {
            foreach (var (item, request, _) in State.Answers.Take(context.Host.Milliseconds))
            {
                Send(item, request);
            }
        }

        // The seconds that are left have changed.
        var next = State.Answers.NextChangeAt(context.Host.Milliseconds);
        State.IsDirty |= next != _nextSecond;
        _nextSecond = next;
    }

    /// <summary>All that waits is sent now: the person leaves, or cannot see it count down.</summary>
    /// <returns>False when it cannot be, and the person was not told so before.</returns>
    public bool SendAll()
    {
        if (context.Link.IsLost && State.Answers.Count > 0)
        {
            if (!_hasWarned)
            {
                context.Say($"the daemon is gone: {Count(State.Answers.Count)} cannot be sent; once more leaves without");
            }

            (var isTold, _hasWarned) = (_hasWarned, true);
            return isTold;
        }

        foreach (var (item, request, _) in State.Answers.Take(context.Host.Milliseconds, isAll: true))
        {
            Send(item, request);
        }

        return true;
    }

    /// <summary>The connection is gone: nobody will say what became of what was sent.</summary>
    public void Lost()
    {
        foreach (var (id, item) in _sent)
        {
            _doubtful[id] = item;
        }

        _sent.Clear();
    }

    /// <summary>The whole queue has come over a new connection.</summary>
    public void Listed()
    {
        var open = _doubtful.Keys.Where(id => context.Fleet.Queue.Find(id) is { State: QueueState.Open }).ToList();
        if (open.Count > 0)
        {
            context.Say($"{Count(open.Count)} did not reach the daemon before it went: {_doubtful[open[0]].Title} is still open");
        }

        _hasWarned = false;
        _doubtful.Clear();
    }

    /// <summary>An item has changed. Somebody else's answer to what the person is busy with is told him.</summary>
    public void Changed(QueueItem? before, QueueItem item)
    {
        if (item.State == QueueState.Open || _sent.ContainsKey(item.Id))
        {
            return;
        }

        var wasPending = State.Answers.Drop(item.Id);
        var wasInDialog = State.PopupItem == item.Id;
        if (wasInDialog)
        {
            (State.Popup, State.PopupItem, State.Confirmed) = (null, null, null);
        }

        if (before is not null && (wasPending || wasInDialog || attention.ChosenKey == item.Id))
        {
            context.Say(Ending(item));
        }
    }

    private string Ending(QueueItem item) => item.Answer is { By: "agent", Reason: { Length: > 0 } reason } ? $"{item.Title}: {reason}"
        : item.Answer is { } answer ? $"{item.Title}: {AskedText.Decided(answer.Decision)} by {answer.By} ({answer.Surface}) at {TimeZoneInfo.ConvertTime(answer.At, context.Fleet.Zone):HH:mm}{Tail(answer)}"
        : $"{item.Title}: it is over";

    private static string Tail(QueueAnswer answer) => answer.Reason.Length > 0 ? $": {answer.Reason}" : "";

    private static string Count(int answers) => answers == 1 ? "1 answer" : $"{answers} answers";

    private static string Receipt(QueueItem item) => item switch
    {
        { Answer: null } => item.Title,
        { State: QueueState.Answering } => $"{item.Title}: the answer is on its way; the agent has not taken it yet",
        { Answer.Receipt: "" } => $"{item.Title}: {AskedText.Decided(item.Answer.Decision)}",
        _ => $"{item.Title}: {AskedText.Decided(item.Answer.Decision)}, {item.Answer.Receipt}",
    };
}
