using Tether.Daemon.Server;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Everything that needs a human, over all sessions. An item has a random id, belongs to one question and resolves once, whoever answers first; every
/// decision goes to the audit log. Any thread may call; answers are delivered outside of the lock.
/// </summary>
internal sealed class ApprovalQueue : IApprovals
{
    private readonly Lock _gate = new();
    private readonly IQueueHost _host;
    private readonly IPolicyDesk _policy;
    private readonly IAuditLog _audit;

    // ---- under _gate ----
    private readonly QueueTable _table = new();
    private readonly PastAnswers _past;
    private readonly ItemSteps _steps;
    private readonly AnswerCarrier _carrier;

    /// <param name="host">The daemon around it.</param>
    /// <param name="policy">Asked before anybody sees a question.</param>
    /// <param name="audit">Told every decision.</param>
    /// <param name="past">What people answered before, for cards.</param>
    public ApprovalQueue(IQueueHost host, IPolicyDesk policy, IAuditLog audit, PastAnswers past)
    {
        (_host, _policy, _audit, _past) = (host, policy, audit, past);
        _steps = new ItemSteps(_table, host, audit, past);
        _carrier = new AnswerCarrier(_gate, _steps, new DecisionRecorder(host, policy, audit), host);
    }

    /// <summary>Called under the lock whenever an item is over without an answer from here, with its question's key: whoever waits for it may go.</summary>
    public Action<string, string>? Withdrawn
    {
        get => _steps.Withdrawn;
        set => _steps.Withdrawn = value;
    }

    /// <summary>Called under the lock for each new item that stands in the queue, after policy.</summary>
    public Action<QueueItem>? Arrived
    {
        get => _steps.Arrived;
        set => _steps.Arrived = value;
    }

    /// <summary>Called when an answer made a rule: <see cref="Rejudge"/> is due.</summary>
    public Action? RuleMade
    {
        get => _carrier.RuleMade;
        set => _carrier.RuleMade = value;
    }

    /// <summary>Takes up what an earlier daemon left open. Before anything else.</summary>
    public void Restore(IEnumerable<StoredItem> stored)
    {
        lock (_gate)
        {
            foreach (var item in stored)
            {
                // What was on its way may have been recorded, or not yet.
                var isRecorded = item.Item.State == QueueState.Answering && _audit.Knows(item.Item.Id);
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
        var session = _host.Find(ask.Session);
        var judgement = session is null ? null : _policy.Judge(ask, session);
        var made = new QueueEntry(ItemMaker.Make(ask, session, judgement, _host.Clock.GetUtcNow()), ask.Key, ask.Correlation) { Ask = ask, Deliver = deliver };
        lock (_gate)
        {
            if (_table.Find(ask.Session, ask.Key) is { } known)
            {
                TakeUp(known, ask, deliver);
                return known.Item.Id;
            }

            made.Item = made.Item with { Before = _past.Find(made.Item) };
            _table.Add(made);
            if (!ask.IsVague && ask.Way != AnswerWay.None)
            {
                _table.Open.Where(entry => entry.Ask.IsVague && entry.Item.Session == ask.Session).ToList().ForEach(entry => _steps.CloseOne(entry, "it is known now what is asked", null));
            }

            if (judgement is { Note.Verdict: not PolicyVerdict.Ask } && made.Item.Way == AnswerWay.Protocol)
            {
                _carrier.Take(made, DecisionText.ByPolicy(judgement.Note, _host.Clock.GetUtcNow()));
            }
            else
            {
                _steps.Changed(made, made.Item);
                _steps.Announce(made);
            }
        }

        return made.Item.Id;
    }

    public void Close(string session, Func<Ask, bool> which, string reason, QueueDecision? decision = null, string by = "agent")
    {
        lock (_gate)
        {
            foreach (var entry in _table.All.Where(entry => entry.Item.Session == session && which(entry.Ask)).ToList())
            {
                entry.HasRun = true;
                _steps.CloseUnlessAnswered(entry, reason, decision, by);
            }
        }
    }

    /// <summary>As <see cref="Close"/>, for one item by its whole id.</summary>
    public void CloseItem(string id, string reason, QueueDecision? decision = null, string by = "agent")
    {
        lock (_gate)
        {
            if (_table.Find(id) is { } entry)
            {
                entry.HasRun = true;
                _steps.CloseUnlessAnswered(entry, reason, decision, by);
            }
        }
    }

    /// <summary>Takes up what an earlier daemon left of a session whose agent is there again without asking anew: it can be answered as before.</summary>
    /// <returns>Each question that is open, with its key.</returns>
    public List<StoredItem> TakeBack(string session, Func<QueueAnswer, Task<string>> deliver)
    {
        lock (_gate)
        {
            var entries = _table.Open.Where(entry => entry.IsUnclaimed && entry.Item.Session == session && entry.Item.Way == AnswerWay.Protocol).ToList();
            entries.ForEach(entry => TakeUp(entry, entry.Ask, deliver));
            return entries.ConvertAll(entry => new StoredItem(entry.Item, entry.Key, entry.Correlation));
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
                _steps.CloseUnlessAnswered(entry, reason, decision);
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
                    _steps.Reopen(entry, "the agent asks in its own prompt now");
                }

                _steps.Changed(entry, entry.Item with
                {
                    Way = way,
                    TakesReason = way == AnswerWay.Protocol && entry.Ask.TakesReason,
                    TakesInput = way == AnswerWay.Protocol && entry.Ask.TakesInput,
                });
            }
        }
    }

