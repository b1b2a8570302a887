using Tether.Tui.Dashboard;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class CardSightTests
{
    private static readonly Area Place = new(0, 1, 80, 20);

    private readonly CardSight _sight = new();
    private readonly Protocol.Model.QueueItem _item = Asked.Command();

    [Fact]
    public void A_card_counts_300_ms_after_it_was_drawn_first()
    {
        _sight.Drawn(_item, 0, Place, false, 1000);
        Assert.False(_sight.IsSettled(_item, 1299));
        Assert.True(_sight.IsSettled(_item, 1300));
    }

    [Fact]
    public void Being_drawn_again_as_it_was_changes_nothing()
    {
        _sight.Drawn(_item, 0, Place, false, 1000);
        _sight.Drawn(_item, 0, Place, false, 1290);
        Assert.True(_sight.IsSettled(_item, 1300));
    }

    [Fact]
    public void What_was_never_drawn_does_not_count() => Assert.False(_sight.IsSettled(_item, 9999));

    [Fact]
    public void Another_card_another_place_and_another_size_begin_anew()
    {
        Action<long>[] changes =
        [
            now => _sight.Drawn(Asked.Command(), 0, Place, false, now), now => _sight.Drawn(_item, 1, Place, false, now),
            now => _sight.Drawn(_item, 0, Place with { Rows = 19 }, false, now),
        ];
        foreach (var change in changes)
        {
            _sight.Drawn(_item, 0, Place, false, 1000);
            change(2000);
            _sight.Drawn(_item, 0, Place, false, 2100);
            Assert.False(_sight.IsSettled(_item, 2399));
            Assert.True(_sight.IsSettled(_item, 2400));
        }
    }

    [Fact]
    public void What_was_seen_before_something_covered_it_still_counts()
    {
        _sight.Drawn(_item, 0, Place, false, 1000);
        _sight.Drawn(_item, 0, Place, true, 1400);
        Assert.True(_sight.IsSettled(_item, 1400));
    }

    [Fact]
    public void What_changes_under_a_cover_is_not_seen_before_that_is_gone()
    {
        _sight.Drawn(null, 0, Place, true, 1000);
        _sight.Drawn(_item, 0, Place, true, 1001);
        Assert.False(_sight.IsSettled(_item, 5000));
        _sight.Drawn(_item, 0, Place, false, 5000);
        Assert.False(_sight.IsSettled(_item, 5299));
        Assert.True(_sight.IsSettled(_item, 5300));
    }
}
