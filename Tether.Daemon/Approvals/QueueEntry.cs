using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>An item with what belongs to it in this daemon's life. Guarded by the queue's lock.</summary>
internal sealed class QueueEntry(QueueItem item, string key, string correlation)
{
    public QueueItem Item { get; set; } = item;

    public string Key => key;

    public string Correlation { get; set; } = correlation;

    /// <summary>As it was brought in this daemon's life; of an item that an earlier daemon left, what can be made of the item until it is brought again.</summary>
    public Ask Ask { get; set; } = new()
    {
        Session = item.Session,
        Key = key,
        Kind = item.Kind,
        Title = item.Title,
        SubAgent = item.SubAgent,
        Tool = item.Tool,
        ToolClass = item.ToolClass,
        Command = item.Command,
        Directory = item.Directory,
        Detail = item.Detail,
        Edits = item.Edits,
        Questions = item.Questions,
        Input = item.Input,
        Way = item.Way,
        TakesReason = item.TakesReason,
        TakesInput = item.TakesInput,
        ExpiresAt = item.ExpiresAt,
        Correlation = correlation,
    };

    /// <summary>Brings the answer to the agent; null while the agent is not there to take it.</summary>
    public Func<QueueAnswer, Task<string>>? Deliver { get; set; }

    /// <summary>Its answer is being recorded or brought to the agent.</summary>
    public bool IsDelivering { get; set; }

    /// <summary>The answer that is on the disk already; what is taken and is not this one is recorded first.</summary>
    public QueueAnswer? Recorded { get; set; }

    /// <summary>Closes it if the answer that is being brought does not arrive: the prompt may go because of that answer, or before it.</summary>
    public Action? CloseInstead { get; set; }

    /// <summary>The use of the tool that was allowed is over.</summary>
    public bool HasRun { get; set; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>People were told that it waits for them.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>An earlier daemon left it, and nobody has brought it again.</summary>
    public bool IsUnclaimed { get; set; }

    /// <summary>Done when the answer that was taken has arrived, was refused, or the item is over.</summary>
    public TaskCompletionSource<QueueItem>? Awaited { get; set; }

    /// <summary>An answer from here lets the agent use its tool as it asked to, and it is not known yet that it has.</summary>
    public bool Runs => !HasRun && Item is { State: QueueState.Answered or QueueState.Answering, Answer: { Decision: QueueDecision.Allow or QueueDecision.Answer, Input: null } };

    public bool IsOver => Item.State is QueueState.Answered or QueueState.Closed;
}
