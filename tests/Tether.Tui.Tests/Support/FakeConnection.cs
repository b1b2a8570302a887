using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Tests.Support;

/// <summary>A connection whose other end is the test: it sees what was sent, and says what comes.</summary>
internal sealed class FakeConnection : IConnection
{
    private readonly Queue<Incoming> _coming = [];

    public List<Message> Sent { get; } = [];

    public int WaitDescriptor => -1;

    public bool CanLend => false;

    public WelcomeReply? Welcome => null;

    /// <summary>The newest request of a kind.</summary>
    public T Last<T>()
        where T : Request => Sent.OfType<T>().Last();

    public void Come(Message message) => _coming.Enqueue(Incoming.Of(message));

    public void Come(FrameKind kind, int channel, string text)
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(text);
        _coming.Enqueue(Incoming.Of(new FrameHeader(kind, channel, 0, payload.Length), payload));
    }

    public bool Send(Message message, int descriptor = -1)
    {
        Sent.Add(message);
        return true;
    }

    public bool SendFrame(FrameHeader header, ReadOnlySpan<byte> payload) => true;

    public bool TryRead(out Incoming incoming) => _coming.TryDequeue(out incoming);

    public bool Fill() => true;

    public void Dispose()
    {
    }
}
