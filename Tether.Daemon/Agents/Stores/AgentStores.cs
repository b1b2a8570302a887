using System.Collections.Concurrent;
using Tether.Daemon.Agents.Claude;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Agents.OpenCode;
using Tether.Daemon.Agents.Pi;

namespace Tether.Daemon.Agents.Stores;

/// <summary>
/// The stores of all agents and the transcripts that were looked at last. All of it belongs to one thread, which is started by the first who wants
/// something: reading a large file makes no session and no client's other requests wait.
/// </summary>
internal sealed class AgentStores(IReadOnlyList<IAgentStore> stores) : IDisposable
{
    // Who waits behind so many hears that it is busy.
    private const int MostWaiting = 64;

    private const int MostTranscripts = 8;

    private readonly BlockingCollection<Action> _waiting = new(MostWaiting);
    private readonly Lock _gate = new();
    private readonly List<(string Agent, string Id, string Location, Transcript Transcript)> _transcripts = [];
    private Thread? _thread;

    public static AgentStores Of(StoreHome home) => new([new ClaudeStore(home), new CodexStore(home), new OpenCodeStore(home), new PiStore(home)]);

    public IReadOnlyList<IAgentStore> All => stores;

    public IAgentStore? Find(string agent) => stores.FirstOrDefault(store => store.Agent == agent);

    /// <summary>Has something done on the stores' thread; false when too much waits there already.</summary>
    public bool Post(Action work)
    {
        lock (_gate)
        {
            if (_thread is null)
            {
                _thread = new Thread(Work) { Name = "agent stores", IsBackground = true };
                _thread.Start();
            }
        }

        return _waiting.TryAdd(work);
    }

    /// <summary>The transcript of a session, up to date. On the stores' thread only.</summary>
    public Transcript Transcript(IAgentStore store, KeptSession session)
    {
        var index = _transcripts.FindIndex(known => (known.Agent, known.Id, known.Location) == (store.Agent, session.Id, session.Location));
        var found = index >= 0 ? _transcripts[index] : (store.Agent, session.Id, session.Location, store.OpenTranscript(session));
        if (index >= 0)
        {
            _transcripts.RemoveAt(index);
        }

        _transcripts.Add(found);
        if (_transcripts.Count > MostTranscripts)
        {
            _transcripts.RemoveAt(0);
        }

        found.Item4.Refresh();
        return found.Item4;
    }

    /// <summary>What waits is still done.</summary>
    public void Dispose() => _waiting.CompleteAdding();

    private void Work()
    {
        foreach (var work in _waiting.GetConsumingEnumerable())
        {
            work();
        }
    }
}
