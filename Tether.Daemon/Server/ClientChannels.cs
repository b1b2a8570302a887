using System.Collections.Concurrent;
using Tether.Daemon.Sessions;

namespace Tether.Daemon.Server;

/// <summary>The attachments of one connection, by the channel number that its messages carry.</summary>
internal sealed class ClientChannels
{
    private readonly ConcurrentDictionary<int, (Session Session, Viewer Viewer)> _attached = [];
    private int _last;

    public bool IsEmpty => _attached.IsEmpty;

    /// <summary>A channel number that this connection has not used yet.</summary>
    public int NewChannel() => Interlocked.Increment(ref _last);

    public void Add(Session session, Viewer viewer) => _attached[viewer.Channel] = (session, viewer);

    public bool TryGet(int channel, out (Session Session, Viewer Viewer) attached) => _attached.TryGetValue(channel, out attached);

    public void Remove(int channel) => _attached.TryRemove(channel, out _);

    public IEnumerable<(Session Session, Viewer Viewer)> All => _attached.Values;
}
