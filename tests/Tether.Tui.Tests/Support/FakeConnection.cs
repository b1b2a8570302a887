using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Tests.Support;

/// <summary>A connection whose other end is the test: it sees what was sent, and says what comes.</summary>
internal sealed class FakeConnection : IConnection
{
    private readonly Queue<Incoming> _coming = [];

    public List<Message> Sent { get; } = [];

    /// <summary>Input frames, each with its channel.</summary>
    public List<(int Channel, string Text)> Typed { get; } = [];

    /// <summary>The other end is gone: nothing can be sent or read any more.</summary>
    public bool IsGone { get; set; }

    public int WaitDescriptor => -1;

    public bool CanLend => false;

    public WelcomeReply? Welcome => null;

    /// <summary>The newest request of a kind.</summary>
    public T Last<T>()
        where T : Request => Sent.OfType<T>().Last();

    public void Come(Message message) => _coming.Enqueue(Incoming.Of(message));

    public void Come(FrameKind kind, int channel, string text, long? end = null)
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(text);
        _coming.Enqueue(Incoming.Of(new FrameHeader(kind, channel, 0, end ?? payload.Length), payload));
    }

    public bool Send(Message message, int descriptor = -1)
    {
        if (!IsGone)
        {
            Sent.Add(message);
        }

        return !IsGone;
    }

    public bool SendFrame(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (!IsGone && header.Kind == FrameKind.Input)
        {
            Typed.Add((header.Channel, System.Text.Encoding.UTF8.GetString(payload)));
        }

        return !IsGone;
    }

    public bool TryRead(out Incoming incoming) => _coming.TryDequeue(out incoming);

    public bool Fill() => !IsGone;

    public void Dispose()
    {
    }
}
