using System.Text;
using Tether.Daemon.Native;
using Tether.Daemon.Server;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests.Server;

/// <summary>The local socket with a handler of the test's, and a client that speaks it byte by byte.</summary>
internal sealed class LocalRig : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly LocalServer _server;

    public LocalRig()
    {
        _server = LocalServer.Listen(_scratch.File("local.sock"), Handler);
        _server.Start();
    }

    public FakeClientHandler Handler { get; } = new();

    public UnixSocket Connect() => UnixSocket.Connect(_scratch.File("local.sock")) ?? throw new IOException("nobody listens");

    public static void Send(UnixSocket client, string json, int descriptor = -1)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var frame = new byte[LocalFrame.HeadSize + bytes.Length];
        LocalFrame.WriteHead(frame, bytes.Length, LocalFrame.Json);
        bytes.CopyTo(frame, LocalFrame.HeadSize);
        client.Send(frame, descriptor);
    }

    public static void SendFrame(UnixSocket client, params ReadOnlySpan<byte> body)
    {
        var frame = new byte[LocalFrame.HeadSize + body.Length];
        LocalFrame.WriteHead(frame, body.Length, LocalFrame.Binary);
        body.CopyTo(frame.AsSpan(LocalFrame.HeadSize));
        client.Send(frame);
    }

    /// <summary>The next message or frame as text; null when the daemon has hung up.</summary>
    public static string? Receive(UnixSocket client) => Task.Run(() =>
    {
        var none = -1;
        var head = new byte[LocalFrame.HeadSize];
        if (!client.Receive(head, ref none))
        {
            return null;
        }

        LocalFrame.TryReadHead(head, out var length, out _);
        var body = new byte[length];
        return client.Receive(body, ref none) ? Encoding.Latin1.GetString(body) : null;
    }).Result();

    public void Dispose()
    {
        _server.Stop();
        _scratch.Dispose();
    }
}
