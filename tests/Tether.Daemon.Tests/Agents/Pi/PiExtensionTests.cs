using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Tether.Daemon.Agents.Pi;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Pi;

/// <summary>The extension itself, in node, between a pi that only carries its events and a daemon that only speaks the local socket's frames.</summary>
public sealed class PiExtensionTests : IDisposable
{
    // Events come as lines on standard input; what the extension does, dialogs and results, goes out as lines.
    private const string Pi = """
        import readline from "node:readline";
        import extension from "./tether.mjs";
        const say = (line) => console.log(JSON.stringify(line));
        const handlers = {};
        let choose;
        let now = 0;
        Date.now = () => now;
        const ui = {
          select: (title, options, { signal }) => new Promise((resolve) => {
            say({ dialog: title, options });
            const dismiss = () => { say({ dismissed: title }); resolve(undefined); };
            signal.addEventListener("abort", dismiss);
            choose = (choice) => { signal.removeEventListener("abort", dismiss); resolve(choice); };
          }),
          input: async () => "because",
        };
        extension({ on: (name, handler) => { handlers[name] = handler; } });
        const ctx = { hasUI: true, ui, cwd: "/srv/app", sessionManager: { getSessionId: () => "01a1" } };
        say({ ready: Object.keys(handlers) });
        readline.createInterface({ input: process.stdin }).on("line", async (line) => {
          const { name, event, choice, after } = JSON.parse(line);
          if (choice) { now += after; choose(choice); return; }
          say({ result: (await handlers[name](event, ctx)) ?? null, input: event.input });
        }).on("close", () => process.exit(0));
        """;

    private readonly ScratchDirectory _scratch = new();
    private Process? _node;

    public void Dispose()
    {
        _node?.Kill();
        _node?.Dispose();
        _scratch.Dispose();
    }

    [NodeFact]
    public async Task An_answer_of_the_daemon_closes_the_dialog()
    {
        using var daemon = Listen();
        await Start();
        using var client = await Client.Accept(daemon);
        Call("""{"toolName":"bash","toolCallId":"c1","input":{"command":"ls"}}""");
        var hook = await client.Hook("tool_call");
        Assert.Equal("Allow bash?\n  ls", (await Line())["dialog"]!.GetValue<string>());
        client.Send(new HookReply { Re = hook.Id, Output = """{"allow":true,"input":{"command":"ls -l"}}""" });
        Assert.Equal("Allow bash?\n  ls", (await Line())["dismissed"]!.GetValue<string>());
        Assert.Equal("""{"result":null,"input":{"command":"ls -l"}}""", (await Line()).ToJsonString());
        Assert.Equal("tether", JsonNode.Parse((await client.Hook("tool_decided")).Payload)!["by"]!.GetValue<string>());
    }

    [NodeFact]
    public async Task An_answer_that_comes_at_once_draws_no_dialog()
    {
        using var daemon = Listen();
        await Start();
        using var client = await Client.Accept(daemon);
        Call("""{"toolName":"write","toolCallId":"c1","input":{"path":"a","content":"x"}}""");
        client.Send(new HookReply { Re = (await client.Hook("tool_call")).Id, Output = """{"allow":false,"reason":"not there"}""" });
        Assert.Equal("""{"block":true,"reason":"not there"}""", (await Line())["result"]!.ToJsonString());
    }

    [NodeFact]
    public async Task A_daemon_that_comes_back_is_asked_again_with_the_same_key_while_the_dialog_stays()
    {
        using var daemon = Listen();
        await Start();
        string key;
        using (var first = await Client.Accept(daemon))
        {
            Call("""{"toolName":"bash","toolCallId":"c1","input":{"command":"ls"}}""");
            key = (await first.Hook("tool_call")).Key;
            await Line();
        }

        using var second = await Client.Accept(daemon);
        var again = await second.Hook("tool_call");
        Assert.Equal(key, again.Key);
        second.Send(new HookReply { Re = again.Id, Output = """{"allow":true}""" });
        Assert.NotNull((await Line())["dismissed"]);
        Assert.Null((await Line())["result"]);
    }

    [NodeFact]
    public async Task Without_a_daemon_the_dialog_alone_asks_and_takes_no_key_that_was_typed_before()
    {
        await Start();
        Call("""{"toolName":"bash","toolCallId":"c1","input":{"command":"ls"}}""");
        Assert.NotNull((await Line())["dialog"]);
        Choose("Allow", after: 299);
        Assert.NotNull((await Line())["dialog"]);
        Choose("Deny, and tell pi why", after: 300);
        Assert.Equal("""{"block":true,"reason":"because"}""", (await Line())["result"]!.ToJsonString());
    }

