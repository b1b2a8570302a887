using Tether.Daemon.Server;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Everything that needs a human, over all sessions. An item has a random id, belongs to one question and resolves once, whoever answers first; every
/// decision goes to the audit log. Any thread may call; answers are delivered outside of the lock.
/// </summary>
/// <param name="host">The daemon around it.</param>
/// <param name="policy">Asked before anybody sees a question.</param>
/// <param name="audit">Told every decision.</param>
/// <param name="past">What people answered before, for cards.</param>
internal sealed class ApprovalQueue(IQueueHost host, IPolicyDesk policy, IAuditLog audit, PastAnswers past) : IApprovals
{
    private readonly Lock _gate = new();
    private readonly DecisionRecorder _recorder = new(host, policy, audit);

    // ---- under _gate ----
    private readonly QueueTable _table = new();

    /// <summary>Called under the lock whenever an item is over without an answer from here, with its question's key: whoever waits for it may go.</summary>
    public Action<string, string>? Withdrawn { get; set; }

    /// <summary>Called under the lock for each new item that stands in the queue, after policy.</summary>
    public Action<QueueItem>? Arrived { get; set; }

    /// <summary>Called when an answer made a rule: <see cref="Rejudge"/> is due.</summary>
    public Action? RuleMade { get; set; }

    /// <summary>Takes up what an earlier daemon left open. Before anything else.</summary>
    public void Restore(IEnumerable<StoredItem> stored)
    {
        lock (_gate)
        {
            foreach (var item in stored)
            {
                // What was on its way may have been recorded, or not yet.
                var isRecorded = item.Item.State == QueueState.Answering && audit.Knows(item.Item.Id);
                _table.Add(new QueueEntry(item.Item, item.Key, item.Correlation) { IsUnclaimed = true, IsAnnounced = true, Recorded = isRecorded ? item.Item.Answer : null });
            }
        }
    }

    public string Open(Ask ask, Func<QueueAnswer, Task<string>>? deliver)
    {
        lock (_gate)
        {
            if (_table.Find(ask.Session, ask.Key) is { } known)
            {
                TakeUp(known, ask, deliver);
                return known.Item.Id;
            }
        }

        // Files are looked at here: not under the lock.
        var session = host.Find(ask.Session);
        var judgement = session is null ? null : policy.Judge(ask, session);
        var made = new QueueEntry(ItemMaker.Make(ask, session, judgement, host.Clock.GetUtcNow()), ask.Key, ask.Correlation) { Ask = ask, Deliver = deliver };
        lock (_gate)
        {
            if (_table.Find(ask.Session, ask.Key) is { } known)
            {
                TakeUp(known, ask, deliver);
                return known.Item.Id;
            }

            made.Item = made.Item with { Before = past.Find(made.Item) };
            _table.Add(made);
            if (!ask.IsVague && ask.Way != AnswerWay.None)
            {
                _table.Open.Where(entry => entry.Ask.IsVague && entry.Item.Session == ask.Session).ToList().ForEach(entry => CloseOne(entry, "it is known now what is asked", null));
            }

            if (judgement is { Note.Verdict: not PolicyVerdict.Ask } && made.Item.Way == AnswerWay.Protocol)
            {
                TakeAnswer(made, DecisionText.ByPolicy(judgement.Note, host.Clock.GetUtcNow()));
            }
            else
            {
                Changed(made, made.Item);
                Announce(made);
            }
        }

        return made.Item.Id;
    }

    public void Close(string session, Func<Ask, bool> which, string reason, QueueDecision? decision = null)
    {
        lock (_gate)
        {
            foreach (var entry in _table.All.Where(entry => entry.Item.Session == session && which(entry.Ask)).ToList())
            {
                entry.HasRun = true;
                CloseUnlessAnswered(entry, reason, decision);
            }
        }
    }

    public void Finished(string session, string correlation, string reason, QueueDecision? decision)
    {
        lock (_gate)
        {
            var fitting = _table.All.Where(entry => entry is { HasRun: false } && entry.Item.Session == session && entry.Ask.Correlation == correlation)
                .OrderBy(entry => entry.Item.AskedAt).ToList();
            if ((fitting.Find(entry => entry.Runs) ?? fitting.Find(entry => !entry.IsOver)) is { } entry)
            {
                entry.HasRun = true;
                CloseUnlessAnswered(entry, reason, decision);
            }
        }
    }

    public void Redirect(string session, string key, AnswerWay way, Func<QueueAnswer, Task<string>>? deliver)
    {
        lock (_gate)
        {
            if (_table.Find(session, key) is { } entry)
            {
                entry.Deliver = deliver;
                entry.Ask = entry.Ask with { Way = way };
                if (entry.Item.State == QueueState.Answering)
                {
                    Reopen(entry, "the agent asks in its own prompt now");
                }

                Changed(entry, entry.Item with
                {
                    Way = way,
                    TakesReason = way == AnswerWay.Protocol && entry.Ask.TakesReason,
                    TakesInput = way == AnswerWay.Protocol && entry.Ask.TakesInput,
                });
            }
        }
    }

