using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class FleetOrderTests
{
    private readonly Story _story = new();

    private IEnumerable<string> Groups => _story.Fleet.Groups.Select(group => $"{group.Name}:{string.Concat(group.Sessions.Select(item => item.Id))}");

    [Fact]
    public void Sessions_stand_in_the_order_of_their_creation() =>
        Assert.Equal(["a", "b", "c"], _story.Sessions(Story.Record("c", 3), Story.Record("a", 1), Story.Record("b", 2)).Ids);

    [Fact]
    public void Nothing_that_happens_moves_a_row()
    {
        _story.Sessions("a", "b", "c").Happens("c", "bell").Works("b", 8).Ends("a", 1).Happens("c", "renamed", "aaa").Passes(100);

        Assert.Equal(["a", "b", "c"], _story.Ids);
    }

    [Fact]
    public void New_sessions_come_last_whatever_their_clock_says()
    {
        _story.Sessions("a", "b").Fleet.Update(Story.Record("z", -9999), _story.Now);

        Assert.Equal(["a", "b", "z"], _story.Ids);
    }

    [Fact]
    public void A_deleted_session_goes()
    {
        _story.Sessions("a", "b").Happens("a", "bell").Happens("a", "deleted");

        Assert.Equal(["b"], _story.Ids);
        Assert.Empty(_story.Kinds);
    }

    [Fact]
    public void A_session_that_is_listed_no_more_goes() => Assert.Equal(["b"], _story.Sessions("a", "b").Sessions("b").Ids);

    [Fact]
    public void Groups_by_directory_stand_in_the_order_in_which_they_appeared()
    {
        _story.Fleet.Grouping = Grouping.Directory;
        _story.Sessions(Story.Record("a", 1, "/z"), Story.Record("b", 2, "/y"), Story.Record("c", 3, "/z"));

        Assert.Equal(["/z:ac", "/y:b"], Groups);
        Assert.Equal(["a", "c", "b"], _story.Ids);
    }

    [Fact]
    public void A_group_keeps_its_place_when_its_first_session_goes()
    {
        _story.Fleet.Grouping = Grouping.Directory;
        _story.Sessions(Story.Record("a", 1, "/z"), Story.Record("b", 2, "/y"), Story.Record("c", 3, "/z"));
        Assert.Equal(["/z:ac", "/y:b"], Groups);

        _story.Happens("a", "deleted");

        Assert.Equal(["/z:c", "/y:b"], Groups);
    }

    [Fact]
    public void Sessions_are_grouped_by_their_first_tag()
    {
        _story.Fleet.Grouping = Grouping.Tag;
        _story.Tagged("b", "web", "old").Tagged("c", "web").Sessions("a", "b", "c");

        Assert.Equal([":a", "web:bc"], Groups);
    }

    [Fact]
    public void Sessions_are_grouped_by_their_machine()
    {
        _story.Fleet.Grouping = Grouping.Host;
        _story.Sessions("a", "b");

        Assert.Equal(["here:ab"], Groups);
    }

    [Fact]
    public void A_new_title_is_shown_without_asking_for_the_record() => Assert.Equal("tests", _story.Sessions("a").Happens("a", "renamed", "tests").Fleet.Find("a")!.Record.Title);

    [Theory]
    [InlineData("exited", true)]
    [InlineData("created", true)]
    [InlineData("bell", false)]
    [InlineData("progress", false)]
    public void Some_events_say_that_the_record_must_be_asked_for_again(string kind, bool mustAsk)
    {
        _story.Sessions("a");

        Assert.Equal(mustAsk, _story.Fleet.Take(new Protocol.Wire.SessionEventNotice { Session = "a", Kind = kind, At = _story.Now }, _story.Now));
    }
}
