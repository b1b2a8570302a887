using System.Collections.Concurrent;
using Tether.Daemon.Native;
using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>What a reference to a session came to.</summary>
internal enum SessionLookup
{
    Found,
    Unknown,
    Ambiguous,
}

/// <summary>All sessions that are remembered, and the live ones among them. Any thread may ask.</summary>
internal sealed class SessionTable
{
    private const string IdAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 8;

    private readonly ConcurrentDictionary<string, Session> _live = [];
    private readonly ConcurrentDictionary<string, SessionRecord> _records = [];

    public ICollection<Session> Live => _live.Values;

    public ICollection<SessionRecord> Records => _records.Values;

    /// <summary>An id that no remembered session has.</summary>
    public string NewId()
    {
        while (true)
        {
            var id = KernelRandom.GetString(IdAlphabet, IdLength);
            if (!_records.ContainsKey(id))
            {
                return id;
            }
        }
    }

    public void Remember(SessionRecord record) => _records[record.Id] = record;

    public void AddLive(Session session) => _live[session.Id] = session;

    public void RemoveLive(string id) => _live.TryRemove(id, out _);

    public void Forget(string id) => _records.TryRemove(id, out _);

    public Session? FindLive(string id) => _live.GetValueOrDefault(id);

    public SessionRecord? FindRecord(string id) => _records.GetValueOrDefault(id);

    /// <summary>A hook or a protocol told something of a session's agent; nothing happens when the session is over.</summary>
    public void Signal(string id, AgentSignal signal)
    {
        if (FindLive(id) is { } session)
        {
            session.Post(() => session.Status?.Signal(signal));
        }
    }

    /// <summary>A person has seen what a session's agent did; nothing happens when the session is over.</summary>
    public void Seen(string id)
    {
        if (FindLive(id) is { } session)
        {
            session.Post(() => session.Status?.Seen());
        }
    }

    /// <summary>
    /// Finds a session by its id, by a unique prefix of it, or by its whole title. Running sessions win over ended ones, and an id over a title.
    /// </summary>
    public SessionLookup Find(string reference, out SessionRecord[] found)
    {
        if (_records.TryGetValue(reference, out var exact))
        {
            found = [exact];
            return SessionLookup.Found;
        }

        found = SessionReference.Find(_records.Values, reference);
        return found.Length switch
        {
            0 => SessionLookup.Unknown,
            1 => SessionLookup.Found,
            _ => SessionLookup.Ambiguous,
        };
    }
}
