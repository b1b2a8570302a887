using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.ThirdParty;

/// <summary>
/// A client that somebody else wrote from PROTOCOL.md: a bare ClientWebSocket, JSON by hand, frames by hand. Nothing of Tether's own
/// code, and none of the helpers of these tests but the sandbox.
/// </summary>
public sealed class ConversationTests
{
    [EndToEndFact]
    public async Task A_session_from_its_creation_to_its_end()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        using var cancel = new CancellationTokenSource(Patience.Ample);
        using var socket = await Connect(sandbox.Paths.WebSocket, cancel.Token);
        Assert.Equal("tether.v1", socket.SubProtocol);

        await Say(socket, """{"type":"hello","id":1,"versions":[1],"client":"somebody else's"}""", cancel.Token);
        var welcome = await Message(socket, cancel.Token);
        Assert.Equal("welcome", welcome["type"]!.GetValue<string>());
        Assert.Equal(1, welcome["re"]!.GetValue<int>());
        Assert.Equal(1, welcome["version"]!.GetValue<int>());

        await Say(socket, """{"type":"create","id":2,"provider":"any","arguments":["sh","-c","echo hello; read name; echo \"bye $name\"; exit 3"],"title":"third","columns":70,"rows":20}""", cancel.Token);
        var created = await Message(socket, cancel.Token);
        Assert.Equal("session", created["type"]!.GetValue<string>());
        var id = created["session"]!["id"]!.GetValue<string>();
        Assert.Equal("running", created["session"]!["state"]!.GetValue<string>());

        await Say(socket, $$"""{"type":"attach","id":3,"session":"{{id}}","mode":"control","columns":70,"rows":20}""", cancel.Token);
        var attached = await Message(socket, cancel.Token);
        Assert.Equal("attached", attached["type"]!.GetValue<string>());
        Assert.Equal("control", attached["mode"]!.GetValue<string>());
        var channel = attached["channel"]!.GetValue<int>();

        // The snapshot first, then output from its offset on, without a gap.
        var stream = new StringBuilder();
        long position = -1;
        JsonObject? exited = null;
        var hasTyped = false;
        while (exited is null)
        {
            var (isBinary, bytes) = await Receive(socket, cancel.Token);
            if (!isBinary)
            {
                var message = JsonNode.Parse(bytes)!.AsObject();
                exited = message["type"]!.GetValue<string>() == "exited" ? message : null;
                continue;
            }

            var (kind, offset, end) = (bytes[0], BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)));
            Assert.Equal(channel, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)));
            switch (kind)
            {
                case 3 or 4:
                    position = end;
                    break;
                case 2:
                    Assert.Equal(position, offset);
                    position = end;
                    break;
            }

            stream.Append(Encoding.UTF8.GetString(bytes.AsSpan(24)));
            if (!hasTyped && stream.ToString().Contains("hello", StringComparison.Ordinal))
            {
                hasTyped = true;
                byte[] frame = [1, 0, 0, 0, (byte)channel, 0, 0, 0, .. new byte[16], .. "Ada\r"u8];
                await socket.SendAsync(frame, WebSocketMessageType.Binary, true, cancel.Token);
            }
        }

        Assert.Contains("bye Ada", stream.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, exited["session"]!["exitCode"]!.GetValue<int>());
        Assert.Equal(position, exited["session"]!["offset"]!.GetValue<long>());

        await Say(socket, $$"""{"type":"history","id":4,"session":"{{id}}","from":0}""", cancel.Token);
        var journal = new MemoryStream();
        while (true)
        {
            var (isBinary, bytes) = await Receive(socket, cancel.Token);
            if (!isBinary && JsonNode.Parse(bytes)!["re"]?.GetValue<int>() == 4)
            {
                break;
            }

            if (isBinary && bytes[0] == 6)
            {
                journal.Write(Output(bytes.AsSpan(24)));
            }
        }

        Assert.Equal("hello\r\nAda\r\nbye Ada\r\n", Encoding.UTF8.GetString(journal.ToArray()));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancel.Token);
    }

    [EndToEndFact]
    public async Task A_subscriber_is_told_what_happens()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        await using var peer = await Peer.WebSocket(sandbox);
        await peer.Ask("subscribe", null, "ok");
        var id = await sandbox.Detached("news", "sh", "-c", "read x; exit 0");
        Assert.Equal(id, (await peer.NextMessage("event", message => message["kind"]!.GetValue<string>() == "created"))["session"]!.GetValue<string>());
        await sandbox.Do("rename", id, "fresh news");
        await peer.NextMessage("event", message => message["kind"]!.GetValue<string>() == "renamed");
        await sandbox.Do("input", id, "x");
        await peer.NextMessage("event", message => message["kind"]!.GetValue<string>() == "exited");
        await sandbox.Do("delete", id);
        await peer.NextMessage("event", message => message["kind"]!.GetValue<string>() == "deleted");
    }

    [EndToEndTheory]
    [InlineData("http://localhost/v1", null)]
    [InlineData("http://evil.example/v1", null)]
    [InlineData("http://localhost/v1", "http://evil.example")]
    public async Task A_connection_without_the_subprotocol_or_from_a_page_elsewhere_is_refused(string uri, string? origin)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        using var client = new ClientWebSocket();
        if (origin is not null)
        {
            client.Options.AddSubProtocol("tether.v1");
            client.Options.SetRequestHeader("Origin", origin);
        }

        using var invoker = Invoker(sandbox.Paths.WebSocket);
        using var cancel = new CancellationTokenSource(Patience.Usual);
        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri(uri.Replace("http", "ws", StringComparison.Ordinal)), invoker, cancel.Token));
    }

    private static async Task<ClientWebSocket> Connect(string path, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("tether.v1");
        using var invoker = Invoker(path);
        await socket.ConnectAsync(new Uri("ws://localhost/v1"), invoker, cancel);
        return socket;
    }

    private static HttpMessageInvoker Invoker(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancel) =>
        {
            var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await unix.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(unix, ownsSocket: true);
        },
    });

    private static Task Say(ClientWebSocket socket, string message, CancellationToken cancel) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, cancel);

    private static async Task<JsonObject> Message(ClientWebSocket socket, CancellationToken cancel)
    {
        var (isBinary, bytes) = await Receive(socket, cancel);
        Assert.False(isBinary);
        return JsonNode.Parse(bytes)!.AsObject();
    }

    private static async Task<(bool IsBinary, byte[] Bytes)> Receive(ClientWebSocket socket, CancellationToken cancel)
    {
        var whole = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
            whole.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return (result.MessageType == WebSocketMessageType.Binary, whole.ToArray());
            }
        }
    }

    // The payloads of the records of kind 1.
    private static byte[] Output(ReadOnlySpan<byte> records)
    {
        var output = new MemoryStream();
        while (records.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(records);
            if (records[4] == 1)
            {
                output.Write(records.Slice(24, length));
            }

            records = records[(24 + length)..];
        }

        return output.ToArray();
    }
}
