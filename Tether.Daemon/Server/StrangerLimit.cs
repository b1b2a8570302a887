using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Tether.Daemon.Server;

/// <summary>
/// Who has shown no token holds one of few connections no longer than it takes to show one: a connection from the port is closed when its sender, unknown yet, asks nothing for
/// <see cref="Silence"/>. Who is known keeps it as long as Kestrel's own limit says. A feature of the connection's requests.
/// </summary>
internal sealed class StrangerLimit
{
    /// <summary>A connection on which nothing is asked for so long is closed.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly ITimer _timer;
    private volatile bool _isKnown;

    public StrangerLimit(ConnectionContext connection, TimeProvider time)
    {
        _timer = time.CreateTimer(static state => Close((ConnectionContext)state!), connection, Silence, Timeout.InfiniteTimeSpan);
        connection.ConnectionClosed.Register(static timer => ((ITimer)timer!).Dispose(), _timer);
    }

    /// <summary>A request begins: it ends by its own limits.</summary>
    public void Asked() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The request showed a token that counts.</summary>
    public void Known() => _isKnown = true;

    /// <summary>The request is over.</summary>
    public void Answered()
    {
        if (!_isKnown)
        {
            _timer.Change(Silence, Timeout.InfiniteTimeSpan);
        }
    }

    // In order once Kestrel has it: a request that arrives just now is answered first.
    private static void Close(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is { } serving)
        {
            serving.RequestClose();
        }
        else
        {
            connection.Abort();
        }
    }
}
