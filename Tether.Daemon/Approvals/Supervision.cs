using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Sessions;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Joins sessions, agents and the queue: hooks and protocols come in here, questions go into the queue, and what happens to a session settles what
/// stands there of it.
/// </summary>
internal sealed class Supervision : IQueueHost, IHookHost, IDisposable
{
    // Hooks and links of the last daemon's life have so long to bring their questions again.
    private static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(30);

    // An agent whose question was answered over its protocol takes a moment to take its own dialog away.
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(2);

    // What was answered in the past is read once the daemon serves its clients.
    private static readonly TimeSpan PastDelay = TimeSpan.FromMilliseconds(900);

    private readonly SessionTable _table;
    private readonly Registry _registry;
    private readonly IPolicyDesk _policy;
    private readonly Func<string, AgentKind?> _kindOf;
    private readonly AgentFolders _folders;
    private readonly AgentLinks _links;
    private readonly ScreenQuestions _screens;
    private readonly StateItems _states;
    private readonly SerialWork _work;
    private readonly StateFollower _follower;

    // Prompts that an answer by another way is about to close.
    private readonly Dictionary<string, ScreenPrompt> _closing = [];

    public Supervision(
        SessionTable table, Registry registry, AgentFolders folders, Func<string, AgentKind?> kindOf, IPolicyDesk policy, IAuditLog audit, TimeSpan longestHold,
        TimeProvider clock, ILogger log)
    {
        _table = table;
        _registry = registry;
        _policy = policy;
        _kindOf = kindOf;
        _folders = folders;
        Clock = clock;
        Queue = new ApprovalQueue(this, policy, audit, new PastAnswers(KeptItems));
        Hooks = new HookDesk(this, folders, Queue, longestHold, log);
        Queue.Withdrawn = Hooks.Withdrawn;
        Queue.RuleMade = RulesChanged;
        _screens = new ScreenQuestions(Queue, TypeAsync, clock);
        _states = new StateItems(Queue);
        _work = new SerialWork(e => log.SupervisionFailed(e));
        _follower = new StateFollower(_states, _screens.NotAsking, Hooks.PromptsGone, _work.Post, clock);
        _links = new AgentLinks(folders, Queue, Signal, AgentSessionKnown, clock, log);
    }

    public TimeProvider Clock { get; }

    public ApprovalQueue Queue { get; }

    public HookDesk Hooks { get; }

    /// <summary>Tells clients of an item; set once they can be told.</summary>
    public Action<QueueItem>? Published { get; set; }

    /// <summary>There is another rule: what stands in the queue is judged again.</summary>
    public void RulesChanged() => _work.Post(Queue.Rejudge);

    /// <summary>Takes up what the last daemon left; sessions that run are in the table.</summary>
    public void Restore(IReadOnlyList<StoredItem> items)
    {
        Queue.Restore(items);
        _work.Post(() => _policy.ForgetEnded(IsRunning));
        Task.Delay(PastDelay, Clock).ContinueWith(_ => Queue.LoadPast(), TaskScheduler.Default);
        foreach (var session in items.Select(item => item.Item.Session).Distinct().Where(session => _table.FindLive(session) is null))
        {
            Queue.Close(session, _ => true, "the session ended while no daemon ran");
        }

        if (items.Count > 0)
        {
            Task.Delay(ReturnLimit, Clock).ContinueWith(_ => Queue.CloseUnclaimed("the agent did not ask again after the daemon's restart"), TaskScheduler.Default);
        }
    }

    /// <summary>A session runs: from its start, or since this daemon took it over.</summary>
    public void Started(SessionRecord session)
    {
        _folders.Started(session.Id);
        _links.Started(session, KindOf(session));
        if (_table.FindLive(session.Id) is null)
        {
            // Its end may have been here before its start.
            _work.Post(() => Forget(session.Id));
        }
    }

    /// <summary>Something happened to a session. Called on its thread.</summary>
    public void Observe(StoredEvent happened)
    {
        switch (happened.Kind)
        {
            case "control" when happened.Text.Length > 0:
                _work.Post(() => Hooks.Controlled(happened.Session));
                break;
            case "exited" or "lost" or "deleted":
                var watched = _table.FindRecord(happened.Session)?.Viewers > 0;
                _work.Post(() => Ended(happened, watched));
                break;
        }
    }

