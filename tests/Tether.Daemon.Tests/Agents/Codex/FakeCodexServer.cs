using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tether.Daemon.Agents;

namespace Tether.Daemon.Tests.Agents.Codex;

/// <summary>As much of a Codex app-server as the link uses: a WebSocket over a Unix socket, calls, notifications and requests.</summary>
internal sealed class FakeCodexServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<WebSocket, SemaphoreSlim> _clients = new();
    private readonly Channel<JsonObject> _received = Channel.CreateUnbounded<JsonObject>();

    public FakeCodexServer(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>What `thread/resume` answers with; null for a thread that is in no file yet.</summary>
    public string? Thread { get; set; } = """{"id":"t1","ephemeral":false,"status":{"type":"active","activeFlags":[]}}""";

    /// <summary>The items of the turn that runs, told to a client that resumes and wants them.</summary>
    public string Items { get; set; } = "[]";

    /// <summary>What is asked again of a client that resumes.</summary>
    public string? Pending { get; set; }

    public string Loaded { get; set; } = """["t1"]""";

    public bool TakesSteering { get; set; } = true;

    /// <summary>The next message of a client that is neither its introduction nor a list, as JSON.</summary>
    public async Task<string> Next() => (await _received.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit)).ToJsonString();

    /// <summary>The next message that begins so.</summary>
    public async Task<string> Next(string beginning)
    {
        while (true)
        {
            if (await Next() is var message && message.StartsWith(beginning, StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    public async Task Tell(string message)
    {
        foreach (var (client, sending) in _clients)
        {
            await Send(client, sending, message);
        }
    }

    /// <summary>Every connection breaks.</summary>
    public void Break()
    {
        foreach (var client in _clients.Keys)
        {
            _clients.TryRemove(client, out _);
            client.Abort();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Break();
    }

    private static async Task Send(WebSocket client, SemaphoreSlim sending, string message)
    {
        await sending.WaitAsync();
        try
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    private static async Task<WebSocket> Accept(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        const string Field = "Sec-WebSocket-Key: ";
        var key = head.ToString().Split("\r\n").First(line => line.StartsWith(Field, StringComparison.OrdinalIgnoreCase))[Field.Length..];
#pragma warning disable CA5350 // What WebSockets are made of (RFC 6455, 4.2.2).
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                _ = Task.Run(() => ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var client = await Accept(new NetworkStream(socket, ownsSocket: true));
            var sending = _clients[client] = new SemaphoreSlim(1, 1);
            var buffer = new byte[64 << 10];
            while (await client.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } part)
            {
                var message = JsonNode.Parse(buffer.AsSpan(0, part.Count))!.AsObject();
                var method = message["method"]?.GetValue<string>();
                if (method is not ("initialize" or "initialized" or "thread/loaded/list"))
                {
                    _received.Writer.TryWrite(message);
                }

                if (method is not null && message["id"]?.GetValue<int>() is { } id)
                {
                    await Send(client, sending, $$"""{"id":{{id}},{{Answer(method)}}}""");
                    if (method == "thread/resume" && Thread is not null && Pending is { } pending)
                    {
                        await Send(client, sending, pending);
                    }
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client is gone, or the test is over.
        }
    }

    private string Answer(string method) => method switch
    {
        "thread/loaded/list" => $$"""
            "result":{"data":{{Loaded}}}
            """,
        "thread/resume" when Thread is null => """
            "error":{"code":-32600,"message":"no rollout found for thread id t1"}
            """,
        "thread/resume" => $$$"""
            "result":{"thread":{{{Thread}}},"initialTurnsPage":{"data":[{"id":"u1","items":{{{Items}}}}]}}
            """,
        "turn/steer" when !TakesSteering => """
            "error":{"code":-32600,"message":"no"}
            """,
        _ => """
            "result":{}
            """,
    };
}
