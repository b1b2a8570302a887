using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.External;

public sealed class ExternalAgentsTests : IDisposable
{
    private readonly ExternalRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Who_registers_has_a_session_like_any_other()
    {
        var record = _rig.Agents.Create(new ExternalAgent { Name = "My Custom Agent", Type = "custom", Icon = "🤖", Workspace = "my-workspace" }, "Code Review Task", null, ApprovalMode.AcceptEdits, ExternalRig.Caller);

        Assert.Equal(("Code Review Task", "external", _rig.Home, SessionState.Running, ApprovalMode.AcceptEdits), (record.Title, record.Provider, record.Directory, record.State, record.Approval));
        Assert.Equal(("My Custom Agent", "🤖"), (record.External!.Name, record.External.Icon));
        _rig.AwaitState(record.Id, AgentState.Starting);
        Assert.Equal("Reviewer", _rig.Register().Title);
    }

    [Theory]
    [InlineData("", "custom", "", "name")]
    [InlineData("two\nlines", "custom", "", "name")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789", "custom", "", "name")]
    [InlineData("a", "two words", "", "type")]
    [InlineData("a", "", "", "type")]
    [InlineData("a", "custom\n", "", "type")]
    [InlineData("a", "custom", "ab", "icon")]
    [InlineData("a", "custom", "\e", "icon")]
    public void What_it_says_of_itself_must_fit_into_a_list(string name, string type, string icon, string told)
    {
        var refusal = Assert.Throws<ApiError>(() => _rig.Agents.Create(new ExternalAgent { Name = name, Type = type, Icon = icon }, null, null, null, ExternalRig.Caller));
        Assert.Equal(422, refusal.Status);
        Assert.StartsWith(told, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_rig.Table.Records);
    }

    [Fact]
    public void To_do_everything_unasked_takes_an_administrator()
    {
        var agent = new ExternalAgent { Name = "Reviewer" };
        Assert.Equal(403, Assert.Throws<ApiError>(() => _rig.Agents.Create(agent, null, null, ApprovalMode.Bypass, ExternalRig.Caller)).Status);
        Assert.Equal(ApprovalMode.Bypass, _rig.Agents.Create(agent, null, null, ApprovalMode.Bypass, ExternalRig.Admin).Approval);
    }

    [Fact]
    public void What_is_pushed_is_logged_and_then_shown()
    {
        var id = _rig.Register().Id;

        var logged = _rig.Push(id, "output", """{"text":"Hello from \u001b[1magent\u001b[2J","is_final":true,"metadata":{"a":[1]}}""").Result();

        _rig.AwaitRow(id, "Hello from agent");
        Assert.Equal((1, "output"), (logged.Seq, logged.Type));
        var data = JsonElement.Parse(logged.Data.Span);
        Assert.Equal("Hello from \e[1magent\e[2J", data.GetProperty("text").GetString());
        Assert.Equal("final", data.GetProperty("kind").GetString());
        Assert.True(data.GetProperty("final").GetBoolean());
        Assert.Equal("[1]", data.GetProperty("metadata").GetProperty("a").GetRawText());
        _rig.AwaitState(id, AgentState.Working);
    }

    [Fact]
    public void What_cannot_be_logged_is_not_shown_and_the_agent_hears_of_it()
    {
        var id = _rig.Register().Id;
        _rig.Log.Failure = new IOException("the disk is full");
        var refusal = Assert.Throws<ApiError>(() => _rig.Push(id, "output", """{"text":"lost"}""").GetAwaiter().GetResult());
        Assert.Equal((503, ApiError.Storage), (refusal.Status, refusal.Code));

        _rig.Log.Failure = null;
        _rig.Push(id, "output", """{"text":"kept"}""").Ends();
        _rig.AwaitRow(id, "kept");
        Assert.Equal(["kept"], _rig.Screen(id));
    }

    [Fact]
    public void Of_pushes_that_come_at_once_all_are_kept_and_shown_in_the_order_of_the_log()
    {
        var id = _rig.Register().Id;
        var pushes = Enumerable.Range(0, 500).Select(number => _rig.Push(id, "output", $$"""{"text":"line {{number}}"}""")).ToArray();
        Task.WhenAll(pushes).Ends();

        var logged = _rig.Log.DataOf(id, "output").Select(one => one.Data.GetProperty("text").GetString()!).ToArray();
        Assert.Equal(500, logged.Distinct().Count());
        _rig.AwaitRow(id, logged[^1]);
        Assert.Equal(logged[^23..], _rig.Screen(id));
    }

    [Fact]
    public void A_flood_waits_instead_of_growing()
    {
        var id = _rig.Register().Id;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Log.Gate = gate.Task;
        var pushes = Enumerable.Range(0, 10 * PushOrder.Most).Select(number => _rig.Push(id, "output", $$"""{"text":"{{number}}"}""")).ToArray();
        Assert.All(pushes, push => Assert.False(push.IsCompleted));
        Assert.Equal(0, _rig.Log.LastId);

        gate.SetResult();
        Task.WhenAll(pushes).Ends();
        Assert.Equal(10 * PushOrder.Most, _rig.Log.LastId);
    }

    [Theory]
    [InlineData("thinking", AgentState.Working)]
    [InlineData("executing", AgentState.Working)]
    [InlineData("running", AgentState.Working)]
    [InlineData("error", AgentState.Failed)]
    [InlineData("awaiting_input", AgentState.Waiting, AgentState.Done)]
    [InlineData("done", AgentState.Waiting, AgentState.Done)]
    public void A_status_becomes_the_sessions_state(string status, params AgentState[] states)
    {
        var id = _rig.Register().Id;
        _rig.Push(id, "status", $$"""{"status":"{{status}}"}""").Ends();
        _rig.AwaitState(id, states);
        Assert.Equal(status, Assert.Single(_rig.Log.DataOf(id, "status")).Data.GetProperty("status").GetString());
    }

    [Fact]
    public void An_error_fails_and_what_is_said_after_it_means_that_it_goes_on()
    {
        var id = _rig.Register().Id;
        _rig.Push(id, "error", """{"message":"no more tokens"}""").Ends();
        _rig.AwaitState(id, AgentState.Failed);
        _rig.AwaitRow(id, "no more tokens");
        Assert.Equal("AGENT_ERROR", Assert.Single(_rig.Log.DataOf(id, "error")).Data.GetProperty("code").GetString());

        _rig.Push(id, "output", """{"text":"again"}""").Ends();
        _rig.AwaitState(id, AgentState.Working);
    }

    [Theory]
    [InlineData("output", "{}")]
    [InlineData("output", """{"text":1}""")]
    [InlineData("output", """{"text":"a","kind":"other"}""")]
    [InlineData("output", """{"text":"a","metadata":1}""")]
    [InlineData("output", "[]")]
    [InlineData("status", """{"status":"happy"}""")]
    [InlineData("error", "{}")]
    [InlineData("output", """{"text":"\ud800"}""")]
    [InlineData("output", """{"text":"a","metadata":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}""")]
    [InlineData("heartbeat", "{}")]
    public void What_has_another_shape_is_refused_and_not_kept(string type, string data)
    {
        var id = _rig.Register().Id;
        Assert.Equal(422, Assert.Throws<ApiError>(() => _rig.Push(id, type, data).GetAwaiter().GetResult()).Status);
        Assert.Equal(0, _rig.Log.LastId);
    }

    [Fact]
    public void A_session_that_is_unknown_over_or_a_programs_takes_nothing()
    {
        var id = _rig.Register().Id;
        _rig.Table.Remember(_rig.Table.FindRecord(id)! with { Id = "program", External = null });
        var live = _rig.Live(id);
        live.Post(() => live.Stop("me", isForced: false));
        Assert.Equal((SessionState.Exited, "stopped by me"), (live.Over.Result().State, live.Over.Result().EndReason));

        Assert.Equal(404, Refused("nobody"));
        Assert.Equal(409, Refused("program"));
        Assert.Equal(409, Refused(id));

        int Refused(string session) => Assert.Throws<ApiError>(() => _rig.Push(session, "output", """{"text":"a"}""").GetAwaiter().GetResult()).Status;
    }

    [Fact]
    public void A_line_that_a_person_types_is_for_the_agent()
    {
        var id = _rig.Register().Id;
        _rig.Type(id, "helo\u007flo\r\r");
        Soon.Is(() => _rig.Log.LastSeq(id) == 1);
        var (type, data) = Assert.Single(_rig.Log.DataOf(id, EventTypes.UserInput, ExternalAgents.Interrupt));
        Assert.Equal((EventTypes.UserInput, "hello", "terminal"), (type, data.GetProperty("text").GetString(), data.GetProperty("surface").GetString()));

        _rig.Type(id, "a draft\u0003");
        Soon.Is(() => _rig.Log.DataOf(id, ExternalAgents.Interrupt).Length == 1);
        _rig.AwaitRow(id, "a draft^C");
    }

    [Fact]
    public void A_line_that_cannot_be_kept_is_told_to_the_person_who_typed_it()
    {
        var id = _rig.Register().Id;
        _rig.Log.Failure = new IOException("the disk is full");
        _rig.Type(id, "hello\r");
        _rig.AwaitRow(id, "not kept, and not told to the agent: the disk is full");
    }

    [Fact]
    public void A_text_that_is_sent_comes_whole_however_many_lines_it_has()
    {
        var id = _rig.Register().Id;
        var text = string.Join('\n', Enumerable.Range(0, 2000).Select(number => $"line {number}"));
        _rig.Agents.SayAsync(id, text, "ann", "input").Ends();

        var (_, data) = Assert.Single(_rig.Log.DataOf(id, EventTypes.UserInput));
        Assert.Equal((text, "ann", "input"), (data.GetProperty("text").GetString(), data.GetProperty("by").GetString(), data.GetProperty("surface").GetString()));
        _rig.AwaitRow(id, "line 1999");
    }

    [Fact]
    public void After_a_restart_the_screen_the_state_and_what_is_asked_are_there_and_it_goes_on()
    {
        var id = _rig.Register().Id;
        _rig.Push(id, "output", """{"text":"before"}""").Ends();
        var request = _rig.Ask(id, """{"title":"Deploy?","request_id":"mine","timeout_s":600}""");
        _rig.AwaitState(id, AgentState.NeedsApproval);
        _rig.AwaitRow(id, "before");
        var offset = _rig.Live(id).Ask(_rig.Live(id).Describe).Result()!.Offset;

        _rig.Restart();

        Assert.Equal(offset, _rig.Live(id).Ask(_rig.Live(id).Describe).Result()!.Offset);
        _rig.AwaitState(id, AgentState.NeedsApproval);
        _rig.Desk.Queue.CloseUnclaimed("nobody came back");
        Assert.Equal(QueueState.Open, _rig.Desk.Item(request).State);
        _rig.Answer(request, QueueDecision.Allow);
        Assert.True(_rig.Decision(id, "mine").GetProperty("allowed").GetBoolean());
        _rig.AwaitState(id, AgentState.Working);
        _rig.Push(id, "output", """{"text":"after"}""").Ends();
        _rig.AwaitRow(id, "after");
        Assert.Equal(["before", "after"], _rig.Screen(id));
    }

    [Fact]
    public void An_interrupt_is_told_to_the_agent_as_control_c_is()
    {
        var id = _rig.Register().Id;
        _rig.Agents.InterruptAsync(id, "ann", "api").Ends();
        var (type, data) = Assert.Single(_rig.Log.DataOf(id, ExternalAgents.Interrupt));
        Assert.Equal((ExternalAgents.Interrupt, "ann", "api"), (type, data.GetProperty("by").GetString(), data.GetProperty("surface").GetString()));
        _rig.AwaitRow(id, "^C");
    }
}
