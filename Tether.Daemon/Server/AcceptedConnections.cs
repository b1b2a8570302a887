using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Tether.Daemon.Server;

/// <summary>Kestrel's listener: hands it the connections that <see cref="WebSocketServer"/> has accepted.</summary>
internal sealed class AcceptedConnections(EndPoint endPoint) : IConnectionListenerFactory, IConnectionListener
{
    // Further ones wait in the kernel.
    private const int MostWaiting = 16;

    private readonly Channel<ConnectionContext> _waiting = Channel.CreateBounded<ConnectionContext>(MostWaiting);

    public EndPoint EndPoint => endPoint;

    /// <summary>False once Kestrel has stopped.</summary>
    public async ValueTask<bool> TryAddAsync(ConnectionContext connection, CancellationToken stop)
    {
        try
        {
            await _waiting.Writer.WriteAsync(connection, stop).ConfigureAwait(false);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _waiting.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _waiting.Writer.TryComplete();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out var connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