    /// <summary>Reads what people answered before, for cards. Waits for the disk.</summary>
    public void LoadPast() => _past.Load();

    /// <summary>The items, in the order in which they are shown.</summary>
    /// <param name="session">Only this session's; null for all.</param>
    /// <param name="withOver">Also those that are over and still in memory.</param>
    public QueueItem[] Items(string? session = null, bool withOver = false)
    {
        lock (_gate)
        {
            var wanted = _table.All.Where(entry => (withOver || !entry.IsOver) && (session is null || entry.Item.Session == session));
            return [.. QueueOrder.Sort(wanted.Select(entry => entry.Item), _host.Clock.GetUtcNow())];
        }
    }

    /// <summary>Whether an item waits for somebody, and is not put off.</summary>
    public bool IsWaiting(string id)
    {
        lock (_gate)
        {
            return _table.Find(id) is { } entry && entry.Item.State == QueueState.Open && !(entry.Item.SnoozedUntil > _host.Clock.GetUtcNow());
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

    /// <summary>When one of a session's questions of some ways was last settled; null when none was lately.</summary>
    public DateTimeOffset? SettledAt(string session, Func<AnswerWay, bool> which)
    {
        lock (_gate)
        {
            return _table.All.Where(entry => entry.Item.Session == session && which(entry.Item.Way)).Max(entry => entry.SettledAt);
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

            if (entry.Item.Way == AnswerWay.Terminal)
            {
                throw new RequestError(
                    ErrorCode.AnswerInTerminal, $"{entry.Item.Agent} takes an answer to this only in its own terminal: `tether attach {entry.Item.Session}`");
            }

            var answer = AnswerCheck.Of(request, entry.Item, by, _host.Clock.GetUtcNow());
            if (entry.Item.Way == AnswerWay.None)
            {
                _steps.Settle(entry, QueueState.Closed, answer);
                return Task.FromResult(entry.Item);
            }

            entry.Awaited = new TaskCompletionSource<QueueItem>(TaskCreationOptions.RunContinuationsAsynchronously);
            _carrier.Take(entry, answer);
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

            _steps.Changed(entry, entry.Item with { SnoozedUntil = time > TimeSpan.Zero ? _host.Clock.GetUtcNow() + time : null });
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
                _steps.CloseOne(entry, reason, null);
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
                .Select(entry => (entry, _host.Find(entry.Item.Session)!))
                .Where(pair => pair.Item2 is not null)];
        }

        foreach (var (entry, session) in open)
        {
            var judgement = _policy.Judge(entry.Ask, session);
            lock (_gate)
            {
                if (judgement.Note.Verdict != PolicyVerdict.Ask && entry is { Item.State: QueueState.Open, Item.Way: AnswerWay.Protocol })
                {
                    entry.Item = entry.Item with { Policy = judgement.Note };
                    _carrier.Take(entry, DecisionText.ByPolicy(judgement.Note, _host.Clock.GetUtcNow()));
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
            _carrier.CarryOut(entry);
        }
        else if (entry.Item.Way != ask.Way)
        {
            _steps.Changed(entry, entry.Item with { Way = ask.Way, TakesReason = ask.TakesReason, TakesInput = ask.TakesInput });
        }
    }
}
