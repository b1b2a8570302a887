using System.Collections.Concurrent;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

public sealed class StateFollowerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly QueueRig _rig = new();
    private readonly StateFollower _follower;
    private readonly BlockingCollection<Action> _posted = [];
    private readonly List<string> _notAsking = [];
    private readonly List<DateTimeOffset> _gone = [];

    public StateFollowerTests() => _follower = new StateFollower(
        new StateItems(_rig.Queue), _notAsking.Add, (_, since) => _gone.Add(since), _posted.Add, _rig.Hand);

    [Fact]
    public void What_stopped_asking_and_does_not_ask_again_has_no_prompt_any_more()
    {
        Become(AgentState.NeedsApproval);
        var stopped = Become(AgentState.Working);
        Assert.Equal(["one"], _notAsking);
        Assert.Empty(_gone);

        Pass(2);

        Assert.Equal([stopped], _gone);
    }

    [Fact]
    public void What_asks_again_within_the_time_still_has_its_prompt()
    {
        Become(AgentState.NeedsApproval);
        Become(AgentState.Working);
        Become(AgentState.NeedsAnswer);

        Pass(3);

        Assert.Empty(_gone);
    }

    [Fact]
    public void Only_the_last_time_that_it_stopped_counts()
    {
        Become(AgentState.NeedsApproval);
        Become(AgentState.Working);
        Become(AgentState.NeedsApproval);
        var stopped = Become(AgentState.Done);

        Pass(4);

        Assert.Equal([stopped], _gone);
    }

    [Fact]
    public void A_session_that_ended_asks_for_nothing()
    {
        Become(AgentState.NeedsApproval);
        Become(AgentState.Working);
        _follower.Forget("one");

        Pass(2);

        Assert.Empty(_gone);
    }

    [Fact]
    public void A_state_that_asks_and_that_nothing_explains_is_an_item_of_its_own()
    {
        Become(AgentState.NeedsApproval);
        Assert.Empty(_rig.Queue.Items());

        Pass(1);

        Assert.Equal("asks for approval", Assert.Single(_rig.Queue.Items()).Title);
    }

    [Fact]
    public void What_was_explained_and_settled_just_now_is_not_asked_again()
    {
        Become(AgentState.NeedsApproval);
        _rig.Hand.Move(Limit / 2);
        _rig.Queue.Open(QueueRig.Command("one", "k", "touch a") with { Way = AnswerWay.Keys }, null);
        _rig.Queue.Close("one", _ => true, "answered in the terminal");

        Pass(1, Limit / 2);
        Assert.Empty(_rig.Queue.Items());

        Pass(1);
        Assert.Equal("asks for approval", Assert.Single(_rig.Queue.Items()).Title);
    }

    public void Dispose() => _posted.Dispose();

    private DateTimeOffset Become(AgentState state)
    {
        _rig.Hand.Move(TimeSpan.FromMilliseconds(10));
        var status = new AgentStatus { State = state, Since = _rig.Hand.GetUtcNow(), Source = SignalSource.Hook, Rule = "test" };
        _follower.StateIs("one", status);
        return status.Since;
    }

    // Everything that was to follow later, follows.
    private void Pass(int count, TimeSpan? time = null)
    {
        _rig.Hand.Move(time ?? Limit);
        for (var i = 0; i < count; i++)
        {
            Assert.True(_posted.TryTake(out var action, Soon.Limit));
            action();
        }
    }
}
