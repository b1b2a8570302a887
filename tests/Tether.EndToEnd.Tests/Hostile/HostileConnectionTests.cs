using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Hostile;

/// <summary>Whatever comes in on the sockets is answered by a clear error, and hurts nobody else.</summary>
public sealed class HostileConnectionTests
{
    public static TheoryData<string, string> Refused { get; } = new()
    {
        { """{"type":"no-such-request","id":7}""", "bad-request" },
        { """{"id":7}""", "bad-request" },
        { """{"type":"attach","id":7}""", "bad-request" },
        { """{"type":"attach","id":7,"session":"nowhere1","mode":"control","columns":80,"rows":24}""", "unknown-session" },
        { """{"type":"attach","id":7,"session":"@","mode":"dance","columns":80,"rows":24}""", "bad-request" },
        { """{"type":"attach","id":7,"session":"@","mode":"control","columns":-1,"rows":24}""", "bad-request" },
        { """{"type":"attach","id":7,"session":"@","mode":"control","columns":80,"rows":1000000}""", "bad-request" },
        { """{"type":"resize","id":7,"channel":99,"columns":80,"rows":24}""", "unknown-channel" },
        { """{"type":"detach","id":7,"channel":0}""", "unknown-channel" },
        { """{"type":"create","id":7,"provider":"../../bin/sh"}""", "unknown-provider" },
        { """{"type":"create","id":7,"provider":"any","columns":-5}""", "bad-request" },
        { """{"type":"create","id":7,"provider":"any","arguments":["true"],"directory":"relative"}""", "bad-directory" },
        { """{"type":"create","id":7,"provider":"any","arguments":["true"],"directory":"/no/such/place"}""", "bad-directory" },
        { """{"type":"create","id":7,"provider":"shell","arguments":["-c","id"]}""", "no-arguments" },
        { """{"type":"create","id":7,"provider":"any","arguments":["true"],"title":"a\nb"}""", "bad-request" },
        { """{"type":"wait","id":7,"session":"@","for":"godot"}""", "bad-request" },
        { """{"type":"wait","id":7,"session":"@","for":"text","pattern":"("}""", "bad-request" },
        { """{"type":"keys","id":7,"session":"@","keys":["hyperspace"]}""", "bad-request" },
        { """{"type":"capture","id":7,"session":"@","format":"png"}""", "bad-request" },
        { """{"type":"delete","id":7,"session":"@"}""", "still-running" },
        { """{"type":"wait","id":7,"session":null,"for":"exit"}""", "bad-request" },
        { """{"type":"create","id":7,"provider":"any","arguments":[null]}""", "bad-request" },
        { """{"type":"create","id":7,"provider":"any","arguments":["true"],"environment":[null]}""", "bad-request" },
        { """{"type":"keys","id":7,"session":"@","keys":[null]}""", "bad-request" },
        { """{"type":"input","id":7,"session":"@","text":null}""", "bad-request" },
        { """{"type":"ok","re":7}""", "bad-request" },
        { """{}""", "bad-request" },
        { """null""", "bad-request" },
        { """not json at all""", "bad-request" },
        { """{"type":"list","id":7""", "bad-request" },
        { """[1,2,3]""", "bad-request" },
        { """{"type":"list","id":"seven"}""", "bad-request" },
    };

    [EndToEndTheory]
    [MemberData(nameof(Refused))]
    public async Task A_request_that_cannot_be_granted_is_answered_by_its_error(string request, string code)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("bystander", "sleep", "600");
        foreach (var isWebSocket in (bool[])[true, false])
        {
            await using var peer = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
            await peer.Send(request.Replace("@", id, StringComparison.Ordinal));
            var error = await peer.NextMessage("error");
            Assert.Equal(code, error["code"]!.GetValue<string>());
            Assert.False(string.IsNullOrWhiteSpace(error["message"]?.GetValue<string>()));
            Assert.True(error["re"]!.GetValue<int>() is 0 or 7);

            // The connection is as good as before.
            await peer.Ask("list", null, "sessions");
        }