    /// <summary>What is remembered of a session has changed. Called on its thread.</summary>
    public void Changed(SessionRecord session)
    {
        if (session is { State: SessionState.Running, Status: { } status })
        {
            _work.Post(() => _follower.StateIs(session.Id, status));
        }
    }

    /// <summary>A prompt came to a session's screen, or went. Called on its thread.</summary>
    public void Prompted(string session, ScreenPrompt prompt, bool isThere) => _work.Post(() =>
    {
        if (!isThere)
        {
            _closing.Remove(session);
            _screens.Gone(session, prompt);
        }
        else if (Queue.SettledAt(session, way => way == AnswerWay.Protocol) is { } settled && Clock.GetUtcNow() - settled < ClosingLimit)
        {
            _closing[session] = prompt;
            Task.Delay(ClosingLimit, Clock).ContinueWith(_ => _work.Post(() => StillThere(session, prompt)), TaskScheduler.Default);
        }
        else
        {
            _screens.Seen(session, prompt);
        }
    });

    /// <summary>A person has seen what a session did.</summary>
    public void Seen(string session)
    {
        _table.Seen(session);
        _work.Post(() => _states.Seen(session));
    }

    public SessionRecord? Find(string session) => _table.FindRecord(session);

    public SessionRecord? FindLive(string session) => _table.FindLive(session) is null ? null : _table.FindRecord(session);

    public AgentKind? KindOf(SessionRecord session) => _kindOf(session.Provider);

    public void Save(StoredItem item) => _registry.Save(item);

    public void Flush() => _registry.Flush(TimeSpan.FromSeconds(1));

    public void Publish(QueueItem item) => Published?.Invoke(item);

    public void Signal(string session, AgentSignal signal) => _table.Signal(session, signal);

    public void AgentSessionKnown(string session, string agentSession) =>
        _table.FindLive(session)?.Post(() => _table.FindLive(session)?.Change(SessionChange.AgentSession(agentSession)));

    public void HandedBack(Ask ask)
    {
        _work.Post(() => _screens.HandedBack(ask));

        // From now on what the screen says counts.
        Signal(ask.Session, new AgentSignal { Source = SignalSource.Hook, State = AgentState.Unknown, Rule = "hook.handed-back", At = Clock.GetUtcNow() });
    }

    public void Dispose()
    {
        _links.Dispose();
        _work.Dispose();
    }

    private void StillThere(string session, ScreenPrompt prompt)
    {
        if (_closing.TryGetValue(session, out var closing) && ReferenceEquals(closing, prompt))
        {
            _closing.Remove(session);
            _screens.Seen(session, prompt);
        }
    }

    private void Ended(StoredEvent happened, bool isWatched)
    {
        Forget(happened.Session);
        _screens.Ended(happened.Session);
        _closing.Remove(happened.Session);
        _follower.Forget(happened.Session);
        Queue.Close(happened.Session, _ => true, $"the session ended: {happened.Text}");
        _states.Forget(happened.Session);
        _policy.ForgetEnded(IsRunning);
        if (!isWatched && happened.Kind != "deleted" && _table.FindRecord(happened.Session) is { } record && KindOf(record) is not null && !ProgramStop.IsReasonOf(record))
        {
            _states.Ended(record, happened.Text);
        }
    }

    private bool IsRunning(string session) => _table.FindRecord(session)?.State == SessionState.Running;

    private void Forget(string session)
    {
        _links.Ended(session);
        _folders.Forget(session);
    }

    private Task<string> TypeAsync(string session, string fingerprint, Func<ScreenPrompt, PromptOption?> choose)
    {
        var receipt = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var live = _table.FindLive(session);
        if (live is null || !live.Post(() => live.AnswerPrompt(fingerprint, choose, text => receipt.TrySetResult(text))))
        {
            receipt.TrySetResult("prompt-gone");
        }

        return receipt.Task;
    }

    private IEnumerable<QueueItem> KeptItems()
    {
        const int MostKept = 2000;
        try
        {
            return _registry.PastItems(null, MostKept).Select(stored => stored.Item);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Cards then do not say what was answered before.
            return [];
        }
    }
}
