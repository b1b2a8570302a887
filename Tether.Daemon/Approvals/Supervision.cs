using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Hooks;
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

    private readonly SessionTable _table;
    private readonly Registry _registry;
    private readonly Func<string, AgentKind?> _kindOf;
    private readonly AgentLinks _links;

    public Supervision(
        SessionTable table, Registry registry, AgentFolders folders, Func<string, AgentKind?> kindOf, IPolicyDesk policy, IAuditLog audit, TimeSpan longestHold,
        TimeProvider clock, ILogger log)
    {
        _table = table;
        _registry = registry;
        _kindOf = kindOf;
        Clock = clock;
        Queue = new ApprovalQueue(this, policy, audit, new PastAnswers(KeptItems));
        Hooks = new HookDesk(this, folders, Queue, longestHold, log);
        Queue.Withdrawn = Hooks.Withdrawn;
        _links = new AgentLinks(folders, Queue, Signal, AgentSessionKnown, clock, log);
    }

    public TimeProvider Clock { get; }

    public ApprovalQueue Queue { get; }

    public HookDesk Hooks { get; }

    /// <summary>Tells clients of an item; set once they can be told.</summary>
    public Action<QueueItem>? Published { get; set; }

    /// <summary>Takes up what the last daemon left; sessions that run are in the table.</summary>
    public void Restore(IReadOnlyList<StoredItem> items)
    {
        Queue.Restore(items);
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
    public void Started(SessionRecord session) => _links.Started(session, KindOf(session));

    /// <summary>Something happened to a session.</summary>
    public void Observe(StoredEvent happened)
    {
        switch (happened.Kind)
        {
            case "control" when happened.Text.Length > 0:
                Hooks.Controlled(happened.Session);
                break;
            case "exited" or "lost" or "deleted":
                _links.Ended(happened.Session);
                Queue.Close(happened.Session, _ => true, $"the session ended: {happened.Text}");
                break;
        }
    }

    public SessionRecord? Find(string session) => _table.FindRecord(session);

    public SessionRecord? FindLive(string session) => _table.FindLive(session) is null ? null : _table.FindRecord(session);

    public AgentKind? KindOf(SessionRecord session) => _kindOf(session.Provider);

    public void Save(StoredItem item) => _registry.Save(item);

    public void Flush() => _registry.Flush(TimeSpan.FromSeconds(1));

    public void Publish(QueueItem item) => Published?.Invoke(item);

    public void Signal(string session, AgentSignal signal) => _ = (session, signal);

    public void AgentSessionKnown(string session, string agentSession) =>
        _table.FindLive(session)?.Post(() => _table.FindLive(session)?.Change(SessionChange.AgentSession(agentSession)));

    public void HandedBack(Ask ask) => Queue.Redirect(ask.Session, ask.Key, AnswerWay.Terminal, null);

    public void Dispose() => _links.Dispose();

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
