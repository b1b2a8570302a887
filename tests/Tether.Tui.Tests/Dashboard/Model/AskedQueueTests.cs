using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class AskedQueueTests
{
    private static readonly DateTimeOffset Noon = DashboardRig.Start;

    private readonly AttentionQueue _queue = new();

    private IEnumerable<string> Keys => _queue.Items.Select(item => item.Key);

    [Fact]
    public void What_is_asked_stands_in_the_daemons_order_before_what_was_noticed()
    {
        _queue.Add(AttentionKind.Bell, "b", Noon.AddHours(-1));
        _queue.Take([Asked.Plan("z"), Asked.Command("a"), Asked.Low("m")], Noon);
        Assert.Equal(["z", "a", "m", "b Bell"], Keys);
    }

    [Fact]
    public void A_session_does_not_stand_there_twice()
    {
        _queue.Add(AttentionKind.Bell, "parser", Noon);
        _queue.Take([Asked.Command("a")], Noon);
        Assert.Equal(["a"], Keys);
    }

    [Fact]
    public void What_is_over_goes_and_what_is_on_its_way_stays()
    {
        _queue.Take([Asked.Command("a"), Asked.Low("b")], Noon);
        _queue.Take(Asked.Command("a") with { State = QueueState.Answering }, Noon);
        _queue.Take(Asked.Low("b") with { State = QueueState.Closed }, Noon);
        Assert.Equal(["a"], Keys);
    }

    [Fact]
    public void A_new_one_stands_behind_those_as_urgent_until_its_place_is_known()
    {
        _queue.Take([Asked.Command("a"), Asked.Plan("f") with { Kind = QueueKind.Failed }, Asked.Plan("d") with { Kind = QueueKind.Done }], Noon);
        Assert.True(_queue.Take(Asked.Question("q"), Noon));
        Assert.Equal(["a", "q", "f", "d"], Keys);
        Assert.False(_queue.Take(Asked.Question("q"), Noon));
    }

    [Fact]
    public void One_that_never_stood_there_and_is_over_is_no_news() =>
        Assert.False(_queue.Take(Asked.Command() with { State = QueueState.Answered }, Noon));

    [Fact]
    public void What_comes_again_unchanged_stays_the_same_object_and_changes_nothing()
    {
        _queue.Take([.. Asked.All.Select(pair => pair.Item)], Noon);
        var (items, version) = (_queue.Items, _queue.Version);
        _queue.Take([.. Asked.All.Select(pair => pair.Item)], Noon);
        Assert.Equal(version, _queue.Version);
        Assert.All(items.Zip(_queue.Items), pair => Assert.Same(pair.First.Asked, pair.Second.Asked));
    }

    [Fact]
    public void What_comes_changed_is_another_object()
    {
        var before = Asked.Command();
        QueueItem[] changes =
        [
            before with { Command = "ls" }, before with { Facts = before.Facts! with { Marks = [] } }, before with { Edits = Asked.Edit().Edits },
            before with { Questions = Asked.Question().Questions }, before with { Way = AnswerWay.Terminal }, before with { Always = [] },
        ];
        Assert.All(changes, change => Assert.False(SameItem.Is(before, change)));
        Assert.True(SameItem.Is(before, Asked.Command()));
    }

    [Fact]
    public void What_was_put_off_stands_last_needs_nobody_and_comes_back_by_itself()
    {
        _queue.Take([Asked.Command("a"), Asked.Low("b", "other")], Noon);
        _queue.Take(Asked.Command("a") with { SnoozedUntil = Noon.AddMinutes(5) }, Noon);
        Assert.Equal(["b", "a"], Keys);
        Assert.Equal(["other"], _queue.SessionsInNeed);
        Assert.Null(_queue.Next("other"));
        Assert.Equal(Noon.AddMinutes(5), _queue.NextChangeAt);

        _queue.Advance(Noon.AddMinutes(5));
        Assert.Equal(["a", "b"], Keys);
        Assert.Null(_queue.NextChangeAt);
    }

    [Fact]
    public void When_the_daemon_has_told_of_an_end_and_that_was_seen_the_dashboard_does_not_tell_it_again()
    {
        _queue.Add(AttentionKind.Finished, "parser", Noon);
        _queue.Take([Asked.Plan("x") with { Kind = QueueKind.Exited }], Noon);
        _queue.Take(Asked.Plan("x") with { Kind = QueueKind.Exited, State = QueueState.Closed }, Noon);
        Assert.Empty(_queue.Items);
    }

    [Fact]
    public void Done_and_exited_ask_for_nobody()
    {
        _queue.Take([Asked.Plan("d") with { Kind = QueueKind.Done }, Asked.Plan("x") with { Kind = QueueKind.Exited }], Noon);
        Assert.Empty(_queue.SessionsInNeed);
    }
}
