namespace Tether.Daemon.Storage;

/// <summary>Changes that wait to be written in one transaction. Belongs to whoever holds it; <see cref="RegistryQueue"/> guards its own.</summary>
internal sealed class RegistryBatch
{
    /// <summary>More events than this are not kept waiting: the oldest go.</summary>
    public const int MostEvents = 10_000;

    /// <summary>The last state of each session that changed; null for one that was deleted.</summary>
    public Dictionary<string, StoredSession?> Sessions { get; } = [];

    /// <summary>The last state of each item of the queue that changed.</summary>
    public Dictionary<string, StoredItem> Items { get; } = [];

    public Queue<StoredEvent> Events { get; } = new();

    public int DroppedEvents { get; private set; }

    public bool IsEmpty => Sessions.Count == 0 && Items.Count == 0 && Events.Count == 0;

    public void Add(StoredEvent happened)
    {
        Events.Enqueue(happened);
        while (Events.Count > MostEvents)
        {
            Events.Dequeue();
            DroppedEvents++;
        }
    }

    /// <summary>Puts a batch that could not be written before what came since.</summary>
    public void TakeBack(RegistryBatch failed)
    {
        foreach (var (id, session) in failed.Sessions)
        {
            Sessions.TryAdd(id, session);
        }

        foreach (var (id, item) in failed.Items)
        {
            Items.TryAdd(id, item);
        }

        var later = Events.ToArray();
        Events.Clear();
        DroppedEvents += failed.DroppedEvents;
        foreach (var happened in failed.Events.Concat(later))
        {
            Add(happened);
        }
    }
}
