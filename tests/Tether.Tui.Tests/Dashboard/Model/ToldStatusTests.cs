using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

/// <summary>What the daemon says of an agent takes the place of what the dashboard would guess.</summary>
public sealed class ToldStatusTests
{
    private readonly Story _story = new();

    [Theory]
    [InlineData(AgentState.Starting, "starting")]
    [InlineData(AgentState.Working, "working")]
    [InlineData(AgentState.NeedsApproval, "needs approval")]
    [InlineData(AgentState.NeedsAnswer, "needs an answer")]
    [InlineData(AgentState.Waiting, "waiting")]
    [InlineData(AgentState.Done, "done")]
    [InlineData(AgentState.LimitReached, "limit")]
    [InlineData(AgentState.LoginNeeded, "login needed")]
    [InlineData(AgentState.Failed, "failed")]
    [InlineData(AgentState.Exited, "exited")]
    [InlineData(AgentState.Lost, "lost")]
    public void Every_state_has_its_word(AgentState state, string word)
    {
        Tell(state);
        Assert.Equal(word, _story.Fleet.Find("a")!.Word);
    }

    [Fact]
    public void What_it_does_not_know_is_guessed_as_before() =>
        Assert.Equal(SessionStatus.Working, Tell(AgentState.Unknown).Prints("a").Status("a"));

    [Fact]
    public void Output_does_not_make_work_of_what_waits() => Assert.Equal(SessionStatus.WaitingForPrompt, Tell(AgentState.Waiting).Works("a", 9).Status("a"));

    [Fact]
    public void Silence_is_no_end_of_work_and_nothing_goes_quiet()
    {
        Assert.Equal(SessionStatus.Working, Tell(AgentState.Working).Works("a", 9).Passes(60).Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Theory]
    [InlineData("bell")]
    [InlineData("notification")]
    public void Bells_and_notifications_of_an_agent_are_no_items_of_their_own(string kind)
    {
        Assert.Equal(SessionStatus.Working, Tell(AgentState.Working).Happens("a", kind).Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void What_was_guessed_before_it_told_counts_no_more()
    {
        _story.Sessions("a").Happens("a", "bell");
        Tell(AgentState.Working);
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void The_end_of_a_limit_is_told_with_the_day_where_it_is_not_today()
    {
        Tell(AgentState.LimitReached, until: Story.Start.AddHours(2.5));
        Assert.Equal("limit until 14:30", _story.Fleet.Find("a")!.Word);
        Tell(AgentState.LimitReached, until: Story.Start.AddDays(1));
        Assert.Equal("limit until Sat 12:00", _story.Fleet.Find("a")!.Word);
        Tell(AgentState.LimitReached, until: Story.Start.AddDays(30));
        Assert.Equal("limit until 2026-12-20", _story.Fleet.Find("a")!.Word);
    }

    [Theory]
    [InlineData(AgentState.Done, "done: 3 files", 0)]
    [InlineData(AgentState.Failed, "failed: 3 files", 0)]
    [InlineData(AgentState.LimitReached, "limit: 3 files", 0)]
    [InlineData(AgentState.LoginNeeded, "login needed: 3 files", 1)]
    public void News_that_the_daemons_queue_does_not_have_stand_in_the_queue_until_somebody_looks(AgentState state, string words, int inNeed)
    {
        Tell(state, "3 files");
        Assert.Equal(words, Assert.Single(_story.Fleet.Queue.Items).Words);
        Assert.Equal(inNeed, _story.Fleet.Counts.NeedYou);
        _story.Passes(1).Looks("a");
        Assert.Empty(_story.Kinds);
        Tell(AgentState.Working);
        _story.Passes(1);
        Tell(state, "again");
        Assert.Single(_story.Kinds);
    }

    [Fact]
    public void News_that_were_dismissed_do_not_come_back()
    {
        Tell(AgentState.Done);
        _story.Fleet.Dismiss(_story.Fleet.Queue.Items[0], _story.Now);
        _story.Passes(60);
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void An_agent_that_ended_well_has_exited_and_one_that_did_not_has_failed()
    {
        Tell(AgentState.Exited);
        Assert.Equal(SessionStatus.Exited, _story.Ends("a").Status("a"));
        Assert.Equal(SessionStatus.Failed, _story.Ends("a", 2).Status("a"));
    }

    [Fact]
    public void Who_needs_somebody_is_counted_once_with_an_item_and_without()
    {
        _story.Sessions("a", "b");
        Tell(AgentState.NeedsApproval);
        Assert.Equal(1, _story.Fleet.Counts.NeedYou);
        _story.Fleet.Take(Asked.Command("x", "a"), _story.Now);
        Assert.Equal(1, _story.Fleet.Counts.NeedYou);
    }

    private Story Tell(AgentState state, string detail = "", DateTimeOffset? until = null)
    {
        var status = new AgentStatus { State = state, Since = _story.Now, Source = SignalSource.Hook, Rule = "test", Detail = detail, Until = until };
        _story.Fleet.Update(Story.Record("a") with { Provider = "claude", Status = status }, _story.Now);
        return _story;
    }
}
