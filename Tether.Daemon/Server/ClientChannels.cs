using System.Collections.Concurrent;
using Tether.Daemon.Sessions;

namespace Tether.Daemon.Server;

/// <summary>The attachments of one connection, by the channel number that its messages carry.</summary>
internal sealed class ClientChannels
{
    private readonly ConcurrentDictionary<int, (Session Session, Viewer Viewer)> _attached = [];
    private int _last;
    private volatile bool _isClosed;

    /// <summary>The connection has ended.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>What <see cref="SupervisedPeers.MayAnswer"/> found; null while nobody has looked.</summary>
    public bool? MayAnswer { get; set; }

    public bool IsEmpty => _attached.IsEmpty;

    /// <summary>A channel number that this connection has not used yet.</summary>
    public int NewChannel() => Interlocked.Increment(ref _last);

    /// <summary>False when the connection has ended meanwhile: then nobody would ever remove the viewer.</summary>
    public bool Add(Session session, Viewer viewer)
    {
        _attached[viewer.Channel] = (session, viewer);
        return !_isClosed || !_attached.TryRemove(viewer.Channel, out _);
    }

    /// <summary>The connection has ended: gives the attachments that it leaves, each once.</summary>
    public IEnumerable<(Session Session, Viewer Viewer)> Close()
    {
        _isClosed = true;
        foreach (var channel in _attached.Keys)
        {
            if (_attached.TryRemove(channel, out var attached))
            {
                yield return attached;
            }
        }
    }

    public bool TryGet(int channel, out (Session Session, Viewer Viewer) attached) => _attached.TryGetValue(channel, out attached);

    public void Remove(int channel) => _attached.TryRemove(channel, out _);
}
