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
    // What is over stays for those who answer too late, and are told who was first.
    private const int MostOver = 500;

    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Dictionary<string, QueueEntry> _entries = [];
    private readonly Dictionary<(string Session, string Key), QueueEntry> _open = [];
    private readonly Queue<string> _over = new();
    private readonly Dictionary<string, DateTimeOffset> _answeredAt = [];

    /// <summary>Called under the lock whenever an item is over without an answer from here, with its question's key: whoever waits for it may go.</summary>
    public Action<string, string>? Withdrawn { get; set; }

    /// <summary>Called under the lock for each new item that stands in the queue, after policy.</summary>
    public Action<QueueItem>? Arrived { get; set; }

    /// <summary>Called under the lock when an answer made a rule: <see cref="Rejudge"/> is due.</summary>
    public Action? RuleMade { get; set; }

    /// <summary>Takes up what an earlier daemon left open. Before anything else.</summary>
    public void Restore(IEnumerable<StoredItem> stored)
    {
        lock (_gate)
        {
            foreach (var item in stored)
            {
                Add(new QueueEntry(item.Item, item.Key, item.Correlation) { IsUnclaimed = true });
            }
        }
    }

    public string Open(Ask ask, Func<QueueAnswer, Task<string>>? deliver)
    {
        lock (_gate)
        {
            if (_open.TryGetValue((ask.Session, ask.Key), out var known))
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
            if (_open.TryGetValue((ask.Session, ask.Key), out var known))
            {
                TakeUp(known, ask, deliver);
                return known.Item.Id;
            }

            made.Item = made.Item with { Before = past.Find(made.Item) };
            Add(made);
            if (!ask.IsVague && ask.Way != AnswerWay.None)
            {
                _open.Values.Where(entry => entry.Ask.IsVague && entry.Item.Session == ask.Session).ToList().ForEach(entry => CloseOne(entry, "it is known now what is asked", null));
            }

            if (judgement is { Note.Verdict: not PolicyVerdict.Ask } && made.Item.Way == AnswerWay.Protocol && MayDecide(judgement.Note))
            {
                TakeAnswer(made, ByRule(judgement.Note));
            }
            else
            {
                Changed(made, made.Item);
                Arrived?.Invoke(made.Item);
            }
        }

        return made.Item.Id;
    }

    public void Close(string session, Func<Ask, bool> which, string reason, QueueDecision? decision = null, string by = "agent")
    {
        lock (_gate)
        {
            foreach (var entry in _open.Values.Where(entry => entry.Item.Session == session && which(entry.Ask)).ToList())
            {
                if (entry.IsDelivering)
                {
                    entry.CloseInstead = () => CloseOne(entry, reason, decision, by);
                }
                else
                {
                    CloseOne(entry, reason, decision, by);
                }
            }
        }
    }

    /// <summary>Takes up what an earlier daemon left of a session whose agent is there again without asking anew: it can be answered as before.</summary>
    /// <returns>Each question that is open, with its key.</returns>
    public List<StoredItem> TakeBack(string session, Func<QueueAnswer, Task<string>> deliver)
    {
        lock (_gate)
        {
            var entries = _open.Values.Where(entry => entry.IsUnclaimed && entry.Item.Session == session && entry.Item.Way == AnswerWay.Protocol).ToList();
            entries.ForEach(entry => TakeUp(entry, entry.Ask, deliver));
            return entries.ConvertAll(entry => new StoredItem(entry.Item, entry.Key, entry.Correlation));
        }
    }

    /// <summary>As <see cref="Close"/>, for one item by its whole id.</summary>
    public void CloseItem(string id, string reason, QueueDecision? decision = null, string by = "agent")
    {
        string? session, key;
        lock (_gate)
        {
            (session, key) = _entries.TryGetValue(id, out var entry) ? (entry.Item.Session, entry.Key) : (null, null);
        }

        if (session is not null)
        {
            Close(session, ask => ask.Key == key, reason, decision, by);
        }
    }

    public void Redirect(string session, string key, AnswerWay way, Func<QueueAnswer, Task<string>>? deliver)
    {
        lock (_gate)
        {
            if (_open.TryGetValue((session, key), out var entry))
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
            var wanted = _entries.Values.Where(entry => (withOver || !entry.IsOver) && (session is null || entry.Item.Session == session));
            return [.. QueueOrder.Sort(wanted.Select(entry => entry.Item), host.Clock.GetUtcNow())];
        }
    }

    /// <summary>Whether an item waits for somebody, and is not put off.</summary>
    public bool IsWaiting(string id)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(id, out var entry) && entry.Item.State == QueueState.Open && !(entry.Item.SnoozedUntil > host.Clock.GetUtcNow());
        }
    }

    /// <summary>Whether an agent's question stands in the queue.</summary>
    public bool IsAsking(string session)
    {
        lock (_gate)
        {
            return _open.Values.Any(entry => entry.Item.Session == session && entry.Item.Way != AnswerWay.None);
        }
    }

    /// <summary>When an agent's question was last settled over its hook or protocol; null when none was.</summary>
    public DateTimeOffset? AnsweredAt(string session)
    {
        lock (_gate)
        {
            return _answeredAt.TryGetValue(session, out var at) ? at : null;
        }
    }

    /// <summary>Answers an item. Done when the answer arrived, was refused by the agent's side, or the item is over.</summary>
    /// <exception cref="RequestError">It cannot be answered like this, or somebody was first.</exception>
    public Task<QueueItem> Answer(AnswerRequest request, string by)
    {
        lock (_gate)
        {
            var entry = Find(request.Item);
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

            answer = WithRule(entry, answer);
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
            var entry = Find(item);
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
            foreach (var entry in _open.Values.Where(entry => entry is { IsUnclaimed: true, Item.Way: not AnswerWay.None }).ToList())
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
            open = [.. _open.Values
                .Where(entry => entry.Item is { State: QueueState.Open, Way: AnswerWay.Protocol, Kind: QueueKind.Approval } && entry.Deliver is not null)
                .Select(entry => (entry, host.Find(entry.Item.Session)!))
                .Where(pair => pair.Item2 is not null)];
        }

        foreach (var (entry, session) in open)
        {
            var judgement = policy.Judge(entry.Ask, session);
            lock (_gate)
            {
                if (judgement.Note.Verdict != PolicyVerdict.Ask && entry is { Item.State: QueueState.Open, Item.Way: AnswerWay.Protocol } && MayDecide(judgement.Note))
                {
                    entry.Item = entry.Item with { Policy = judgement.Note };
                    TakeAnswer(entry, ByRule(judgement.Note));
                }
            }
        }
    }

    // ---- under _gate ----

    private void Add(QueueEntry entry)
    {
        _entries[entry.Item.Id] = entry;
        _open[(entry.Item.Session, entry.Key)] = entry;
    }

    // The same question comes again: after this daemon's or the hook's connection's end, or by another way.
    private void TakeUp(QueueEntry entry, Ask ask, Func<QueueAnswer, Task<string>>? deliver)
    {
        entry.IsUnclaimed = false;
        entry.Ask = ask;
        entry.Deliver = deliver;
        entry.Correlation = ask.Correlation;
        if (entry.Item.State == QueueState.Answering)
        {
            Deliver(entry);
        }
        else if (entry.Item.Way != ask.Way)
        {
            Changed(entry, entry.Item with { Way = ask.Way, TakesReason = ask.TakesReason, TakesInput = ask.TakesInput });
        }
    }

    private QueueEntry Find(string reference)
    {
        if (_entries.TryGetValue(reference, out var exact))
        {
            return exact;
        }

        var fitting = reference.Length == 0 ? [] : _entries.Values.Where(entry => entry.Item.Id.StartsWith(reference, StringComparison.Ordinal)).ToList();
        var open = fitting.Where(entry => !entry.IsOver).ToList();
        return (open.Count > 0 ? open : fitting) switch
        {
            [var one] => one,
            [] => throw new RequestError(ErrorCode.UnknownItem, $"nothing in the queue is called “{CleanText.Line(reference, 80)}”; `tether queue` lists what is there"),
            var several => throw new RequestError(
                ErrorCode.Ambiguous, $"“{reference}” fits {several.Count} items: {string.Join(", ", several.Take(8).Select(entry => $"{entry.Item.Id} ({entry.Item.Title})"))}"),
        };
    }

    private QueueAnswer WithRule(QueueEntry entry, QueueAnswer answer)
    {
        if (answer.Always is not { } always || always.StartsWith("agent", StringComparison.Ordinal) || host.Find(entry.Item.Session) is not { } session)
        {
            return answer;
        }

        try
        {
            var made = answer with { Rule = policy.Remember(always, entry.Ask, session, answer.By) };
            RuleMade?.Invoke();
            return made;
        }
        catch (KeyNotFoundException e)
        {
            throw new RequestError(ErrorCode.BadRequest, $"“{always}” cannot be kept as a rule, and nothing was answered: {e.Message}");
        }
    }

    // Counted once, by whoever carries the verdict out.
    private bool MayDecide(PolicyNote note) => note.Rule is not { } rule || policy.TryUse(rule);

    private QueueAnswer ByRule(PolicyNote note) => new()
    {
        Decision = note.Verdict == PolicyVerdict.Allow ? QueueDecision.Allow : QueueDecision.Deny,
        By = note.Rule is null ? "mode" : "rule",
        Surface = "rule",
        At = host.Clock.GetUtcNow(),
        Reason = note.Verdict == PolicyVerdict.Deny ? note.Why : "",
        Rule = note.Rule,
    };

    // From here on nobody else can answer; it is kept before the agent hears of it.
    private void TakeAnswer(QueueEntry entry, QueueAnswer answer)
    {
        Changed(entry, entry.Item with { State = QueueState.Answering, Answer = answer, SnoozedUntil = null });
        Deliver(entry);
    }

    private void Deliver(QueueEntry entry)
    {
        if (entry is { Deliver: { } deliver, Item.Answer: { } answer })
        {
            entry.Deliver = null;
            entry.IsDelivering = true;
            entry.CloseInstead = null;
            Task.Run(() => DeliverAsync(entry, deliver, answer));
        }
    }

    private async Task DeliverAsync(QueueEntry entry, Func<QueueAnswer, Task<string>> deliver, QueueAnswer answer)
    {
        try
        {
            // A daemon that is killed now must not find the question open again.
            host.Flush();
            var receipt = await deliver(answer).ConfigureAwait(false);
            lock (_gate)
            {
                entry.IsDelivering = false;
                if (!entry.IsOver)
                {
                    Settle(entry, QueueState.Answered, answer with { Receipt = receipt });
                }
            }
        }
        catch (DeliveryException e) when (e.MayComeBack)
        {
            // The answer stays taken: who asks again gets it.
            lock (_gate)
            {
                entry.IsDelivering = false;
                entry.CloseInstead?.Invoke();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            lock (_gate)
            {
                entry.IsDelivering = false;
                if (entry.CloseInstead is { } close)
                {
                    close();
                }
                else if (!entry.IsOver)
                {
                    entry.Deliver ??= deliver;
                    Reopen(entry, e.Message);
                }
            }
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
            audit.Append(DecisionText.EntryOf(entry.Item, answer with { Receipt = $"not delivered: {why}" }));
        }
    }

    private void CloseOne(QueueEntry entry, string reason, QueueDecision? decision, string by = "agent")
    {
        var taken = entry.Item.Answer;
        var answer = taken is not null
            ? taken with { Receipt = $"not delivered: {reason}" }
            : new QueueAnswer { Decision = decision ?? QueueDecision.Dismiss, By = by, Surface = by == "agent" ? "terminal" : by, At = host.Clock.GetUtcNow(), Reason = reason };
        Settle(entry, QueueState.Closed, answer);
        Withdrawn?.Invoke(entry.Item.Session, entry.Key);
    }

    private void Settle(QueueEntry entry, QueueState state, QueueAnswer answer)
    {
        Changed(entry, entry.Item with { State = state, Answer = answer, SnoozedUntil = null });
        past.Add(entry.Item);
        if (entry.Item.Way == AnswerWay.Protocol)
        {
            _answeredAt[entry.Item.Session] = host.Clock.GetUtcNow();
        }

        if (entry.Item.Way != AnswerWay.None)
        {
            audit.Append(DecisionText.EntryOf(entry.Item, answer));
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
        if (entry.IsOver && _open.Remove((item.Session, entry.Key)))
        {
            _over.Enqueue(item.Id);
            if (_over.Count > MostOver)
            {
                _entries.Remove(_over.Dequeue());
            }
        }

        host.Save(new StoredItem(item, entry.Key, entry.Correlation));
        host.Publish(item);
    }
}
