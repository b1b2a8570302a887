using Tether.Protocol.Wire;

namespace Tether.Tui.Connection;

/// <summary>Asks and waits for the answer, for commands that do one thing at a time. What comes unasked meanwhile goes to <see cref="Unasked"/>.</summary>
internal sealed class DaemonClient(IConnection connection) : IDisposable
{
    private int _lastId;

    public IConnection Connection => connection;

    /// <summary>Gets notices and frames that come while an answer is awaited.</summary>
    public Action<Incoming>? Unasked { get; set; }

    /// <summary>Called before waiting for the daemon, which may be long: waits for whatever else must not be missed.</summary>
    public Action? BeforeWait { get; set; }

    private int NextId() => ++_lastId;

    /// <summary>Sends the request and waits for its answer.</summary>
    /// <exception cref="DaemonException">The daemon refused.</exception>
    public TReply Ask<TReply>(Request request, int descriptor = -1)
        where TReply : Reply => Answer<TReply>(Send(request, descriptor));

    /// <summary>Sends the request; <see cref="Answer{TReply}"/> takes its answer later.</summary>
    public int Send(Request request, int descriptor = -1)
    {
        var id = NextId();
        return connection.Send(request with { Id = id }, descriptor) ? id : throw DaemonException.Gone();
    }

    /// <summary>Sends a request whose answer nobody waits for. Its id.</summary>
    public int Tell(Request request)
    {
        var id = NextId();
        connection.Send(request with { Id = id });
        return id;
    }

    public TReply Answer<TReply>(int id)
        where TReply : Reply
    {
        while (true)
        {
            while (connection.TryRead(out var incoming))
            {
                switch (incoming.Message)
                {
                    case ErrorReply error when error.Re == id || error.Re == 0: throw new DaemonException(error);
                    case TReply reply when reply.Re == id: return reply;
                    case var _: Unasked?.Invoke(incoming); break;
                }
            }

            BeforeWait?.Invoke();
            if (!connection.Fill())
            {
                throw DaemonException.Gone();
            }
        }
    }

    public void Dispose() => connection.Dispose();
}
