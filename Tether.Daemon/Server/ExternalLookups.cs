using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Native;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Which session of an agent is meant, and which one of Tether's it runs or ran in. Used on the stores' thread.</summary>
internal sealed class ExternalLookups(AgentStores stores, SessionTable table, ProviderList providers)
{
    // Shorter, what is meant for a title of Tether's could be the beginning of many.
    private const int ShortestBeginning = 4;

    private const int SearchedForProcess = 50;

    /// <summary>By a session of Tether's, or by an agent's own id or a unique beginning of it.</summary>
    public (IAgentStore Store, KeptSession Session) Find(string reference) => table.Find(reference, out var found) switch
    {
        SessionLookup.Found => Of(found[0]),
        SessionLookup.Ambiguous => TryFindOutside(reference) is [var only] ? only : throw new RequestError(
            ErrorCode.Ambiguous, $"“{Shorten(reference)}” fits {found.Length} sessions: {string.Join(", ", found.Take(8).Select(one => $"{one.Id} ({one.Title})"))}"),
        _ => FindOutside(reference),
    };

    /// <summary>By an agent's own id or a unique beginning of it.</summary>
    public (IAgentStore Store, KeptSession Session) FindOutside(string reference) => TryFindOutside(reference) switch
    {
        [var only] => only,
        [] => throw new RequestError(
            ErrorCode.UnknownSession, $"neither Tether nor an agent has a session “{Shorten(reference)}” (`tether ls --external` lists those of the agents)"),
        var several => throw new RequestError(
            ErrorCode.Ambiguous, $"“{Shorten(reference)}” fits {several.Count} sessions: {string.Join(", ", several.Take(8).Select(one => $"{one.Session.Id} ({one.Store.Agent})"))}"),
    };

    /// <summary>The running session of Tether's in which an agent's session is open: as the agent told, or because its process descends from it.</summary>
    public SessionRecord? RunningIn(string agent, KeptSession session) =>
        RecordsOf(agent, session.Id).FirstOrDefault(record => record.State == SessionState.Running) ?? (session.Running?.ProcessId is { } process ? OwnerOf(process) : null);

    /// <summary>The ended session of Tether's in which an agent's session was open last.</summary>
    public SessionRecord? LastIn(string agent, string id) => RecordsOf(agent, id).Where(record => record.State != SessionState.Running).MaxBy(record => record.CreatedAt);

    public ExternalSession Describe(IAgentStore store, KeptSession session) => new()
    {
        Id = session.Id,
        Agent = store.Agent,
        Directory = session.Directory,
        Title = session.Title,
        FirstPrompt = session.FirstPrompt,
        LastPrompt = session.LastPrompt,
        CreatedAt = session.CreatedAt,
        LastActivity = session.LastActivity,
        Messages = session.Messages,
        IsRunning = session.Running is not null,
        Evidence = session.Running?.Evidence ?? "",
        Session = (RunningIn(store.Agent, session) ?? LastIn(store.Agent, session.Id))?.Id,
    };

    /// <summary>The running session of Tether's that a process belongs to.</summary>
    public SessionRecord? OwnerOf(int process)
    {
        var leaders = table.Live.Where(session => session.HasProgram).ToDictionary(session => session.Pty.Leader.ProcessId, session => session.Id);
        foreach (var ancestor in ProcessFacts.WithAncestors(process))
        {
            if (leaders.TryGetValue(ancestor, out var id))
            {
                return table.FindRecord(id);
            }
        }

        return null;
    }

    private (IAgentStore Store, KeptSession Session) Of(SessionRecord record)
    {
        var store = stores.Find(AgentOf(record)) ?? throw new RequestError(
            ErrorCode.UnknownSession, $"{record.Provider} keeps no sessions that can be read; `tether logs {record.Id}` has what it printed");
        if (record.AgentSession is { } id)
        {
            return store.Find(id).Sessions is [var session, ..]
                ? (store, session)
                : throw new RequestError(ErrorCode.UnknownSession, $"{store.Agent} has nothing of session {id} on disk yet, or not any more");
        }

        var running = store.List(new StoreQuery(null, SearchedForProcess)).Sessions
            .FirstOrDefault(session => session.Running?.ProcessId is { } process && OwnerOf(process)?.Id == record.Id);
        return running is not null
            ? (store, running)
            : throw new RequestError(ErrorCode.UnknownSession, $"{store.Agent} has not told by which id it knows session {record.Id}");
    }

    private List<(IAgentStore Store, KeptSession Session)> TryFindOutside(string reference) => reference.Length < ShortestBeginning
        ? []
        : [.. stores.All.SelectMany(store => store.Find(reference).Sessions.Select(session => (store, session)))];

    private IEnumerable<SessionRecord> RecordsOf(string agent, string id) => table.Records.Where(record => record.AgentSession == id && AgentOf(record) == agent);

    private string AgentOf(SessionRecord record) =>
        providers.Find(record.Provider) is { } provider ? AgentKinds.Of(provider)?.Name ?? record.Provider : record.Provider;

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
