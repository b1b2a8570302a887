using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Carries answers out: records them, outside of the queue's lock, and brings them to their agents, each once. Called under the queue's lock; what it does by
/// itself takes it.
/// </summary>
internal sealed class AnswerCarrier(Lock gate, ItemSteps steps, DecisionRecorder recorder, IQueueHost host)
{
    /// <summary>Called when an answer made a rule.</summary>
    public Action? RuleMade { get; set; }

    /// <summary>An answer is taken: from here on nobody else can answer.</summary>
    public void Take(QueueEntry entry, QueueAnswer answer)
    {
        steps.Changed(entry, entry.Item with { State = QueueState.Answering, Answer = answer, SnoozedUntil = null });
        CarryOut(entry);
    }

    /// <summary>Goes on with an answer that was taken, as far as that is possible now. One at a time: who asks again while an answer is on its way gets it when it did not arrive.</summary>
    public void CarryOut(QueueEntry entry)
    {
        if (entry is { IsDelivering: false, Item: { State: QueueState.Answering, Answer: { } answer } })
        {
            var isRecorded = ReferenceEquals(entry.Recorded, answer);
            if (entry.Deliver is not null || !isRecorded)
            {
                entry.IsDelivering = true;
                entry.CloseInstead = null;
                var (item, ask) = (entry.Item, entry.Ask);
                Task.Run(() => CarryOutAsync(entry, answer, isRecorded ? Task.FromResult(new Recorded(answer)) : recorder.RecordAsync(item, ask, answer)));
            }
        }
    }

    private async Task CarryOutAsync(QueueEntry entry, QueueAnswer taken, Task<Recorded> recording)
    {
        Func<QueueAnswer, Task<string>>? deliver = null;
        try
        {
            var recorded = await recording.ConfigureAwait(false);
            if (taken.Rule is null && recorded.Answer?.Rule is not null)
            {
                RuleMade?.Invoke();
            }

            lock (gate)
            {
                deliver = Depart(entry, taken, recorded);
            }

            if (deliver is null)
            {
                Done(entry, () => { });
                return;
            }

            // A daemon that is killed now must not find the question open again.
            host.Flush();
            var answer = recorded.Answer!;
            var receipt = await deliver(answer).ConfigureAwait(false);
            Done(entry, () =>
            {
                if (!entry.IsOver)
                {
                    steps.Settle(entry, QueueState.Answered, answer with { Receipt = answer.Receipt.Length > 0 ? $"{receipt}; {answer.Receipt}" : receipt });
                }
            });
        }
        catch (DeliveryException e) when (e.MayComeBack)
        {
            // The answer stays taken: who asks again gets it.
            Done(entry, () => entry.CloseInstead?.Invoke());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Done(entry, () => Undelivered(entry, taken, deliver, e.Message));
        }
    }

    // An answer is recorded and about to leave. Null when it stays: nobody is there to take it, or it does not count any more.
    private Func<QueueAnswer, Task<string>>? Depart(QueueEntry entry, QueueAnswer taken, Recorded recorded)
    {
        if (!ReferenceEquals(entry.Item.Answer, taken))
        {
            return null;
        }

        if (recorded.Answer is { } answer)
        {
            entry.Recorded = answer;
            steps.Changed(entry, entry.Item with { Answer = answer });
        }

        if (entry.CloseInstead is { } close)
        {
            close();
            return null;
        }

        if (recorded.Answer is null)
        {
            PutBack(entry, recorded);
            return null;
        }

        var deliver = entry.Deliver;
        entry.Deliver = null;
        return deliver;
    }

    // What was taken is not carried out, and the agent never heard of it.
    private void PutBack(QueueEntry entry, Recorded recorded)
    {
        var open = entry.Item with { State = QueueState.Open, Answer = null };
        if (recorded.Human is { } judgement)
        {
            steps.Changed(entry, open with { Policy = judgement.Note, Always = [.. judgement.Offers, .. entry.Ask.AgentAlways] });
            steps.Announce(entry);
        }
        else
        {
            steps.Changed(entry, open);
            ItemSteps.Finish(entry, awaited => awaited.TrySetException(recorded.Refused!));
        }
    }

    private void Undelivered(QueueEntry entry, QueueAnswer taken, Func<QueueAnswer, Task<string>>? deliver, string why)
    {
        if (entry.CloseInstead is { } close)
        {
            close();
        }
        else if (!entry.IsOver && entry.Item.Answer is { } now && (ReferenceEquals(now, taken) || ReferenceEquals(now, entry.Recorded)))
        {
            entry.Deliver ??= deliver;
            steps.Reopen(entry, why);
        }
    }

    private void Done(QueueEntry entry, Action end)
    {
        lock (gate)
        {
            entry.IsDelivering = false;
            end();
            CarryOut(entry);
        }
    }
}
