using Tether.Daemon.Storage;

namespace Tether.Daemon.Events;

/// <summary>What was logged before there was the log's file.</summary>
/// <param name="Read">In order; asked for once in the file's life, on the writer's thread.</param>
/// <param name="Taken">It is in the file for good.</param>
internal sealed record OldEvents(Func<IReadOnlyList<StoredEvent>> Read, Action Taken)
{
    public static OldEvents None { get; } = new(() => [], () => { });
}