    /// <summary>Reads what people answered before, for cards. Waits for the disk.</summary>
    public void LoadPast() => past.Load();

    /// <summary>The items, in the order in which they are shown.</summary>
    /// <param name="session">Only this session's; null for all.</param>
    /// <param name="withOver">Also those that are over and still in memory.</param>
    public QueueItem[] Items(string? session = null, bool withOver = false)
    {
        lock (_gate)
        {
            var wanted = _table.All.Where(entry => (withOver || !entry.IsOver) && (session is null || entry.Item.Session == session));
            return [.. QueueOrder.Sort(wanted.Select(entry => entry.Item), host.Clock.GetUtcNow())];
        }
    }

    /// <summary>Whether an item waits for somebody, and is not put off.</summary>
    public bool IsWaiting(string id)
    {
        lock (_gate)
        {
            return _table.Find(id) is { } entry && entry.Item.State == QueueState.Open && !(entry.Item.SnoozedUntil > host.Clock.GetUtcNow());
        }
    }

    /// <summary>Whether an agent's question stands in the queue.</summary>
    public bool IsAsking(string session)
    {
        lock (_gate)
        {
            return _table.Open.Any(entry => entry.Item.Session == session && entry.Item.Way != AnswerWay.None);
        }
    }

    /// <summary>When one of a session's questions was last settled over its hook or protocol; null when none was lately.</summary>
    public DateTimeOffset? AnsweredAt(string session)
    {
        lock (_gate)
        {
            return _table.All.Where(entry => entry.Item.Session == session).Max(entry => entry.SettledAt);
        }
    }

    /// <summary>Answers an item. Done when the answer arrived, was refused by the agent's side, or the item is over.</summary>
    /// <exception cref="RequestError">It cannot be answered like this, or somebody was first.</exception>
    public Task<QueueItem> Answer(AnswerRequest request, string by)
    {
        lock (_gate)
        {
            var entry = _table.Get(request.Item);
            if (entry.Item.State != QueueState.Open)
            {
                throw DecisionText.AlreadyAnswered(entry.Item);
            }

            var answer = AnswerCheck.Of(request, entry.Item, by, host.Clock.GetUtcNow());
            if (entry.Item.Way == AnswerWay.None)
            {
                Settle(entry, QueueState.Closed, answer);
                return Task.FromResult(entry.Item);
            }

            if (entry.Item.Way == AnswerWay.Terminal)
            {
                throw new RequestError(
                    ErrorCode.AnswerInTerminal, $"{entry.Item.Agent} takes an answer to this only in its own terminal: `tether attach {entry.Item.Session}`");
            }

            entry.Awaited = new TaskCompletionSource<QueueItem>(TaskCreationOptions.RunContinuationsAsynchronously);
            TakeAnswer(entry, answer);
            return entry.Awaited.Task;
        }
    }

    /// <summary>Puts an item off, or brings it back.</summary>
    /// <exception cref="RequestError">There is no such item, or it is over.</exception>
    public QueueItem Snooze(string item, TimeSpan time)
    {
        lock (_gate)
        {
            var entry = _table.Get(item);
            if (entry.IsOver)
            {
                throw DecisionText.AlreadyAnswered(entry.Item);
            }

            Changed(entry, entry.Item with { SnoozedUntil = time > TimeSpan.Zero ? host.Clock.GetUtcNow() + time : null });
            return entry.Item;
        }
    }

    /// <summary>What an earlier daemon left, and no agent has asked again, is over.</summary>
    public void CloseUnclaimed(string reason)
    {
        lock (_gate)
        {
            foreach (var entry in _table.Open.Where(entry => entry is { IsUnclaimed: true, Item.Way: not AnswerWay.None }).ToList())
            {
                CloseOne(entry, reason, null);
            }
        }
    }

    /// <summary>A rule is new: what it allows or denies needs nobody any more.</summary>
    public void Rejudge()
    {
        List<(QueueEntry Entry, SessionRecord Session)> open;
        lock (_gate)
        {
            open = [.. _table.Open
                .Where(entry => entry.Item is { State: QueueState.Open, Way: AnswerWay.Protocol, Kind: QueueKind.Approval } && entry.Deliver is not null)
                .Select(entry => (entry, host.Find(entry.Item.Session)!))
                .Where(pair => pair.Item2 is not null)];
        }

        foreach (var (entry, session) in open)
        {
            var judgement = policy.Judge(entry.Ask, session);
            lock (_gate)
            {
                if (judgement.Note.Verdict != PolicyVerdict.Ask && entry is { Item.State: QueueState.Open, Item.Way: AnswerWay.Protocol })
                {
                    entry.Item = entry.Item with { Policy = judgement.Note };
                    TakeAnswer(entry, DecisionText.ByPolicy(judgement.Note, host.Clock.GetUtcNow()));
                }
            }
        }
    }

