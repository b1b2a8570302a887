using Tether.Daemon.Agents.Status;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Status;

public sealed class StatusDeskTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly StatusDesk _desk = new(Start);
    private DateTimeOffset _now = Start;

    [Fact]
    public void A_session_starts_until_its_agent_shows_a_sign_of_life()
    {
        After(3);
        Assert.Equal(AgentState.Starting, _desk.Status.State);
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1.6);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
    }

    [Fact]
    public void Nothing_said_for_long_is_not_starting_for_ever()
    {
        After(31);
        Assert.Equal(AgentState.Unknown, _desk.Status.State);
    }

    [Fact]
    public void Of_two_fresh_sources_the_one_of_more_authority_decides()
    {
        Say(SignalSource.Screen, AgentState.Waiting);
        Say(SignalSource.Hook, AgentState.Working);
        Assert.Equal((AgentState.Working, SignalSource.Hook), (_desk.Status.State, _desk.Status.Source));
        Assert.Equal(["decides", "outranked"], _desk.Explain(_now).Select(signal => signal.Weight.Split(' ', ';')[0]));
    }

    [Theory]
    [InlineData(AgentState.NeedsApproval)]
    [InlineData(AgentState.NeedsAnswer)]
    [InlineData(AgentState.LoginNeeded)]
    [InlineData(AgentState.LimitReached)]
    public void What_needs_a_person_is_told_at_once(AgentState need)
    {
        Work(SignalSource.Screen);
        Say(SignalSource.Screen, need);
        Assert.Equal(need, _desk.Status.State);
    }

    [Fact]
    public void A_screen_must_look_idle_for_a_second_and_a_half()
    {
        Work(SignalSource.Screen);
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1.4);
        Assert.Equal(AgentState.Working, _desk.Status.State);
        After(0.2);
        Assert.Equal(AgentState.Done, _desk.Status.State);
    }

    [Fact]
    public void A_screen_that_looks_idle_between_two_tools_changes_nothing()
    {
        Work(SignalSource.Screen);
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1);
        Say(SignalSource.Screen, AgentState.Working);
        After(5);
        Assert.Equal([AgentState.Starting, AgentState.Waiting, AgentState.Working], _desk.Past.Select(past => past.State));
    }

    [Fact]
    public void A_hooks_working_goes_stale_unless_something_confirms_it()
    {
        Work(SignalSource.Hook);
        Say(SignalSource.Title, AgentState.Working);
        After(60);
        Assert.Equal(SignalSource.Hook, _desk.Status.Source);
        Say(SignalSource.Title, AgentState.Unknown);
        Assert.StartsWith("stale", Assert.Single(_desk.Explain(_now)).Weight, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_that_no_hook_told_shows_on_the_screen()
    {
        Work(SignalSource.Hook);
        Say(SignalSource.Screen, AgentState.Working);
        After(3);
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1.6);
        Assert.Equal((AgentState.Done, SignalSource.Screen), (_desk.Status.State, _desk.Status.Source));
    }

    [Fact]
    public void A_dialog_on_the_screen_beats_a_hook_that_says_working()
    {
        Say(SignalSource.Screen, AgentState.NeedsApproval);
        Say(SignalSource.Hook, AgentState.Working);
        After(5);
        Assert.Equal((AgentState.NeedsApproval, SignalSource.Screen), (_desk.Status.State, _desk.Status.Source));
    }

    [Fact]
    public void An_open_question_of_a_hook_stays_however_old_while_the_screen_goes_on_working()
    {
        Work(SignalSource.Screen);
        Say(SignalSource.Hook, AgentState.NeedsApproval);
        After(3600);
        Assert.Equal(AgentState.NeedsApproval, _desk.Status.State);
    }

    [Fact]
    public void A_hooks_question_that_was_answered_in_the_terminal_is_over_when_its_dialog_is_gone()
    {
        Work(SignalSource.Screen);
        Say(SignalSource.Screen, AgentState.NeedsApproval);
        After(0.1);
        Say(SignalSource.Hook, AgentState.NeedsApproval);
        After(3);
        Say(SignalSource.Screen, AgentState.Working);
        After(1);
        Assert.Equal(AgentState.Working, _desk.Status.State);
    }

    [Fact]
    public void A_turn_that_ended_unseen_is_done_until_somebody_has_seen_it()
    {
        Work(SignalSource.Hook);
        Say(SignalSource.Hook, AgentState.Waiting);
        After(0.5);
        Assert.Equal(AgentState.Done, _desk.Status.State);
        _desk.Seen();
        After(0);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
    }

    [Fact]
    public void Who_types_at_a_turns_end_has_seen_it()
    {
        Work(SignalSource.Hook);
        _desk.Typed(_now);
        After(0.3);
        Say(SignalSource.Hook, AgentState.Waiting);
        After(0.5);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
    }

    [Fact]
    public void A_dialog_before_the_first_prompt_is_no_turn()
    {
        Say(SignalSource.Screen, AgentState.NeedsAnswer);
        After(20);
        Say(SignalSource.Screen, AgentState.Working);
        After(1);
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1.6);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
    }

    [Fact]
    public void A_first_turn_that_waited_for_an_approval_is_one()
    {
        Say(SignalSource.Screen, AgentState.Working);
        After(1);
        Say(SignalSource.Screen, AgentState.NeedsApproval);
        After(20);
        Say(SignalSource.Screen, AgentState.Working);
        After(1);
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1.6);
        Assert.Equal(AgentState.Done, _desk.Status.State);
    }

    [Fact]
    public void What_an_agent_does_while_it_starts_is_no_turn()
    {
        Say(SignalSource.ProgramStatus, AgentState.Working);
        After(0.5);
        Say(SignalSource.ProgramStatus, AgentState.Waiting);
        After(1);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
    }

    [Fact]
    public void A_limit_ends_when_its_time_has_come()
    {
        Say(new AgentSignal { Source = SignalSource.Hook, State = AgentState.LimitReached, Rule = "limit", At = _now, Until = Start.AddHours(1) });
        Say(SignalSource.Screen, AgentState.Waiting);
        After(1);
        Assert.Equal(Start.AddHours(1), _desk.Status.Until);
        After(3601);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
    }

    [Fact]
    public void A_failure_is_waiting_once_it_was_seen_and_a_new_turn_may_fail_again()
    {
        Work(SignalSource.Screen);
        Say(SignalSource.Screen, AgentState.Failed);
        After(0.4);
        Assert.Equal(AgentState.Failed, _desk.Status.State);
        _desk.Seen();
        After(0.4);
        Assert.Equal(AgentState.Waiting, _desk.Status.State);
        Say(SignalSource.Screen, AgentState.Working);
        After(1);
        Say(SignalSource.Screen, AgentState.Failed);
        After(1);
        Assert.Equal(AgentState.Failed, _desk.Status.State);
    }

    [Fact]
    public void A_million_changes_of_mind_cost_ten_a_second_at_most()
    {
        for (var i = 0; i < 1000; i++)
        {
            Say(SignalSource.ProgramStatus, i % 2 == 0 ? AgentState.NeedsApproval : AgentState.Working);
            After(0.001);
        }

        Assert.InRange(_desk.Past.Count, 2, 13);
    }

    [Fact]
    public void Another_question_is_news_although_the_state_is_the_same()
    {
        Say(SignalSource.Hook, AgentState.NeedsApproval, "Bash: touch a");
        var since = _desk.Status.Since;
        After(2);
        _desk.Take(Signal(SignalSource.Hook, AgentState.NeedsApproval, "Bash: touch b"));
        Assert.True(_desk.Advance(_now));
        Assert.True(_desk.Status.Since > since);
    }

    [Fact]
    public void Nothing_is_due_while_an_agent_waits()
    {
        Say(SignalSource.Screen, AgentState.Waiting);
        After(3);
        Assert.Null(_desk.NextChangeAt);
    }

    [Fact]
    public void After_the_end_nothing_changes_any_more()
    {
        _desk.End(AgentState.Exited, "", _now);
        Say(SignalSource.Hook, AgentState.Working);
        Assert.Equal(AgentState.Exited, _desk.Status.State);
    }

    [Fact]
    public void The_past_holds_fifty_states()
    {
        for (var i = 0; i < 100; i++)
        {
            Say(SignalSource.Hook, i % 2 == 0 ? AgentState.Working : AgentState.NeedsApproval);
            After(1);
        }

        Assert.Equal(50, _desk.Past.Count);
        Assert.Equal(_desk.Status, _desk.Past[^1]);
    }

    private void Work(SignalSource source = SignalSource.Hook)
    {
        Say(source, AgentState.Waiting);
        After(2);
        Say(source, AgentState.Working);
        After(4);
        Assert.Equal(AgentState.Working, _desk.Status.State);
    }

    [Theory]
    [InlineData(AgentState.Failed)]
    [InlineData(AgentState.LimitReached)]
    public void A_failure_after_which_the_screen_shows_work_is_tried_again(AgentState failure)
    {
        Work(SignalSource.Hook);
        Say(SignalSource.Screen, AgentState.Working);
        Say(SignalSource.Hook, failure);
        After(0.2);
        Say(SignalSource.Screen, AgentState.Working);
        After(3);
        Assert.Equal(AgentState.Working, _desk.Status.State);
        Assert.DoesNotContain(_desk.Past, past => past.State == failure);
        Say(SignalSource.Hook, AgentState.Working);
        Say(SignalSource.Hook, failure);
        Say(SignalSource.Screen, failure);
        After(0.6);
        Assert.Equal(failure, _desk.Status.State);
    }

    [Fact]
    public void A_limit_that_a_screen_or_terminal_calls_an_error_stays_a_limit()
    {
        Work(SignalSource.Hook);
        Say(SignalSource.ProgramStatus, AgentState.Failed);
        Say(SignalSource.Hook, AgentState.LimitReached);
        Say(SignalSource.Screen, AgentState.Failed);
        After(5);
        Assert.Equal(AgentState.LimitReached, _desk.Status.State);
    }

    [Fact]
    public void A_program_that_is_idle_for_a_moment_before_it_works_again_after_a_failure_is_not_done()
    {
        Work(SignalSource.ProgramStatus);
        Say(SignalSource.ProgramStatus, AgentState.Failed);
        After(2);
        Say(SignalSource.ProgramStatus, AgentState.Waiting);
        After(0.12);
        Say(SignalSource.ProgramStatus, AgentState.Working);
        After(1);
        Assert.Equal([AgentState.Failed, AgentState.Working], _desk.Past.Select(past => past.State).TakeLast(2));
    }

    [Fact]
    public void A_failure_that_shows_again_when_the_next_turn_was_taken_back_is_over()
    {
        Work(SignalSource.ProgramStatus);
        Say(SignalSource.ProgramStatus, AgentState.Failed);
        Say(SignalSource.Screen, AgentState.Failed);
        After(2);
        Say(SignalSource.ProgramStatus, AgentState.Working);
        Say(SignalSource.Screen, AgentState.Working);
        After(5);
        Say(SignalSource.Screen, AgentState.Failed);
        Say(SignalSource.ProgramStatus, AgentState.Waiting);
        After(3);
        Assert.Equal([AgentState.Failed, AgentState.Working, AgentState.Done], _desk.Past.Select(past => past.State).TakeLast(3));
    }

    [Fact]
    public void What_works_only_while_its_prompt_closes_does_not_work()
    {
        Say(SignalSource.ProgramStatus, AgentState.NeedsApproval);
        After(3);
        Say(SignalSource.ProgramStatus, AgentState.Working);
        After(0.05);
        Say(SignalSource.ProgramStatus, AgentState.Waiting);
        After(2);
        Assert.Equal([AgentState.NeedsApproval, AgentState.Done], _desk.Past.Select(past => past.State).TakeLast(2));
    }

    [Fact]
    public void When_a_limit_ends_is_told_by_whoever_knows()
    {
        var until = _now.AddHours(2);
        Say(new AgentSignal { Source = SignalSource.Screen, State = AgentState.LimitReached, Rule = "limit", At = _now, Until = until });
        Say(SignalSource.Hook, AgentState.LimitReached);
        After(1);
        Assert.Equal((SignalSource.Hook, until), (_desk.Status.Source, _desk.Status.Until));
    }

    private void Say(SignalSource source, AgentState state, string detail = "") => Say(Signal(source, state, detail));

    private void Say(AgentSignal signal)
    {
        _desk.Take(signal);
        _desk.Advance(_now);
    }

    private AgentSignal Signal(SignalSource source, AgentState state, string detail) =>
        new() { Source = source, State = state, Rule = $"{source}.{state}", At = _now, Detail = detail };

    // As a session does: it comes whenever something is due.
    private void After(double seconds)
    {
        var end = _now.AddSeconds(seconds);
        while (_desk.NextChangeAt is { } next && next <= end)
        {
            _now = next;
            _desk.Advance(_now);
        }

        _now = end;
        _desk.Advance(_now);
    }
}
