using System.Collections.Concurrent;
using System.Net.Sockets;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Tests.Support;

/// <summary>
/// A daemon that a test writes the lines for: <see cref="Reply"/> says what each request is answered with. Requests and input frames are kept in
/// <see cref="Received"/>. One client at a time.
/// </summary>
internal sealed class FakeDaemon : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Thread _thread;
    private Socket? _client;

    public FakeDaemon(string path)
    {
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public static SessionRecord Session { get; } = new()
    {
        Id = "abcd2345", Title = "test", Provider = "shell", Directory = "/tmp", Columns = 80, Rows = 24,
    };

    public BlockingCollection<object> Received { get; } = [];

    /// <summary>Messages and frames to be sent for a request, in order. By default everything is well and nothing happens.</summary>
    public Func<Request, IEnumerable<object>> Reply { get; set; } = StandardReply;

    public static IEnumerable<object> StandardReply(Request request) =>
    [
        request switch
        {
            HelloRequest => new WelcomeReply { Re = request.Id, Version = 1, Daemon = "test", ProcessId = 1, Host = "here" },
            AttachRequest attach => new AttachedReply { Re = request.Id, Channel = 5, Mode = attach.Mode, Session = Session },
            ListRequest => new SessionsReply { Re = request.Id, Sessions = [Session] },
            CreateRequest => new SessionReply { Re = request.Id, Session = Session },
            _ => new OkReply { Re = request.Id },
        },
    ];

    public static byte[] Frame(FrameKind kind, string text, int channel = 5)
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(text);
        var frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(kind, channel, 0, payload.Length).Write(frame);
        payload.CopyTo(frame, FrameHeader.Size);
        return frame;
    }

    public void Send(object item)
    {
        var body = item as byte[] ?? WireJson.Encode((Message)item);
        var bytes = new byte[LocalFrame.HeadSize + body.Length];
        LocalFrame.WriteHead(bytes, body.Length, item is byte[] ? LocalFrame.Binary : LocalFrame.Json);
        body.CopyTo(bytes, LocalFrame.HeadSize);
        _client!.Send(bytes);
    }

    /// <summary>The next request of a kind; others that come before it are passed over.</summary>
    public T Next<T>()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (Received.Take(timeout.Token) is T wanted)
            {
                return wanted;
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _client?.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                _client = _listener.Accept();
                Converse(_client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Converse(Socket client)
    {
        var head = new byte[LocalFrame.HeadSize];
        while (Fill(client, head) && LocalFrame.TryReadHead(head, out var length, out var kind))
        {
            var body = new byte[length];
            if (!Fill(client, body))
            {
                return;
            }

            if (kind == LocalFrame.Binary)
            {
                Received.Add(body[FrameHeader.Size..]);
                continue;
            }

            var request = (Request)WireJson.Decode(body);
            foreach (var item in Reply(request))
            {
                Send(item);
            }

            // A test that has seen the request may send on: the answer is out.
            Received.Add(request);
        }
    }

    private static bool Fill(Socket client, byte[] target)
    {
        for (var done = 0; done < target.Length;)
        {
            int count;
            try
            {
                count = client.Receive(target.AsSpan(done));
            }
            catch (SocketException)
            {
                return false;
            }

            if (count == 0)
            {
                return false;
            }

            done += count;
        }

        return true;
    }
}
