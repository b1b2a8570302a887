using Tether.Tui.Tests.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard;

public sealed class ReceiptsViewTests
{
    [Fact]
    public void Answers_are_filled_in_and_the_edge_says_when_all_are_here()
    {
        var view = new ReceiptsView("Sent to 2 sessions", ["a", "docs"]);
        view.Set(1, "submitted", isGood: true);
        ViewPicture.Shows(view, 44, 4, """
            ┌─ Sent to 2 sessions ───────── waiting … ─┐
            │ a     …                                  │
            │ docs  submitted                          │
            └──────────────────────────────────────────┘
            """);
        view.Set(0, "refused", isGood: false);
        Assert.Contains("Enter closes", ViewPicture.Draw(view, 44, 4).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_there_is_room_for_are_scrolled_within_their_ends()
    {
        var view = new ReceiptsView("Sent", [.. Enumerable.Range(1, 9).Select(i => $"s{i}")]);
        ViewPicture.Draw(view, 40, 5);
        ViewPicture.Press(view, "up down down");
        Assert.Contains("s2", ViewPicture.Draw(view, 40, 5).ToString(), StringComparison.Ordinal);
        for (var i = 0; i < 30; i++)
        {
            ViewPicture.Press(view, "down");
        }

        ViewPicture.Draw(view, 40, 5);
        ViewPicture.Press(view, "up");
        Assert.Contains("s6", ViewPicture.Draw(view, 40, 5).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enter", true)]
    [InlineData("esc", true)]
    [InlineData("q", true)]
    [InlineData("x", false)]
    public void It_is_closed_by_a_few_keys(string key, bool isClosed)
    {
        var view = new ReceiptsView("Sent", ["a"]);
        Assert.True(ViewPicture.Press(view, key));
        Assert.Equal(isClosed, view.IsClosed);
    }

    [Fact]
    public void Titles_from_elsewhere_cannot_break_out()
    {
        var view = new ReceiptsView("Sent", [Scene.Hostile]);
        view.Set(0, Scene.Hostile, isGood: true);
        var text = ViewPicture.Draw(view, 60, 3).ToString();
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\u202e', text);
    }
}
