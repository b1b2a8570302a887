using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class FleetRedrawTests
{
    private readonly Story _story = new();

    [Fact]
    public void Idle_sessions_change_at_most_once_a_minute_and_all_at_the_same_moment()
    {
        _story.Sessions([.. Enumerable.Range(0, 9).Select(i => Story.Record($"s{i}", -100 - (i * 7.3)))]);

        for (var minute = 1; minute <= 70; minute++)
        {
            var next = _story.Fleet.NextChangeAt!.Value;
            Assert.Equal(0, next.UtcTicks % TimeSpan.TicksPerMinute);
            Assert.True(next > _story.Now);

            var version = _story.Fleet.Version;
            _story.Passes((next - _story.Now).TotalSeconds - 0.001);
            Assert.Equal(version, _story.Fleet.Version);
            _story.Passes(0.001);
            Assert.NotEqual(version, _story.Fleet.Version);
        }
    }

    [Fact]
    public void Output_changes_nothing_that_is_shown_but_the_first_time()
    {
        _story.Sessions("a").Prints("a");
        var version = _story.Fleet.Version;

        _story.Prints("a").Prints("a").Fleet.Update(_story.Fleet.Find("a")!.Record with { Offset = 99, LastOutputAt = _story.Now }, _story.Now);

        Assert.Equal(version, _story.Fleet.Version);
    }

    [Fact]
    public void A_new_last_line_is_shown()
    {
        _story.Sessions("a").Prints("a");
        var version = _story.Fleet.Version;

        _story.Fleet.Printed("a", _story.Now, 5, "done.");

        Assert.NotEqual(version, _story.Fleet.Version);
        Assert.Equal("done.", _story.Fleet.Find("a")!.LastLine);
    }

    [Fact]
    public void New_tags_are_shown()
    {
        _story.Sessions("a").Tagged("a", "web").Sessions("a");

        Assert.Equal(["web"], _story.Fleet.Find("a")!.Tags);
    }

    [Fact]
    public void Time_in_which_nothing_changes_looks_at_no_session()
    {
        _story.Sessions([.. Enumerable.Range(0, 100).Select(i => Story.Record($"s{i}"))]);
        var before = _story.TraitsAsked;

        for (var i = 0; i < 1000; i++)
        {
            _story.Passes((_story.Fleet.NextChangeAt!.Value - _story.Now).TotalSeconds / 2);
        }

        Assert.Equal(before, _story.TraitsAsked);
    }

    [Fact]
    public void An_empty_fleet_never_wakes_anybody() => Assert.Null(_story.Sessions(Array.Empty<string>()).Fleet.NextChangeAt);

    [Fact]
    public void The_announced_change_is_always_ahead()
    {
        var random = new Random(3);
        _story.Sessions("a", "b", "c");
        for (var i = 0; i < 3000; i++)
        {
            var id = "abc"[random.Next(3)].ToString();
            switch (random.Next(12))
            {
                case 0: _story.Happens(id, "bell"); break;
                case 1: _story.Looks(id); break;
                case < 6: _story.Prints(id); break;
                default: _story.Passes(random.NextDouble() * 6); break;
            }

            Assert.True(_story.Fleet.NextChangeAt > _story.Now);
        }
    }

    [Fact]
    public void Waking_at_the_announced_times_alone_shows_the_same_as_looking_all_the_time()
    {
        var (often, seldom) = (new Story().Sessions("a").Works("a", 6), new Story().Sessions("a").Works("a", 6));
        for (var i = 0; i < 3000; i++)
        {
            often.Passes(0.1);
            var time = often.Now;
            while (seldom.Fleet.NextChangeAt <= time)
            {
                seldom.Passes((seldom.Fleet.NextChangeAt!.Value - seldom.Now).TotalSeconds);
            }

            Assert.Equal(often.Fleet.Find("a")!.Age, seldom.Fleet.Find("a")!.Age);
            Assert.Equal(often.Status("a"), seldom.Status("a"));
        }
    }
}
