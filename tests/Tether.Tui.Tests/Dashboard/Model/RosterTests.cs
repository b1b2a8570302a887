using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class RosterTests
{
    private readonly Story _story = new();
    private readonly Roster _roster;

    public RosterTests()
    {
        _story.Book.Left(Story.Start.AddMinutes(-1));
        _story.Fleet.Grouping = Grouping.Directory;
        _story.Sessions(
            Story.Record("a", -40, "/one"), Story.Record("b", -30, "/two"), Story.Record("c", -20, "/one"),
            Story.Record("old", -600, "/one") with { State = SessionState.Exited, ExitCode = 0, EndedAt = Story.Start.AddMinutes(-5) });
        _roster = new Roster(_story.Fleet);
    }

    [Fact]
    public void What_had_ended_before_is_folded_until_somebody_unfolds_it()
    {
        Assert.Equal(["a", "c", "b"], Ids);
        _roster.Toggle(_story.Fleet.Groups[^1]);
        Assert.Equal(["a", "c", "b", "old"], Ids);
    }

    [Fact]
    public void A_folded_group_is_out_of_sight_also_when_sessions_come_into_it()
    {
        _roster.Toggle(_story.Fleet.Groups[0]);
        Assert.Equal(["b"], Ids);
        Assert.Equal(-1, _roster.IndexOf("a"));
        _story.Fleet.Update(Story.Record("d", 0, "/one"), _story.Now);
        Assert.Equal(["b"], Ids);
        _roster.Toggle(_story.Fleet.Groups[0]);
        Assert.Equal(["a", "c", "d", "b"], Ids);
        Assert.Equal(3, _roster.IndexOf("b"));
    }

    [Fact]
    public void A_session_is_revealed_with_its_group()
    {
        _roster.Toggle(_story.Fleet.Groups[0]);
        _roster.Reveal("c");
        Assert.Equal(["a", "c", "b"], Ids);
        _roster.Reveal("old");
        Assert.Equal(["a", "c", "b", "old"], Ids);
        _roster.Reveal("nobody");
        Assert.Equal(4, _roster.Sessions.Count);
    }

    [Fact]
    public void All_can_be_unfolded_at_once()
    {
        _roster.Toggle(_story.Fleet.Groups[0]);
        _roster.Toggle(_story.Fleet.Groups[1]);
        Assert.Empty(Ids);
        _roster.UnfoldAll();
        Assert.Equal(["a", "c", "b", "old"], Ids);
    }

    [Fact]
    public void A_directory_that_is_called_as_the_past_ones_is_another_group()
    {
        _story.Fleet.Update(Story.Record("e", 0, FleetGroup.PastName), _story.Now);
        Assert.Contains("e", Ids);
        Assert.DoesNotContain("old", Ids);
    }

    [Fact]
    public void What_ends_while_it_is_watched_over_stays_in_its_group()
    {
        _story.Ends("a");
        Assert.Equal(["a", "c", "b"], Ids);
        Assert.False(_story.Fleet.Find("a")!.IsPast);
    }

    [Fact]
    public void A_lost_session_that_comes_back_is_past_no_more()
    {
        _story.Fleet.Update(Story.Record("old", -600, "/one"), _story.Now);
        Assert.Contains("old", Ids);
    }

    private IEnumerable<string> Ids => _roster.Sessions.Select(item => item.Id);
}
