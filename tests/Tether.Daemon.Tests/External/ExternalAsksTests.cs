using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Tether.Daemon.Tests.Approvals;
using Xunit;

namespace Tether.Daemon.Tests.External;

public sealed class ExternalAsksTests : IDisposable
{
    private readonly ExternalRig _rig = new();
    private readonly string _id;

    public ExternalAsksTests() => _id = _rig.Register().Id;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_approval_stands_in_the_queue_and_its_answer_is_told_with_the_reason()
    {
        var request = _rig.Ask(_id, """{"tool_name":"Bash","tool_input":{"command":"rm -rf build"},"title":"Clean up","description":"to build anew"}""");

        var item = _rig.Desk.Item(request);
        Assert.Equal((QueueKind.Approval, "Bash: rm -rf build", "rm -rf build", ToolClass.Command, AnswerWay.Protocol), (item.Kind, item.Title, item.Command, item.ToolClass, item.Way));
        Assert.Equal("Clean up\nto build anew", item.Detail);
        _rig.AwaitState(_id, AgentState.NeedsApproval);

        _rig.Answer(request, QueueDecision.Deny, "not today");

        var decision = _rig.Decision(_id, request);
        Assert.Equal((request, "user", false, "deny", "not today", "ann", "cli"), (
            decision.GetProperty("request_id").GetString(), decision.GetProperty("resolved_by").GetString(), decision.GetProperty("allowed").GetBoolean(),
            decision.GetProperty("decision").GetString(), decision.GetProperty("message").GetString(), decision.GetProperty("by").GetString(), decision.GetProperty("surface").GetString()));
        _rig.AwaitState(_id, AgentState.Working);
    }

    [Theory]
    [InlineData("Write")]
    [InlineData("Read")]
    public void A_path_that_no_file_can_have_is_none(string tool)
    {
        var item = _rig.Desk.Item(_rig.Ask(_id, $$$"""{"tool_name":"{{{tool}}}","tool_input":{"file_path":"/tmp/a\u0000b","content":"c"}}"""));
        Assert.Empty(item.Edits);
        Assert.Equal(tool, item.Tool);
    }

    [Fact]
    public void Policy_judges_the_tool_and_its_input_before_anybody_is_asked()
    {
        _rig.Desk.Verdict = ask => QueueRig.Says(ask is { Tool: "shell", Command: "ls" } ? PolicyVerdict.Allow : PolicyVerdict.Deny, "r1");

        var allowed = _rig.Decision(_id, _rig.Ask(_id, """{"tool_name":"shell","tool_input":{"command":"ls"}}"""));
        var denied = _rig.Decision(_id, _rig.Ask(_id, """{"tool_name":"shell","tool_input":{"command":"ls /"}}"""));

        Assert.Equal(("rule", true), (allowed.GetProperty("resolved_by").GetString(), allowed.GetProperty("allowed").GetBoolean()));
        Assert.Equal(("rule", false, "r1 says so"), (denied.GetProperty("resolved_by").GetString(), denied.GetProperty("allowed").GetBoolean(), denied.GetProperty("message").GetString()));
    }

    [Fact]
    public void Options_make_it_a_question_and_the_chosen_one_is_the_answer()
    {
        var request = _rig.Ask(_id, """{"title":"Approve Changes?","description":"Ready to commit these changes","options":["Approve","Reject","Review"]}""");

        Assert.Equal(QueueKind.Question, _rig.Desk.Item(request).Kind);
        Assert.Equal(["Approve", "Reject", "Review"], Assert.Single(_rig.Desk.Item(request).Questions).Options.Select(option => option.Label));
        _rig.AwaitState(_id, AgentState.NeedsAnswer);
        _rig.Answer(request, QueueDecision.Answer, "", ["3"]);

        var decision = _rig.Decision(_id, request);
        Assert.Equal("""[["Review"]]""", decision.GetProperty("answers").GetRawText());
        Assert.Equal("answer", decision.GetProperty("decision").GetString());
    }