    // ---- under _gate ----

    // The same question comes again: after this daemon's or the hook's connection's end, or by another way.
    private void TakeUp(QueueEntry entry, Ask ask, Func<QueueAnswer, Task<string>>? deliver)
    {
        entry.IsUnclaimed = false;
        entry.Ask = ask;
        entry.Deliver = deliver;
        entry.Correlation = ask.Correlation;
        if (entry.Item.State == QueueState.Answering)
        {
            CarryOut(entry);
        }
        else if (entry.Item.Way != ask.Way)
        {
            Changed(entry, entry.Item with { Way = ask.Way, TakesReason = ask.TakesReason, TakesInput = ask.TakesInput });
        }
    }

    private void CloseUnlessAnswered(QueueEntry entry, string reason, QueueDecision? decision)
    {
        if (entry.IsDelivering)
        {
            entry.CloseInstead = () => CloseOne(entry, reason, decision);
        }
        else if (!entry.IsOver)
        {
            CloseOne(entry, reason, decision);
        }
    }

    private void Announce(QueueEntry entry)
    {
        if (!entry.IsAnnounced)
        {
            entry.IsAnnounced = true;
            Arrived?.Invoke(entry.Item);
        }
    }

    // From here on nobody else can answer.
    private void TakeAnswer(QueueEntry entry, QueueAnswer answer)
    {
        Changed(entry, entry.Item with { State = QueueState.Answering, Answer = answer, SnoozedUntil = null });
        CarryOut(entry);
    }

    // One at a time: who asks again while an answer is on its way gets it when it did not arrive.
    private void CarryOut(QueueEntry entry)
    {
        if (entry is { IsDelivering: false, Item: { State: QueueState.Answering, Answer: { } answer } })
        {
            var isRecorded = ReferenceEquals(entry.Recorded, answer);
            if (entry.Deliver is not null || !isRecorded)
            {
                entry.IsDelivering = true;
                entry.CloseInstead = null;
                var (item, ask) = (entry.Item, entry.Ask);
                Task.Run(() => CarryOutAsync(entry, answer, isRecorded ? Task.FromResult(new Recorded(answer)) : _recorder.RecordAsync(item, ask, answer)));
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

            lock (_gate)
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
                    Settle(entry, QueueState.Answered, answer with { Receipt = answer.Receipt.Length > 0 ? $"{receipt}; {answer.Receipt}" : receipt });
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
            Changed(entry, entry.Item with { Answer = answer });
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
            Changed(entry, open with { Policy = judgement.Note, Always = [.. judgement.Offers, .. entry.Ask.AgentAlways] });
            Announce(entry);
        }
        else
        {
            Changed(entry, open);
            Finish(entry, awaited => awaited.TrySetException(recorded.Refused!));
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
            Reopen(entry, why);
        }
    }

    private void Done(QueueEntry entry, Action end)
    {
        lock (_gate)
        {
            entry.IsDelivering = false;
            end();
            CarryOut(entry);
        }
    }

    private void Reopen(QueueEntry entry, string why)
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

    private void CloseOne(QueueEntry entry, string reason, QueueDecision? decision)
    {
        var taken = entry.Item.Answer;
        var answer = taken is not null
            ? taken with { Receipt = DecisionText.NotDelivered + reason }
            : new QueueAnswer { Decision = decision ?? QueueDecision.Dismiss, By = "agent", Surface = DecisionText.TerminalSurface, At = host.Clock.GetUtcNow(), Reason = reason };
        Settle(entry, QueueState.Closed, answer);
        Withdrawn?.Invoke(entry.Item.Session, entry.Key);
    }

    private void Settle(QueueEntry entry, QueueState state, QueueAnswer answer)
    {
        Changed(entry, entry.Item with { State = state, Answer = answer, SnoozedUntil = null });
        past.Add(entry.Item);
        if (entry.Item.Way == AnswerWay.Protocol)
        {
            entry.SettledAt = host.Clock.GetUtcNow();
        }

        // What was answered here was recorded before its agent heard of it.
        if (state == QueueState.Closed && entry.Item.Way != AnswerWay.None)
        {
            _ = audit.Append(DecisionText.EntryOf(entry.Item, answer));
        }

        Finish(entry, awaited => awaited.TrySetResult(entry.Item));
    }

    private static void Finish(QueueEntry entry, Action<TaskCompletionSource<QueueItem>> end)
    {
        if (entry.Awaited is { } awaited)
        {
            entry.Awaited = null;
            end(awaited);
        }
    }

    private void Changed(QueueEntry entry, QueueItem item)
    {
        entry.Item = item;
        if (entry.IsOver)
        {
            _table.Over(entry);
        }

        host.Save(new StoredItem(item, entry.Key, entry.Correlation));
        host.Publish(item);
    }
}
