using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Dashboard.Link;

/// <summary>A conversation with the daemon that never waits: each request names what is done with its answer.</summary>
internal sealed class DaemonLink(IConnection connection) : IDisposable
{
    private readonly Dictionary<int, (Action<Reply> Then, Action<string> Refused)> _open = [];
    private int _lastId;

    public int WaitDescriptor => connection.WaitDescriptor;

    /// <summary>True once something could not be sent or read: the daemon is gone.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Sends a request; one of the two is called when the answer is taken, none if the daemon goes before.</summary>
    /// <param name="request">Its id is chosen here.</param>
    /// <param name="then">Gets the answer.</param>
    /// <param name="refused">Gets the daemon's reason.</param>
    public void Ask<TReply>(Request request, Action<TReply> then, Action<string> refused)
        where TReply : Reply
    {
        var id = ++_lastId;
        _open[id] = (reply => Answer(reply, then, refused), refused);
        Send(request with { Id = id });
    }

    /// <summary>Sends a request whose answer says nothing that notices do not say.</summary>
    public void Tell(Request request) => Send(request with { Id = ++_lastId });

    public void SendInput(int channel, ReadOnlySpan<byte> typed)
    {
        const int Piece = FrameHeader.MaxFrame / 2;
        for (; !typed.IsEmpty && !IsLost; typed = typed[Math.Min(Piece, typed.Length)..])
        {
            IsLost |= !connection.SendFrame(new FrameHeader(FrameKind.Input, channel, 0, 0), typed[..Math.Min(Piece, typed.Length)]);
        }
    }

    /// <summary>Reads what has come: called when the descriptor is readable.</summary>
    /// <param name="unasked">Gets notices and frames.</param>
    public void Take(Action<Incoming> unasked)
    {
        IsLost |= !connection.Fill();
        while (connection.TryRead(out var incoming))
        {
            if (incoming.Message is Reply reply)
            {
                TakeReply(reply, unasked, incoming);
            }
            else
            {
                unasked(incoming);
            }
        }
    }

    public void Dispose() => connection.Dispose();

    private void TakeReply(Reply reply, Action<Incoming> unasked, in Incoming incoming)
    {
        if (_open.Remove(reply.Re, out var open))
        {
            open.Then(reply);
        }
        else if (reply is ErrorReply { Re: 0 })
        {
            unasked(incoming);
        }
    }

    private static void Answer<TReply>(Reply reply, Action<TReply> then, Action<string> refused)
        where TReply : Reply
    {
        if (reply is TReply expected)
        {
            then(expected);
        }
        else
        {
            refused(reply is ErrorReply error ? error.Message : $"the daemon answered with {reply.GetType().Name}");
        }
    }

    private void Send(Request request) => IsLost |= !connection.Send(request);
}
