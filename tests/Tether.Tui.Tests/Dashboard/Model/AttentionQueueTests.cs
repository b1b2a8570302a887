using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class AttentionQueueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly AttentionQueue _queue = new();

    private IEnumerable<string> Sessions => _queue.Items.Select(item => item.Session);

    [Fact]
    public void The_oldest_stands_first_in_whatever_order_they_come()
    {
        Add("c", 3);
        Add("a", 1);
        Add("b", 2);

        Assert.Equal(["a", "b", "c"], Sessions);
    }

    [Fact]
    public void What_happens_again_keeps_its_place_and_takes_the_new_text()
    {
        _queue.Add(AttentionKind.Notification, "a", Noon, "one");
        Add("b", 1);
        _queue.Add(AttentionKind.Notification, "a", Noon.AddSeconds(2), "two");

        Assert.Equal(["a", "b"], Sessions);
        Assert.Equal(new AttentionItem(AttentionKind.Notification, "a", Noon, "two", Times: 2), _queue.Items[0]);
    }

    [Fact]
    public void A_session_may_stand_there_once_for_each_kind()
    {
        _queue.Add(AttentionKind.Bell, "a", Noon);
        _queue.Add(AttentionKind.Notification, "a", Noon, "well?");

        Assert.Equal(2, _queue.Items.Count);
        Assert.Equal(["a"], _queue.SessionsInNeed);
    }

    [Fact]
    public void A_look_settles_what_happened_until_then_and_nothing_later()
    {
        _queue.Add(AttentionKind.Bell, "a", Noon);
        _queue.Add(AttentionKind.Notification, "a", Noon.AddSeconds(9));
        Add("b", 0);

        _queue.Looked("a", Noon.AddSeconds(5));

        Assert.Equal([("b", AttentionKind.Bell), ("a", AttentionKind.Notification)], _queue.Items.Select(item => (item.Session, item.Kind)));
    }

    [Fact]
    public void Working_settles_waiting_alone()
    {
        _queue.Add(AttentionKind.WaitingQuietly, "a", Noon);
        _queue.Add(AttentionKind.Bell, "a", Noon);

        _queue.Working("a");

        Assert.Equal(AttentionKind.Bell, Assert.Single(_queue.Items).Kind);
    }

    [Fact]
    public void Next_is_the_oldest_from_a_session_that_needs_nobody()
    {
        Add("a", 1);
        Add("b", 2);

        Assert.Equal("a", _queue.Next()!.Session);
        Assert.Equal("a", _queue.Next("quiet one")!.Session);
    }

    [Fact]
    public void Next_goes_round_all_that_wait()
    {
        Add("a", 1);
        Add("b", 2);
        Add("c", 3);

        Assert.Equal("b", _queue.Next("a")!.Session);
        Assert.Equal("c", _queue.Next("b")!.Session);
        Assert.Equal("a", _queue.Next("c")!.Session);
    }

    [Fact]
    public void Next_leaves_out_other_items_of_the_same_session()
    {
        Add("b", 3);
        Add("a", 1);
        _queue.Add(AttentionKind.Notification, "a", Noon.AddSeconds(2));

        Assert.Equal("b", _queue.Next("a")!.Session);
    }

    [Fact]
    public void Nothing_is_next_when_nothing_else_waits()
    {
        Assert.Null(_queue.Next());
        Add("a", 1);
        Assert.Null(_queue.Next("a"));
    }

    [Fact]
    public void The_version_grows_only_when_the_items_change()
    {
        Add("a", 1);
        var version = _queue.Version;

        _queue.Looked("b", Noon);
        Assert.Equal(version, _queue.Version);
        _queue.Dismiss(_queue.Items[0]);
        Assert.NotEqual(version, _queue.Version);
    }

    [Fact]
    public void Finishing_well_is_no_need()
    {
        _queue.Add(AttentionKind.Finished, "a", Noon);

        Assert.Empty(_queue.SessionsInNeed);
    }

    private void Add(string session, int seconds) => _queue.Add(AttentionKind.Bell, session, Noon.AddSeconds(seconds));
}
