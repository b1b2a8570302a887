using Tether.Protocol.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class FleetPastTests
{
    [Fact]
    public void News_begin_when_the_person_left_the_last_dashboard_and_without_one_a_day_ago()
    {
        var story = new Story();
        Assert.Equal(Story.Start.AddDays(-1), story.Fleet.OldestNews(Story.Start));
        story.Book.Left(Story.Start.AddHours(-3));
        Assert.Equal(Story.Start.AddHours(-3), story.Fleet.OldestNews(Story.Start));
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(-4, false)]
    public void What_ended_since_is_news_and_what_ended_before_is_past(double endedHours, bool isNews)
    {
        var story = new Story();
        story.Book.Left(Story.Start.AddHours(-3));
        story.Sessions(Story.Record("a", -36_000) with { State = SessionState.Exited, ExitCode = 1, EndedAt = Story.Start.AddHours(endedHours) });
        Assert.Equal(!isNews, story.Fleet.Find("a")!.IsPast);
        Assert.Equal(isNews ? 1 : 0, story.Fleet.Queue.Items.Count);
    }

    [Fact]
    public void A_later_look_at_the_session_itself_counts_more_than_when_the_dashboard_was_left()
    {
        var story = new Story();
        story.Book.Left(Story.Start.AddHours(-3));
        story.Book.Looked("a", new(Story.Start.AddHours(-1), 0));
        story.Sessions(Story.Record("a", -36_000) with { State = SessionState.Exited, ExitCode = 1, EndedAt = Story.Start.AddHours(-2) });
        Assert.True(story.Fleet.Find("a")!.IsPast);
    }

    [Fact]
    public void Leaving_while_it_runs_does_not_make_what_was_listed_already_past()
    {
        var story = new Story().Sessions("a").Passes(10);
        story.Book.Left(story.Now);
        story.Ends("a", 0);
        Assert.False(story.Fleet.Find("a")!.IsPast);
    }

    [Fact]
    public void Past_ones_do_not_count_as_done()
    {
        var story = new Story();
        story.Book.Left(Story.Start.AddHours(-3));
        story.Sessions(Story.Record("a", -36_000) with { State = SessionState.Exited, ExitCode = 0, EndedAt = Story.Start.AddHours(-4) }, Story.Record("b"));
        Assert.Equal(0, story.Fleet.Counts.Done);
        story.Ends("b");
        Assert.Equal(1, story.Fleet.Counts.Done);
    }
}
