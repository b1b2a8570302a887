using System.Collections.Concurrent;
using System.Text;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests;

/// <summary>A client that keeps what it is sent. Its frames are taken at once, or only when the test lets them through.</summary>
internal sealed class FakeConnection : ClientConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<Message> _messages = [];
    private readonly BlockingCollection<(FrameHeader Header, byte[] Payload)> _frames = [];
    private readonly Queue<Action<bool>> _held = [];
    private bool _isReading = true;

    public FakeConnection(string name = "somebody", ApiScope scopes = ApiScope.Admin)
    {
        Name = name;
        Rights = new ConnectionRights(scopes);
    }

    public override bool IsLocal => true;

    public override ConnectionRights Rights { get; }

    public override int ProcessId => Process;

    public int Process { get; init; }

    public int FramesSent { get; private set; }

    /// <summary>The last frame that was sent and not yet taken out is still on its way while this is false.</summary>
    public bool IsReading
    {
        get
        {
            lock (_held)
            {
                return _isReading;
            }
        }

        set
        {
            Action<bool>[] held;
            lock (_held)
            {
                _isReading = value;
                held = value ? [.. _held] : [];
                if (value)
                {
                    _held.Clear();
                }
            }

            foreach (var sent in held)
            {
                sent(true);
            }
        }
    }

    public override void Send(Message message) => _messages.Add(message);

    public override void SendFrame(ReadOnlyMemory<byte> frame, Action<bool> sent)
    {
        Assert(FrameHeader.TryRead(frame.Span, out var header), "a frame without a head");
        _frames.Add((header, frame[FrameHeader.Size..].ToArray()));
        FramesSent++;
        lock (_held)
        {
            if (!_isReading)
            {
                _held.Enqueue(sent);
                return;
            }
        }

        sent(true);
    }

    public override void Close()
    {
    }

    /// <summary>The next message of a kind; others before it are dropped.</summary>
    public T Next<T>()
        where T : Message
    {
        var seen = new List<string>();
        while (_messages.TryTake(out var message, Patience))
        {
            if (message is T wanted)
            {
                return wanted;
            }

            seen.Add(message.ToString());
        }

        throw new TimeoutException($"no {typeof(T).Name} came, but: {string.Join(" · ", seen)}");
    }

    /// <summary>Messages that came and were not taken yet.</summary>
    public Message[] Waiting() => [.. _messages];

    public (FrameHeader Header, byte[] Payload) NextFrame() =>
        _frames.TryTake(out var frame, Patience) ? frame : throw new TimeoutException("no frame came");

    public (FrameHeader Header, byte[] Payload)[] WaitingFrames() => [.. _frames];

    /// <summary>Takes frames until the text has come; gives what they held from the last repaint on, snapshot and output together.</summary>
    public string ReadUntil(string text)
    {
        var screen = new StringBuilder();
        while (!screen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var (header, payload) = NextFrame();
            if (header.Kind == FrameKind.Snapshot)
            {
                screen.Clear();
            }

            screen.Append(Encoding.Latin1.GetString(payload));
        }

        return screen.ToString();
    }

    private static void Assert(bool isTrue, string what)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException(what);
        }
    }
}
