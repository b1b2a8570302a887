using Tether.Protocol.Wire;

namespace Tether.Tui.Connection;

/// <summary>
/// A conversation with the daemon, by whichever transport. One thread uses it: it sends, reads what has come, and waits on
/// <see cref="WaitDescriptor"/> together with whatever else it waits for. The hello goes out by itself before the first message.
/// </summary>
internal interface IConnection : IDisposable
{
    /// <summary>Readable when <see cref="Fill"/> has something to take.</summary>
    int WaitDescriptor { get; }

    /// <summary>True when <see cref="Send"/> can pass a descriptor on.</summary>
    bool CanLend { get; }

    /// <summary>The daemon, once it has welcomed this connection.</summary>
    WelcomeReply? Welcome { get; }

    /// <summary>Sends a message, with a descriptor if one is given. False when the daemon is gone.</summary>
    bool Send(Message message, int descriptor = -1);

    /// <summary>Sends a binary frame. False when the daemon is gone.</summary>
    bool SendFrame(FrameHeader header, ReadOnlySpan<byte> payload);

    /// <summary>The next thing that has been taken already; never waits.</summary>
    bool TryRead(out Incoming incoming);

    /// <summary>Waits for more bytes and takes them. False when the daemon is gone.</summary>
    bool Fill();
}
