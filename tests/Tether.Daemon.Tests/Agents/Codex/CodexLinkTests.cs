using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Codex;

public sealed class CodexLinkTests : IDisposable
{
    private const string Request = """
        {"method":"item/commandExecution/requestApproval","id":7,"params":{"kind":"command","threadId":"t1","turnId":"u1","itemId":"call_1","reason":"May I?","command":"/bin/bash -lc 'touch a.txt'","cwd":"/w","proposedExecpolicyAmendment":["touch"]}}
        """;

    private const string Resolved = """{"method":"serverRequest/resolved","params":{"threadId":"t1","requestId":7}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tether-codex-");
    private readonly FakeCodexServer _server;
    private readonly RecordedApprovals _approvals = new();
    private readonly Channel<AgentSignal> _signals = Channel.CreateUnbounded<AgentSignal>();
    private readonly Channel<string> _sessions = Channel.CreateUnbounded<string>();
    private readonly CodexLink _link;

    public CodexLinkTests()
    {
        // Codex' own is a link too.
        var path = Path.Combine(_folder.FullName, "real");
        _server = new FakeCodexServer(path);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), path);
        _link = Link();
    }

    public void Dispose()
    {
        _link.Dispose();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_asked_comes_with_its_content_and_what_was_open_before_comes_too()
    {
        await Ask();
        Assert.Equal("Bash: touch a.txt", (await UntilState(AgentState.NeedsApproval)).Detail);
        Assert.Equal("t1", await _sessions.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit));

        _server.Pending = Request;
        using var later = Link();
        Assert.Equal("codex t1 7", (await _approvals.Opened).Ask.Key);
    }

    [Fact]
    public async Task A_change_of_files_that_began_before_its_thread_was_followed_is_shown_too()
    {
        await Working();
        _server.Items = """[{"type":"fileChange","id":"call_2","status":"inProgress","changes":[{"path":"/w/n.txt","kind":{"type":"update","move_path":null},"diff":"@@ -1 +1 @@\n-two\n+zwei\n"}]}]""";
        _server.Pending = """{"method":"item/fileChange/requestApproval","id":8,"params":{"threadId":"t1","turnId":"u1","itemId":"call_2"}}""";

        using var later = Link();

        Assert.Equal("/w/n.txt", Assert.Single((await _approvals.Opened).Ask.Edits).Path);
    }

    [Theory]
    [InlineData(QueueDecision.Allow, null, "\"accept\"")]
    [InlineData(QueueDecision.Allow, "prefix", "\"accept\"")]
    [InlineData(QueueDecision.Allow, "agent", """{"acceptWithExecpolicyAmendment":{"execpolicy_amendment":["touch"]}}""")]
    [InlineData(QueueDecision.Deny, null, "\"decline\"")]
    public async Task An_answer_is_delivered_when_the_server_has_it_and_that_closes_nothing(QueueDecision decision, string? always, string expected)
    {
        var receipt = (await Ask())(AgentFixture.Answer(decision, always: always));
        Assert.Equal($$$"""{"id":7,"result":{"decision":{{{expected}}}}}""", await _server.Next("{\"id\""));
        await _server.Tell(Resolved);
        Assert.Equal("delivered", await receipt);
        await UntilState(AgentState.Working);
        Assert.False(_approvals.HasClosed);
    }

    [Theory]
    [InlineData(true, "delivered")]
    [InlineData(false, "delivered, but codex did not take the reason")]
    public async Task A_reason_goes_before_the_no(bool isTaken, string expected)
    {
        _server.TakesSteering = isTaken;
        var receipt = (await Ask())(AgentFixture.Answer(QueueDecision.Deny, "use b.txt"));
        var steered = await _server.Next("{\"method\":\"turn/steer\"");
        Assert.Contains("I did not allow \\u0060Bash: touch a.txt\\u0060: use b.txt", steered, StringComparison.Ordinal);
        Assert.Contains("\"expectedTurnId\":\"u1\"", steered, StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":7", await _server.Next(), StringComparison.Ordinal);
        await _server.Tell(Resolved);
        Assert.Equal(expected, await receipt);
    }

    [Fact]
    public async Task What_is_answered_in_the_terminal_is_closed_and_a_later_answer_says_so()
    {
        var deliver = await Ask();
        await _server.Tell(Resolved);
        Assert.Equal(("codex t1 7", "answered in the terminal", null), await _approvals.Closed);
        Assert.Equal("not delivered: it was settled in the terminal just before", await deliver(AgentFixture.Answer(QueueDecision.Allow)));
    }

    [Fact]
    public async Task An_interrupted_turn_closes_what_it_asked_and_waits()
    {
        await Ask();
        await _server.Tell("""{"method":"thread/status/changed","params":{"threadId":"t1","status":{"type":"idle"}}}""");
        await _server.Tell("""{"method":"turn/completed","params":{"threadId":"t1","turn":{"id":"u1","status":"interrupted"}}}""");
        Assert.Equal(("codex t1 7", "interrupted", null), await _approvals.Closed);
        await UntilState(AgentState.Waiting);
    }

    [Fact]
    public async Task A_broken_connection_comes_back_and_the_answer_with_it()
    {
        var deliver = await Ask();
        _server.Pending = Request;
        _server.Break();
        await UntilState(AgentState.Unknown);
        Assert.True((await Assert.ThrowsAsync<DeliveryException>(() => deliver(AgentFixture.Answer(QueueDecision.Allow)))).MayComeBack);
        Assert.Equal("codex t1 7", (await _approvals.Opened).Ask.Key);
    }

    [Fact]
    public async Task What_was_settled_while_nobody_was_connected_is_closed()
    {
        await Ask();
        _server.Break();
        Assert.Equal(("codex t1 7", "it was settled while the daemon was not connected to codex", null), await _approvals.Closed);
    }

    [Fact]
    public async Task A_thread_is_followed_as_soon_as_it_is_in_a_file()
    {
        await Working();
        _server.Thread = null;
        await _server.Tell("""{"method":"thread/started","params":{"thread":{"id":"t2","ephemeral":false,"status":{"type":"idle"}}}}""");
        await _server.Tell("""{"method":"thread/status/changed","params":{"threadId":"t2","status":{"type":"active","activeFlags":[]}}}""");
        await _server.Next("""{"method":"thread/resume""");
        _server.Thread = """{"id":"t2","ephemeral":false,"status":{"type":"active","activeFlags":[]}}""";
        _server.Pending = Request.Replace("t1", "t2", StringComparison.Ordinal);
        Assert.Equal("codex t2 7", (await _approvals.Opened).Ask.Key);
    }

    [Fact]
    public async Task A_thread_that_codex_has_with_itself_is_nobodys_work()
    {
        _server.Loaded = "[]";
        _server.Break();
        await UntilState(AgentState.Waiting);
        await _server.Tell("""{"method":"thread/started","params":{"thread":{"id":"t9","ephemeral":true,"status":{"type":"idle"}}}}""");
        await _server.Tell("""{"method":"thread/status/changed","params":{"threadId":"t9","status":{"type":"active","activeFlags":[]}}}""");
        await _server.Tell("""{"method":"thread/status/changed","params":{"threadId":"t1","status":{"type":"active","activeFlags":["waitingOnUserInput"]}}}""");
        Assert.Equal(AgentState.NeedsAnswer, (await _signals.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit)).State);
    }

    [Theory]
    [InlineData("usageLimitExceeded", AgentState.LimitReached)]
    [InlineData("unauthorized", AgentState.LoginNeeded)]
    [InlineData("badRequest", AgentState.Failed)]
    public async Task A_failed_turn_says_why(string error, AgentState expected)
    {
        await Working();
        await _server.Tell("""{"method":"turn/completed","params":{"threadId":"t1","turn":{"id":"u1","status":"failed","error":{"message":"try again at 3:15 PM","codexErrorInfo":"WHY"}}}}""".Replace("WHY", error, StringComparison.Ordinal));
        await _server.Tell("""{"method":"thread/status/changed","params":{"threadId":"t1","status":{"type":"systemError"}}}""");
        var signal = await UntilState(expected);
        Assert.Equal((expected == AgentState.LimitReached, "try again at 3:15 PM"), (signal.Until is not null, signal.Detail));
    }

    [Fact]
    public async Task What_nobody_knows_harms_nothing()
    {
        await Working();
        foreach (var odd in (string[])["[]", "{", "7", """{"method":"x/y"}""", """{"method":"x/z","id":3,"params":{"threadId":"t1"}}""", """{"id":99,"result":null}""", """{"method":"turn/completed","params":{"threadId":"t1","turn":[]}}"""])
        {
            await _server.Tell(odd);
        }

        await _server.Tell(Request);
        Assert.Equal("Bash: touch a.txt", (await _approvals.Opened).Ask.Title);
    }

    private async Task<Func<QueueAnswer, Task<string>>> Ask()
    {
        await Working();
        await _server.Tell(Request);
        var (ask, deliver) = await _approvals.Opened;
        Assert.Equal(("touch a.txt", "May I?", "/w"), (ask.Command, ask.Detail, ask.Directory));
        return deliver;
    }

    private async Task Working()
    {
        await _server.Next("""{"method":"thread/resume""");
        await UntilState(AgentState.Working);
    }

    private async Task<AgentSignal> UntilState(AgentState state)
    {
        while (true)
        {
            var signal = await _signals.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit);
            if (signal.State == state)
            {
                return signal;
            }
        }
    }

    private CodexLink Link() => new(
        new AgentLinkContext
        {
            Session = TestLaunch.Session("codex"),
            File = new AgentFile { Secret = "x" },
            Folder = _folder.FullName,
            Approvals = _approvals,
            Signal = signal => _signals.Writer.TryWrite(signal),
            AgentSessionKnown = id => _sessions.Writer.TryWrite(id),
            Log = NullLogger.Instance,
            Clock = TimeProvider.System,
        },
        Path.Combine(_folder.FullName, "link"));
}
