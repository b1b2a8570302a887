using Tether.Protocol.Model;

namespace Tether.Daemon.Storage;

/// <summary>An item of the queue as it is kept, with what its question is known by; see <see cref="Approvals.Ask"/>.</summary>
internal sealed record StoredItem(QueueItem Item, string Key, string Correlation);
