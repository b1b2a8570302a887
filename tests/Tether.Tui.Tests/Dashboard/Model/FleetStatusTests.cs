using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class FleetStatusTests
{
    private readonly Story _story = new Story().Sessions("a");

    [Fact]
    public void A_session_that_prints_works() => Assert.Equal(SessionStatus.Working, _story.Prints("a").Status("a"));

    [Fact]
    public void It_is_quiet_only_after_a_second_and_a_half_of_silence()
    {
        Assert.Equal(SessionStatus.Working, _story.Prints("a").Passes(1.4).Status("a"));
        Assert.Equal(SessionStatus.Quiet, _story.Passes(0.1).Status("a"));
    }

    [Fact]
    public void The_change_to_quiet_is_announced()
    {
        _story.Prints("a");

        for (var i = 0; i < 10 && _story.Status("a") == SessionStatus.Working; i++)
        {
            _story.Passes((_story.Fleet.NextChangeAt!.Value - _story.Now).TotalSeconds);
        }

        Assert.Equal(Story.Start.AddSeconds(1.5), _story.Now);
    }

    [Fact]
    public void A_session_that_worked_and_fell_silent_waits_quietly()
    {
        Assert.Equal(SessionStatus.Quiet, _story.Works("a", 6).Passes(9.9).Status("a"));
        Assert.Equal(SessionStatus.WaitingQuietly, _story.Passes(0.1).Status("a"));
        Assert.Equal([AttentionKind.WaitingQuietly], _story.Kinds);
    }

    [Fact]
    public void The_change_to_waiting_quietly_is_announced()
    {
        _story.Works("a", 6).Passes(2);

        Assert.Equal(_story.Now.AddSeconds(8), _story.Fleet.NextChangeAt);
    }

    [Fact]
    public void Pauses_of_a_few_seconds_belong_to_the_work() =>
        Assert.Equal(SessionStatus.WaitingQuietly, _story.Prints("a").Passes(9).Prints("a").Passes(10).Status("a"));

    [Fact]
    public void The_answer_to_a_keystroke_is_no_work() => Assert.Equal(SessionStatus.Quiet, _story.Prints("a").Passes(1).Prints("a").Passes(60).Status("a"));

    [Fact]
    public void One_that_was_looked_at_in_its_silence_does_not_wait() => Assert.Equal(SessionStatus.Quiet, _story.Works("a", 6).Passes(5).Looks("a").Passes(60).Status("a"));

    [Fact]
    public void One_that_is_watched_does_not_wait()
    {
        _story.Fleet.Watch("a", _story.Now);

        Assert.Equal(SessionStatus.Quiet, _story.Works("a", 6).Passes(60).Status("a"));
        _story.Fleet.Watch(null, _story.Now);
        Assert.Equal(SessionStatus.Quiet, _story.Passes(60).Status("a"));
    }

    [Fact]
    public void Looking_ends_the_waiting() => Assert.Equal(SessionStatus.Quiet, _story.Works("a", 6).Passes(20).Looks("a").Status("a"));

    [Fact]
    public void Going_on_ends_the_waiting()
    {
        _story.Works("a", 6).Passes(20).Works("a", 2);

        Assert.Equal(SessionStatus.Working, _story.Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void A_single_redraw_does_not_end_the_waiting_nor_its_place_in_the_queue()
    {
        var since = _story.Works("a", 6).Now;
        _story.Passes(20).Prints("a").Passes(2);

        Assert.Equal(SessionStatus.WaitingQuietly, _story.Status("a"));
        Assert.Equal(since, Assert.Single(_story.Fleet.Queue.Items).Since);
    }

    [Theory]
    [InlineData("bell", AttentionKind.Bell)]
    [InlineData("notification", AttentionKind.Notification)]
    internal void A_bell_or_a_notification_needs_me_at_once(string kind, AttentionKind queued)
    {
        _story.Prints("a").Happens("a", kind, "may I?");

        Assert.Equal(SessionStatus.NeedsYou, _story.Status("a"));
        Assert.Equal("may I?", Assert.Single(_story.Fleet.Queue.Items, item => item.Kind == queued).Text);
    }

    [Fact]
    public void It_needs_me_until_I_look_although_it_goes_on()
    {
        Assert.Equal(SessionStatus.NeedsYou, _story.Happens("a", "bell").Works("a", 10).Status("a"));
        Assert.Equal(SessionStatus.Working, _story.Looks("a").Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void What_rings_before_my_eyes_is_no_news()
    {
        _story.Fleet.Watch("a", _story.Now);

        Assert.Equal(SessionStatus.Quiet, _story.Passes(1).Happens("a", "bell").Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void A_bell_from_before_my_last_look_is_no_news()
    {
        var bell = new Protocol.Wire.SessionEventNotice { Session = "a", Kind = "bell", At = _story.Now };
        _story.Passes(5).Looks("a");

        _story.Fleet.Take(bell, _story.Now);

        Assert.Empty(_story.Kinds);
    }

    [Theory]
    [InlineData(0, null, null, SessionState.Exited, SessionStatus.Done, AttentionKind.Finished)]
    [InlineData(2, null, null, SessionState.Exited, SessionStatus.Failed, AttentionKind.Failed)]
    [InlineData(null, 9, null, SessionState.Exited, SessionStatus.Failed, AttentionKind.Failed)]
    [InlineData(null, null, "ended; its exit status is unknown", SessionState.Exited, SessionStatus.Failed, AttentionKind.Failed)]
    [InlineData(null, null, "the machine was restarted", SessionState.Lost, SessionStatus.Lost, AttentionKind.Lost)]
    internal void An_end_goes_into_the_queue(int? code, int? signal, string? reason, SessionState state, SessionStatus status, AttentionKind kind)
    {
        _story.Ends("a", code, signal, reason, state);

        Assert.Equal(status, _story.Status("a"));
        Assert.Equal([kind], _story.Kinds);
    }

    [Fact]
    public void What_somebody_stopped_is_no_failure()
    {
        _story.Ends("a", null, 1, "stopped by me@here");

        Assert.Equal(SessionStatus.Stopped, _story.Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void Questions_of_a_session_that_ended_are_moot() => Assert.Equal([AttentionKind.Failed], _story.Happens("a", "bell").Ends("a", 1).Kinds);

    [Fact]
    public void A_lost_session_that_comes_back_needs_nobody()
    {
        _story.Ends("a", null, null, "the keeper was killed", SessionState.Lost);

        _story.Sessions("a");

        Assert.Equal(SessionStatus.Quiet, _story.Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void Dismissing_a_bell_settles_it_without_a_look()
    {
        _story.Happens("a", "bell");

        _story.Fleet.Dismiss(_story.Fleet.Queue.Items[0], _story.Now);

        Assert.Equal(SessionStatus.Quiet, _story.Status("a"));
        Assert.Null(_story.Book.Find("a"));
    }

    [Fact]
    public void Dismissing_one_thing_leaves_the_others()
    {
        _story.Happens("a", "bell").Happens("a", "notification", "well?");

        _story.Fleet.Dismiss(_story.Fleet.Queue.Items[0], _story.Now);

        Assert.Equal(SessionStatus.NeedsYou, _story.Status("a"));
        Assert.Equal([AttentionKind.Notification], _story.Kinds);
    }

    [Fact]
    public void A_dismissed_wait_does_not_begin_again()
    {
        _story.Works("a", 6).Passes(20);

        _story.Fleet.Dismiss(_story.Fleet.Queue.Items[0], _story.Now);

        Assert.Equal(SessionStatus.Quiet, _story.Passes(60).Status("a"));
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void Output_is_known_from_the_records_too()
    {
        _story.Passes(100);

        _story.Fleet.Update(Story.Record("a") with { Offset = 10, LastOutputAt = _story.Now.AddSeconds(-1) }, _story.Now);

        Assert.Equal(SessionStatus.Working, _story.Status("a"));
    }

    [Fact]
    public void The_counts_say_who_works_who_needs_me_and_who_is_done()
    {
        _story.Sessions("a", "b", "c", "d").Ends("a").Ends("b", 1).Prints("c").Happens("d", "bell").Happens("d", "notification");

        Assert.Equal(new FleetCounts(Total: 4, Working: 1, NeedYou: 2, Done: 1, Failed: 1), _story.Fleet.Counts);
    }
}
