using Tether.Daemon.Storage;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>What the queue needs of the daemon around it. But for <see cref="Flush"/> nothing here waits, and may be called while the queue is locked.</summary>
internal interface IQueueHost
{
    TimeProvider Clock { get; }

    SessionRecord? Find(string session);

    /// <summary>Keeps an item as it is now.</summary>
    void Save(StoredItem item);

    /// <summary>Waits until what was saved is on disk, or the disk does not take it in time.</summary>
    void Flush();

    /// <summary>Tells everybody who wants to know.</summary>
    void Publish(QueueItem item);
}