        Assert.Equal("running", await sandbox.StateOf(id));
    }

    [EndToEndFact]
    public async Task A_client_of_another_version_is_told_so()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        await using var peer = Peer.Over(await LocalTransport.Connect(sandbox.Paths.LocalSocket));
        var reply = await peer.Ask("hello", new JsonObject { ["versions"] = new JsonArray(77) });
        Assert.Equal("error", reply["type"]!.GetValue<string>());
        Assert.Equal("version", reply["code"]!.GetValue<string>());
    }

    [EndToEndFact]
    public async Task Thousands_of_requests_of_garbage_leave_the_daemon_alone()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("bystander", "cat");
        var daemon = (await sandbox.Status()).ProcessId;
        var random = new Random(2);
        var count = Soak.Size(2_000, 10_000);
        await using (var peer = await Peer.WebSocket(sandbox))
        {
            for (var i = 0; i < count && !peer.Closed.IsCompleted; i++)
            {
                await TrySend(i % 3 == 0 ? peer.SendBinary(Garbage(random)) : peer.Send(Encoding.Latin1.GetString(Garbage(random))));
            }
        }

        for (var i = 0; i < count / 10; i++)
        {
            await TrySend(SendOnce(sandbox.Paths.LocalSocket, Garbage(random)));
        }

        await IsUnharmed(sandbox, id, daemon);
    }

    [EndToEndFact]
    public async Task Bytes_that_are_no_frames_end_that_connection_only()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("bystander", "cat");
        var daemon = (await sandbox.Status()).ProcessId;
        foreach (var path in (string[])[sandbox.Paths.LocalSocket, sandbox.Paths.WebSocket, sandbox.Paths.KeeperSocket])
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, 0);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            var garbage = new byte[100_000];
            new Random(1).NextBytes(garbage);
            try
            {
                await socket.SendAsync(garbage);
            }
            catch (SocketException)
            {
                // Closed on us, as it may be.
            }
        }

        await IsUnharmed(sandbox, id, daemon);
    }

    [EndToEndFact]
    public async Task A_storm_of_resizes_ends_at_the_last_size()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("storm", "bash", "--norc");
        await using var peer = await Peer.Local(sandbox);
        var channel = (await peer.Attach(id, "control"))["channel"]!.GetValue<int>();
        for (var i = 0; i < 10_000; i++)
        {
            await peer.Send(new JsonObject { ["type"] = "resize", ["id"] = 100_000 + i, ["channel"] = channel, ["columns"] = 20 + i % 300, ["rows"] = 5 + i % 100 });
        }

        await peer.Ask("resize", new JsonObject { ["channel"] = channel, ["columns"] = 111, ["rows"] = 22 }, "ok");
        await Patience.Until(async () => (await sandbox.Session(id))["columns"]!.GetValue<int>() == 111, "the last size");
        await peer.Type(channel, "clear; stty size\r");
        await sandbox.UntilShows(id, "^22 111$");
    }

    [EndToEndFact]
    public async Task A_frame_that_is_too_large_ends_that_connection_only()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("bystander", "cat");
        var daemon = (await sandbox.Status()).ProcessId;
        await using (var peer = await Peer.WebSocket(sandbox))
        {
            var channel = (await peer.Attach(id, "control"))["channel"]!.GetValue<int>();
            await TrySend(peer.Type(channel, new byte[3 << 20]));
        }

        await IsUnharmed(sandbox, id, daemon);
    }

    private static async Task SendOnce(string path, byte[] bytes)
    {
        await using var transport = await LocalTransport.Connect(path);
        await transport.Send(bytes, isBinary: bytes[0] % 2 == 0);
    }

    private static async Task IsUnharmed(Sandbox sandbox, string id, int daemon)
    {
        Assert.Equal(daemon, (await sandbox.Status()).ProcessId);
        await sandbox.Do("input", id, "unharmed");
        await sandbox.UntilShows(id, "unharmed");
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async Task TrySend(Task sending)
    {
        try
        {
            await sending;
        }
        catch (Exception e) when (e is IOException or SocketException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            // The daemon has had enough of us.
        }
    }
}
