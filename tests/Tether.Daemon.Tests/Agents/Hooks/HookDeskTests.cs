using System.Collections.Concurrent;
using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Approvals;
using Tether.Daemon.Server;
using Tether.Daemon.Tests.Approvals;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Hooks;

public sealed class HookDeskTests : IDisposable, IHookHost
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    private readonly ScratchDirectory _directory = new();
    private readonly QueueRig _rig = new();
    private readonly FakeConnection _hook = new();
    private readonly ConcurrentQueue<AgentSignal> _signals = [];
    private readonly ConcurrentQueue<string> _handedBack = [];
    private readonly HookDesk _desk;
    private readonly string _secret;
    private SessionRecord _session = new() { Id = "one", Title = "one", Provider = "plain", Directory = "/tmp" };
    private int _id;

    public HookDeskTests()
    {
        var folders = new AgentFolders(_directory.Path);
        _secret = folders.Create("one").Secret;
        folders.Started("one");
        _desk = new HookDesk(this, folders, _rig.Queue, LongestHold, new ListLogger());
        _rig.Queue.Withdrawn = _desk.Withdrawn;
    }

    TimeProvider IHookHost.Clock => _rig.Hand;

    [Fact]
    public void What_only_tells_is_let_go_at_once()
    {
        Send("tell", "k");

        Assert.Null(_hook.Next<HookReply>().Output);
        Assert.Equal(AgentState.Working, Assert.Single(_signals).State);
        Assert.Empty(_rig.Queue.Items());
    }

    [Fact]
    public void What_asks_is_held_until_it_is_answered()
    {
        var request = Send("ask", "k");
        Assert.Empty(_hook.Waiting());

        _rig.Allow(Assert.Single(_rig.Queue.Items()).Id).Result();

        var reply = _hook.Next<HookReply>();
        Assert.Equal((request, "Allow"), (reply.Re, reply.Output));
        Assert.Equal("plain.hook.answered", _signals.Last().Rule);
    }

    [Fact]
    public void While_others_are_held_one_that_goes_on_does_not_say_that_nobody_asks()
    {
        Send("ask", "k");
        Send("tell", "t");

        Assert.Equal(AgentState.NeedsApproval, Assert.Single(_signals).State);
    }

    [Fact]
    public void Only_what_asked_before_its_agent_went_on_is_over_when_its_prompt_is_gone()
    {
        Send("ask", "before");
        _rig.Hand.Move(TimeSpan.FromMilliseconds(5));
        var wentOn = _rig.Hand.GetUtcNow();
        _rig.Hand.Move(TimeSpan.FromMilliseconds(5));
        var after = Send("ask", "after");

        _desk.PromptsGone("one", wentOn);

        Assert.Equal("after", Assert.Single(_rig.Queue.Items()).Command);
        _rig.Allow(_rig.Queue.Items()[0].Id).Result();
        _hook.Next<HookReply>();
        Assert.Equal(after, _hook.Next<HookReply>().Re);
    }

    [Fact]
    public void What_holds_its_prompt_back_waits_for_the_queue_whatever_is_on_the_screen()
    {
        Send("hold", "k");
        _rig.Hand.Move(TimeSpan.FromSeconds(1));

        _desk.PromptsGone("one", _rig.Hand.GetUtcNow());

        Assert.Single(_rig.Queue.Items());
        Assert.Empty(_hook.Waiting());
    }

    [Fact]
    public void A_prompt_that_is_held_back_is_drawn_when_somebody_takes_control()
    {
        Send("hold", "k");
        _desk.Controlled("two");
        Assert.Empty(_hook.Waiting());

        _desk.Controlled("one");

        Assert.Null(_hook.Next<HookReply>().Output);
        Assert.Equal(["k"], _handedBack);
    }

    [Fact]
    public void A_prompt_is_not_held_back_from_who_is_in_control()
    {
        _session = _session with { Controller = "ann" };
        Send("hold", "k");

        Assert.Null(_hook.Next<HookReply>().Output);
        Assert.Equal(["k"], _handedBack);
    }

    [Fact]
    public void A_prompt_is_held_back_for_a_limited_time()
    {
        Send("hold", "k");
        _rig.Hand.Move(LongestHold);

        Assert.Null(_hook.Next<HookReply>().Output);
        Assert.Equal(["k"], _handedBack);
    }

    [Fact]
    public void A_hook_whose_connection_ended_may_come_back_over_another()
    {
        Send("ask", "k");
        _desk.Closed(_hook);
        var other = new FakeConnection();
        Send("ask", "k", other);
        _rig.Hand.Move(TimeSpan.FromMinutes(1));

        _rig.Allow(Assert.Single(_rig.Queue.Items()).Id).Result();

        Assert.Equal("Allow", other.Next<HookReply>().Output);
        Assert.Empty(_handedBack);
        Assert.Empty(_hook.Waiting());
    }

    [Fact]
    public void A_hook_that_does_not_come_back_leaves_its_question_to_the_agents_own_prompt()
    {
        Send("ask", "k");
        _desk.Closed(_hook);

        _rig.Hand.Move(TimeSpan.FromMinutes(1));

        Soon.Is(() => _handedBack.SequenceEqual(["k"]));
    }

    [Fact]
    public async Task An_answer_that_the_agent_does_not_take_leaves_the_hook_where_it_is()
    {
        Send("ask", "k");
        var id = Assert.Single(_rig.Queue.Items()).Id;

        await Assert.ThrowsAsync<RequestError>(() => _rig.Queue.Answer(new AnswerRequest { Item = id, Decision = QueueDecision.Deny, Surface = "cli" }, "ann"));

        Assert.Empty(_hook.Waiting());
        await _rig.Allow(id);
        Assert.Equal("Allow", _hook.Next<HookReply>().Output);
    }

    [Fact]
    public void Without_the_sessions_secret_and_agent_nothing_is_told()
    {
        foreach (var wrong in (HookRequest[])
        [
            Request("ask", "k") with { Secret = "" },
            Request("ask", "k") with { Secret = _secret[..^1] + "x" },
            Request("ask", "k") with { Session = "two" },
            Request("ask", "k") with { Agent = "claude" },
        ])
        {
            Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => _desk.Handle(_hook, wrong)).Code);
        }

        Assert.Empty(_rig.Queue.Items());
    }

    [Fact]
    public void What_is_no_hook_is_refused_and_what_is_not_known_lets_the_agent_go_on()
    {
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<RequestError>(() => _desk.Handle(_hook, Request("ask", ""))).Code);
        Assert.Equal(ErrorCode.TooLarge, Assert.Throws<RequestError>(() => _desk.Handle(_hook, Request("ask", new string('k', 65)))).Code);
        Assert.Equal(ErrorCode.BadRequest, Assert.Throws<RequestError>(() => _desk.Handle(_hook, Request("ask", "k") with { Payload = "{" })).Code);

        Send("sing", "k");
        Assert.Null(_hook.Next<HookReply>().Output);
    }

    public void Dispose() => _directory.Dispose();

    SessionRecord? IHookHost.FindLive(string session) => session == "one" ? _session : null;

    AgentKind? IHookHost.KindOf(SessionRecord session) => new PlainAgent();

    void IHookHost.Signal(string session, AgentSignal signal) => _signals.Enqueue(signal);

    void IHookHost.AgentSessionKnown(string session, string agentSession)
    {
    }

    void IHookHost.HandedBack(Ask ask) => _handedBack.Enqueue(ask.Key);

    private HookRequest Request(string what, string key) =>
        new() { Id = ++_id, Session = "one", Secret = _secret, Agent = "plain", Key = key, Payload = $$"""{"what":"{{what}}"}""" };

    private int Send(string what, string key, FakeConnection? by = null)
    {
        var request = Request(what, key);
        _desk.Handle(by ?? _hook, request);
        return request.Id;
    }

    // Asks beside its prompt or instead of it, and takes nothing but an approval.
    private sealed class PlainAgent : AgentKind
    {
        public override Provider Provider { get; } = new() { Name = "plain", Program = "plain", Description = "", MayHaveArguments = true };

        public override HookEffect Read(JsonElement payload, HookContext context) => payload.GetProperty("what").GetString() switch
        {
            "tell" => new HookEffect { Signal = Says(AgentState.Working, context) },
            "ask" => Asks(context),
            "hold" => Asks(context) with { HoldsPromptBack = true },
            var other => throw new FormatException(other),
        };

        public override string? Write(JsonElement payload, Ask ask, QueueAnswer answer) =>
            answer.Decision == QueueDecision.Allow ? "Allow" : null;

        private static HookEffect Asks(HookContext context) => new()
        {
            Ask = QueueRig.Command(context.Session.Id, context.Key, context.Key),
            Signal = Says(AgentState.NeedsApproval, context),
        };

        private static AgentSignal Says(AgentState state, HookContext context) =>
            new() { Source = SignalSource.Hook, State = state, Rule = "plain.hook", At = context.Now };
    }
}