    [Fact]
    public void Several_may_be_chosen_and_a_text_may_be_written_where_that_is_asked_for()
    {
        var several = _rig.Ask(_id, """{"title":"Which?","options":[{"label":"a","description":"the first"},"b","c"],"multiple":true}""");
        var text = _rig.Ask(_id, """{"title":"What name?","free_text":true}""");
        var asOthers = _rig.Ask(_id, """{"tool_name":"AskUserQuestion","tool_input":{"questions":[{"question":"One?","header":"1","options":[{"label":"x"},{"label":"y"}]},{"question":"Two?","options":["z"],"multiSelect":true,"free_text":true}]}}""");

        _rig.Answer(several, QueueDecision.Answer, "", ["a", "c"]);
        _rig.Answer(text, QueueDecision.Answer, "", ["a name of my own"]);
        _rig.Answer(asOthers, QueueDecision.Answer, "", ["y"], ["something else", "z"]);

        Assert.Equal("""[["a","c"]]""", _rig.Decision(_id, several).GetProperty("answers").GetRawText());
        Assert.Equal("""[["a name of my own"]]""", _rig.Decision(_id, text).GetProperty("answers").GetRawText());
        Assert.Equal("""[["y"],["something else","z"]]""", _rig.Decision(_id, asOthers).GetProperty("answers").GetRawText());
    }

    [Fact]
    public void Nobody_in_time_is_a_denial_that_says_so_and_the_item_is_gone()
    {
        var request = _rig.Ask(_id, """{"title":"Deploy?","timeout_s":300}""");
        Assert.Equal(_rig.Desk.Clock.GetUtcNow() + TimeSpan.FromSeconds(300), _rig.Desk.Item(request).ExpiresAt);
        _rig.Desk.Hand.Move(TimeSpan.FromSeconds(299));
        Assert.Equal(QueueState.Open, _rig.Desk.Item(request).State);

        _rig.Desk.Hand.Move(TimeSpan.FromSeconds(1));

        Assert.Empty(_rig.Desk.Queue.Items());
        var decision = _rig.Decision(_id, request);
        Assert.Equal(("timeout", false, "deny"), (decision.GetProperty("resolved_by").GetString(), decision.GetProperty("allowed").GetBoolean(), decision.GetProperty("decision").GetString()));
        Assert.Equal("timeout", Assert.Single(_rig.Desk.Audit).By);
        _rig.AwaitState(_id, AgentState.Working);
    }

    [Fact]
    public void Time_that_ran_out_while_no_daemon_ran_is_a_denial_too()
    {
        var request = _rig.Ask(_id, """{"title":"Deploy?","timeout_s":1}""");
        var clock = _rig.Desk.Hand;
        clock.Move(TimeSpan.Zero);
        var saved = _rig.Desk.Saved[request];
        _rig.Desk.Saved[request] = saved with { Item = saved.Item with { ExpiresAt = clock.GetUtcNow() - TimeSpan.FromHours(1) } };

        _rig.Restart();
        _rig.Desk.Hand.Move(TimeSpan.Zero);

        Assert.Equal("timeout", _rig.Decision(_id, request).GetProperty("resolved_by").GetString());
    }

    [Fact]
    public void A_decision_can_be_awaited_and_the_wait_may_be_over_first()
    {
        var request = _rig.Ask(_id, """{"title":"Deploy?"}""");
        var short_ = _rig.Agents.DecisionAsync(_id, request, TimeSpan.FromSeconds(5), CancellationToken.None);
        var long_ = _rig.Agents.DecisionAsync(_id, request, TimeSpan.FromSeconds(500), CancellationToken.None);
        Soon.Is(() =>
        {
            _rig.Desk.Hand.Move(TimeSpan.FromSeconds(5));
            return short_.IsCompleted;
        });
        Assert.Null(short_.Result());
        Assert.False(long_.IsCompleted);

        _rig.Answer(request, QueueDecision.Allow);
        Assert.Equal("allow", long_.Result()!.Value.GetProperty("decision").GetString());
        Assert.Equal("allow", _rig.Decision(_id, request).GetProperty("decision").GetString());
    }

