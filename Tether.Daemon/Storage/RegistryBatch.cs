namespace Tether.Daemon.Storage;

/// <summary>Changes that wait to be written in one transaction. Belongs to whoever holds it; <see cref="RegistryQueue"/> guards its own.</summary>
internal sealed class RegistryBatch
{
    /// <summary>The last state of each session that changed; null for one that was deleted.</summary>
    public Dictionary<string, StoredSession?> Sessions { get; } = [];

    /// <summary>The last state of each item of the queue that changed.</summary>
    public Dictionary<string, StoredItem> Items { get; } = [];

    /// <summary>See <see cref="Registry.DropOldEvents"/>.</summary>
    public bool DropsOldEvents { get; set; }

    public bool IsEmpty => Sessions.Count == 0 && Items.Count == 0 && !DropsOldEvents;

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

        DropsOldEvents |= failed.DropsOldEvents;
    }
}
