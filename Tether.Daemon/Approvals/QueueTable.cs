using Tether.Daemon.Server;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>The queue's entries, by id and by question. What is over stays for a while. Guarded by the queue's lock.</summary>
internal sealed class QueueTable
{
    // Those who answer too late are told who was first.
    private const int MostOver = 500;

    private readonly Dictionary<string, QueueEntry> _entries = [];
    private readonly Dictionary<(string Session, string Key), QueueEntry> _open = [];
    private readonly Queue<string> _over = new();

    public IEnumerable<QueueEntry> All => _entries.Values;

    public IEnumerable<QueueEntry> Open => _open.Values;

    public void Add(QueueEntry entry)
    {
        _entries[entry.Item.Id] = entry;
        _open[(entry.Item.Session, entry.Key)] = entry;
    }

    /// <summary>The open question of a session by its key; null when there is none.</summary>
    public QueueEntry? Find(string session, string key) => _open.GetValueOrDefault((session, key));

    /// <summary>By its whole id, over or not; null when there is none.</summary>
    public QueueEntry? Find(string id) => _entries.GetValueOrDefault(id);

    /// <summary>As people write it: an id, or a beginning that only one has.</summary>
    /// <exception cref="RequestError">It names none, or more than one.</exception>
    public QueueEntry Get(string reference)
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

    /// <summary>An entry is over: its question may be asked anew.</summary>
    public void Over(QueueEntry entry)
    {
        if (_open.Remove((entry.Item.Session, entry.Key)))
        {
            _over.Enqueue(entry.Item.Id);
            if (_over.Count > MostOver)
            {
                _entries.Remove(_over.Dequeue());
            }
        }
    }
}