    [Fact]
    public void The_agent_takes_a_request_back_and_nobody_can_answer_it_any_more()
    {
        var request = _rig.Ask(_id, """{"title":"Deploy?","request_id":"mine"}""");
        _rig.Agents.Withdraw(_id, "mine", "not needed");

        Assert.Empty(_rig.Desk.Queue.Items());
        var decision = _rig.Decision(_id, request);
        Assert.Equal(("cancelled", false, "not needed"), (decision.GetProperty("resolved_by").GetString(), decision.GetProperty("allowed").GetBoolean(), decision.GetProperty("message").GetString()));
        Assert.Equal(409, Assert.Throws<ApiError>(() => _rig.Agents.Withdraw(_id, request, "")).Status);
        Assert.Equal(404, Assert.Throws<ApiError>(() => _rig.Agents.Withdraw(_id, "other", "")).Status);
    }

    [Fact]
    public void One_agent_reaches_no_request_of_another()
    {
        var other = _rig.Register("Other").Id;
        var request = _rig.Ask(other, """{"title":"Deploy?","request_id":"mine"}""");

        Assert.Equal(404, Assert.Throws<ApiError>(() => _rig.Agents.Withdraw(_id, request, "")).Status);
        Assert.Equal(404, Assert.Throws<ApiError>(() => _rig.Agents.DecisionAsync(_id, request, TimeSpan.Zero, CancellationToken.None).GetAwaiter().GetResult()).Status);
        Assert.Equal(QueueState.Open, _rig.Desk.Item(request).State);
    }

    [Fact]
    public void The_same_request_asked_twice_stands_once()
    {
        var first = _rig.Ask(_id, """{"title":"Deploy?","request_id":"mine"}""");
        Assert.Equal(first, _rig.Ask(_id, """{"title":"Deploy?","request_id":"mine"}"""));
        Assert.Single(_rig.Desk.Queue.Items());
    }

    [Fact]
    public void The_end_of_the_session_is_the_end_of_what_it_asked()
    {
        var request = _rig.Ask(_id, """{"title":"Deploy?"}""");
        var decision = _rig.Agents.DecisionAsync(_id, request, TimeSpan.FromDays(1), CancellationToken.None);
        var live = _rig.Live(_id);
        live.Post(() => live.Stop("me", isForced: false));
        Assert.Equal("cancelled", decision.Result()!.Value.GetProperty("resolved_by").GetString());
    }

    [Fact]
    public void So_many_may_be_open_and_no_more()
    {
        for (var i = 0; i < Daemon.External.RegisteredAgent.MostOpen; i++)
        {
            _rig.Ask(_id, """{"title":"Deploy?"}""");
        }

        Assert.Equal(409, Assert.Throws<ApiError>(() => _rig.Ask(_id, """{"title":"Deploy?"}""")).Status);
    }

    [Fact]
    public void An_edit_shows_what_the_agent_tells_and_reads_no_file()
    {
        var secret = _rig.Scratch.Write("home/secret", "the secret\n");
        var request = _rig.Ask(_id, $$$"""{"tool_name":"Write","tool_input":{"file_path":"{{{secret}}}","content":"new\n"}}""");

        var edit = Assert.Single(_rig.Desk.Item(request).Edits);
        Assert.Equal((secret, "+new\n"), (edit.Path, edit.Diff));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"timeout_s":0}""")]
    [InlineData("""{"timeout_s":"5"}""")]
    [InlineData("""{"timeout_s":1e300}""")]
    [InlineData("""{"tool_name":"x","tool_input":[]}""")]
    [InlineData("""{"tool_name":"x","tool_input":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}""")]
    [InlineData("""{"options":["a","A"]}""")]
    [InlineData("""{"questions":[null]}""")]
    [InlineData("""{"options":[1]}""")]
    [InlineData("""{"options":[""]}""")]
    [InlineData("""{"request_id":""}""")]
    [InlineData("""{"title":"\udc00"}""")]
    [InlineData("""{"tool_name":"bash","tool_input":{"command":"\ud800"}}""")]
    public void What_has_another_shape_is_refused(string data) => Assert.Equal(422, Assert.Throws<ApiError>(() => _rig.Ask(_id, data)).Status);
}
