using System.Net;
using System.Threading.Channels;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.OpenCode;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.OpenCode;

public sealed class OpenCodeLinkTests : IDisposable
{
    private const string Request = """{"id":"per_1","sessionID":"ses_1","permission":"bash","patterns":["ls"],"metadata":{"command":"ls"},"always":["ls *"]}""";

    private readonly FakeOpenCode _server = new();
    private readonly RecordedApprovals _approvals = new();
    private readonly Channel<AgentSignal> _signals = Channel.CreateUnbounded<AgentSignal>();
    private readonly Channel<string> _sessions = Channel.CreateUnbounded<string>();
    private readonly OpenCodeLink _link;

    public OpenCodeLinkTests() => _link = Link();

    public void Dispose()
    {
        _link.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task What_was_open_before_and_what_is_asked_now_both_come()
    {
        await _server.Connected;
        await UntilState(AgentState.Waiting);
        _server.Tell("permission.asked", Request);
        var (ask, _) = await _approvals.Opened;
        Assert.Equal("bash: ls", ask.Title);
        Assert.Equal("bash: ls", (await UntilState(AgentState.NeedsApproval)).Detail);

        _server.Permissions = $"[{Request}]";
        using var later = Link();
        Assert.Equal("per_1", (await _approvals.Opened).Ask.Key);
    }

    [Theory]
    [InlineData(QueueDecision.Allow, null, "", """{"reply":"once"}""")]
    [InlineData(QueueDecision.Allow, "agent", "", """{"reply":"always"}""")]
    [InlineData(QueueDecision.Allow, "prefix", "", """{"reply":"once"}""")]
    [InlineData(QueueDecision.Deny, null, "not now", """{"reply":"reject","message":"not now"}""")]
    public async Task An_answer_is_brought_and_its_echo_closes_nothing(QueueDecision decision, string? always, string reason, string expected)
    {
        var deliver = await Ask();
        Assert.Equal("delivered", await deliver(Answer(decision) with { Always = always, Reason = reason }));
        Assert.Equal($"/permission/per_1/reply {expected}", await _server.Posted);

        _server.Tell("permission.replied", """{"sessionID":"ses_1","requestID":"per_1","reply":"once"}""");
        await UntilState(AgentState.Waiting);
        Assert.False(_approvals.HasClosed);
    }

    [Theory]
    [InlineData("permission.replied", """{"sessionID":"ses_1","requestID":"per_1","reply":"always"}""", QueueDecision.Allow, "answered in the terminal")]
    [InlineData("permission.replied", """{"sessionID":"ses_1","requestID":"per_1","reply":"reject"}""", QueueDecision.Deny, "answered in the terminal")]
    [InlineData("session.idle", """{"sessionID":"ses_1"}""", null, "interrupted")]
    public async Task What_ends_elsewhere_is_closed_here(string type, string properties, QueueDecision? decision, string reason)
    {
        await Ask();
        _server.Tell(type, properties);
        Assert.Equal(("per_1", reason, decision), await _approvals.Closed);
    }

    [Fact]
    public async Task Whoever_denies_one_denies_what_else_the_same_session_asks()
    {
        var deliver = await Ask();
        _server.Tell("permission.asked", Request.Replace("per_1", "per_2", StringComparison.Ordinal));
        await _approvals.Opened;
        await deliver(Answer(QueueDecision.Deny));
        _server.Tell("permission.replied", """{"sessionID":"ses_1","requestID":"per_2","reply":"reject"}""");
        Assert.Equal(("per_2", "denied along with another request of the same turn", QueueDecision.Deny), await _approvals.Closed);
    }

    [Fact]
    public async Task A_question_is_answered_with_all_its_answers()
    {
        await _server.Connected;
        await UntilState(AgentState.Waiting);
        _server.Tell("question.asked", """{"id":"que_1","sessionID":"ses_1","questions":[{"question":"Which?","options":[]},{"question":"What?","options":[]}]}""");
        var (_, deliver) = await _approvals.Opened;
        await UntilState(AgentState.NeedsAnswer);
        await deliver(Answer(QueueDecision.Answer) with { Answers = [["Red"], ["a", "b"]] });
        Assert.Equal("""/question/que_1/reply {"answers":[["Red"],["a","b"]]}""", await _server.Posted);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_says_so()
    {
        var deliver = await Ask();
        _server.ReplyStatus = HttpStatusCode.NotFound;
        Assert.Equal("not delivered: it was settled in the terminal just before", await deliver(Answer(QueueDecision.Allow)));
        _server.ReplyStatus = HttpStatusCode.InternalServerError;
        await Assert.ThrowsAsync<DeliveryException>(() => deliver(Answer(QueueDecision.Allow)));
    }

    [Fact]
    public async Task A_broken_connection_comes_back_and_compares_what_is_open()
    {
        await Ask();
        await UntilState(AgentState.NeedsApproval);
        _server.Break();
        await UntilState(AgentState.Unknown);
        await _server.Connected;
        Assert.Equal(("per_1", "it was settled while the daemon was not connected to opencode", null), await _approvals.Closed);
        await UntilState(AgentState.Waiting);
    }

    [Fact]
    public async Task A_sub_agents_question_says_whose_it_is()
    {
        await _server.Connected;
        await UntilState(AgentState.Waiting);
        _server.Tell("permission.asked", Request.Replace("ses_1", "ses_child", StringComparison.Ordinal));
        Assert.Equal("look (@general subagent)", (await _approvals.Opened).Ask.SubAgent);
    }

    [Fact]
    public async Task The_session_that_the_person_wrote_into_last_is_the_one()
    {
        await _server.Connected;
        await UntilState(AgentState.Waiting);
        _server.Tell("session.created", """{"sessionID":"ses_1","info":{"id":"ses_1"}}""");
        _server.Tell("session.created", """{"sessionID":"ses_2","info":{"id":"ses_2","parentID":"ses_1"}}""");
        _server.Tell("message.updated", """{"sessionID":"ses_2","info":{"sessionID":"ses_2","role":"user"}}""");
        _server.Tell("message.updated", """{"sessionID":"ses_3","info":{"sessionID":"ses_3","role":"user"}}""");
        Assert.Equal("ses_1", await _sessions.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit));
        Assert.Equal("ses_3", await _sessions.Reader.ReadAsync().AsTask().WaitAsync(Soon.Limit));
    }

    private async Task<Func<QueueAnswer, Task<string>>> Ask()
    {
        await _server.Connected;
        await UntilState(AgentState.Waiting);
        _server.Tell("permission.asked", Request);
        return (await _approvals.Opened).Deliver;
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

    private OpenCodeLink Link() => new(new AgentLinkContext
    {
        Session = TestLaunch.Session("opencode"),
        File = new AgentFile { Secret = "s", Endpoint = _server.Address, Password = FakeOpenCode.Credentials },
        Folder = "/",
        Approvals = _approvals,
        Signal = signal => _signals.Writer.TryWrite(signal),
        AgentSessionKnown = session => _sessions.Writer.TryWrite(session),
        Log = new ListLogger(),
        Clock = TimeProvider.System,
    });

    private static QueueAnswer Answer(QueueDecision decision) => new() { Decision = decision, By = "ada", Surface = "cli", At = default };
}