    [NodeFact]
    public async Task What_only_reads_is_not_asked()
    {
        await Start();
        Call("""{"toolName":"read","toolCallId":"c1","input":{"path":"a"}}""");
        Assert.Null((await Line())["result"]);
    }

    [NodeFact]
    public async Task Approvals_that_are_off_ask_nothing_and_tell_all_the_same()
    {
        using var daemon = Listen();
        await Start("off");
        using var client = await Client.Accept(daemon);
        Call("""{"toolName":"bash","toolCallId":"c1","input":{"command":"ls"}}""");
        Assert.Null((await Line())["result"]);
        Tell("agent_start", "{}");
        Assert.Equal("01a1", JsonNode.Parse((await client.Hook("agent_start")).Payload)!["sessionId"]!.GetValue<string>());
    }

    [NodeFact]
    public async Task A_command_cannot_move_the_dialogs_cursor()
    {
        await Start();
        Call("""{"toolName":"bash","toolCallId":"c1","input":{"command":"ls \u001b[2J\u202e"}}""");
        Assert.Equal("Allow bash?\n  ls \ufffd[2J\ufffd", (await Line())["dialog"]!.GetValue<string>());
    }

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_scratch.File("local.sock")));
        socket.Listen();
        return socket;
    }

    private async Task Start(string approvals = "on")
    {
        using (var source = typeof(PiAgent).Assembly.GetManifestResourceStream("tether.mjs")!)
        using (var file = File.Create(_scratch.File("tether.mjs")))
        {
            await source.CopyToAsync(file);
        }

        _scratch.Write("pi.mjs", Pi);
        var start = new ProcessStartInfo("node", [_scratch.File("pi.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in ((string, string)[])[("TETHER_SOCKET", _scratch.File("local.sock")), ("TETHER_SESSION", "abcdefgh"), ("TETHER_HOOK_SECRET", "s"), ("TETHER_PI_APPROVALS", approvals)])
        {
            start.Environment[name] = value;
        }

        _node = Process.Start(start)!;
        Assert.NotNull((await Line())["ready"]);
    }

    private void Call(string toolCall) => Tell("tool_call", toolCall);

    private void Tell(string name, string happened) => Write($$"""{"name":"{{name}}","event":{{happened}}}""");

    // The milliseconds count from the dialog on; they are told, not waited for.
    private void Choose(string choice, int after) => Write(new JsonObject { ["choice"] = choice, ["after"] = after }.ToJsonString());

    private void Write(string line)
    {
        _node!.StandardInput.WriteLine(line);
        _node.StandardInput.Flush();
    }

    private async Task<JsonNode> Line() =>
        JsonNode.Parse(await _node!.StandardOutput.ReadLineAsync().WaitAsync(Soon.Limit) ?? throw new EndOfStreamException("node has ended"))!;

    /// <summary>The extension's connection, as the daemon sees it.</summary>
    private sealed class Client(Socket socket) : IDisposable
    {
        private readonly NetworkStream _stream = new(socket, ownsSocket: true);

        public static async Task<Client> Accept(Socket listener)
        {
            var client = new Client(await listener.AcceptAsync().WaitAsync(Soon.Limit));
            var hello = (HelloRequest)await client.Read();
            client.Send(new WelcomeReply { Re = hello.Id, Version = 1, Daemon = "0", ProcessId = 1, Host = "test" });
            return client;
        }

        public void Send(Message message)
        {
            var json = WireJson.Encode(message);
            Span<byte> head = stackalloc byte[LocalFrame.HeadSize];
            LocalFrame.WriteHead(head, json.Length, LocalFrame.Json);
            _stream.Write([.. head, .. json]);
        }

        /// <summary>The next thing of this name that the extension tells; the others are let go.</summary>
        public async Task<HookRequest> Hook(string name)
        {
            while (true)
            {
                var hook = (HookRequest)await Read();
                Assert.Equal(("abcdefgh", "s", "pi"), (hook.Session, hook.Secret, hook.Agent));
                if (JsonNode.Parse(hook.Payload)!["event"]!.GetValue<string>() == name)
                {
                    return hook;
                }

                Send(new HookReply { Re = hook.Id });
            }
        }

        public void Dispose() => _stream.Dispose();

        private async Task<Message> Read()
        {
            var head = new byte[LocalFrame.HeadSize];
            await _stream.ReadExactlyAsync(head).AsTask().WaitAsync(Soon.Limit);
            Assert.True(LocalFrame.TryReadHead(head, out var length, out var kind));
            Assert.Equal(LocalFrame.Json, kind);
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body).AsTask().WaitAsync(Soon.Limit);
            return WireJson.Decode(body);
        }
    }
}
