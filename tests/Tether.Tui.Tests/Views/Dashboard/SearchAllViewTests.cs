using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Tests.Views.Controls;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard;

public sealed class SearchAllViewTests
{
    private readonly List<string> _searched = [];
    private string? _wrong;

    [Fact]
    public void Enter_searches_and_enter_again_goes_to_the_chosen_line()
    {
        var view = View();
        ViewPicture.Press(view, "'error' enter");
        Assert.Equal(["error"], _searched);
        view.Add([Line("a", 0), Line("a", 1)]);
        ViewPicture.Press(view, "down enter");
        Assert.Equal((true, new FoundLine("a", 1)), (view.IsClosed, view.Choice));
    }

    [Fact]
    public void Enter_without_a_line_closes_nothing()
    {
        var view = View();
        ViewPicture.Press(view, "'error' enter enter");
        Assert.False(view.IsClosed);
        Assert.Single(_searched);
    }

    [Fact]
    public void Enter_on_nothing_searches_nothing()
    {
        var view = View();
        ViewPicture.Press(view, "enter");
        Assert.Empty(_searched);
        Assert.False(view.IsClosed);
    }

    [Fact]
    public void Another_expression_takes_the_lines_of_the_first_away()
    {
        var view = View();
        ViewPicture.Press(view, "'a' enter");
        view.Add([Line("a", 0)]);
        ViewPicture.Press(view, "'b' enter enter");
        Assert.Equal(["a", "ab"], _searched);
        Assert.False(view.IsClosed);
    }

    [Fact]
    public void What_is_wrong_is_said_and_the_same_can_be_tried_again()
    {
        var view = View();
        _wrong = "not so";
        ViewPicture.Press(view, "'(' enter enter");
        Assert.Contains("not so", ViewPicture.Draw(view, 60, 12).ToString(), StringComparison.Ordinal);
        Assert.Equal(2, _searched.Count);
    }

    [Fact]
    public void Escape_and_ctrl_c_close_it_without_a_choice()
    {
        foreach (var key in new[] { "esc", "ctrl-c" })
        {
            var view = View();
            ViewPicture.Press(view, $"'error' {key}");
            Assert.Equal((true, null), (view.IsClosed, view.Choice));
        }
    }

    [Fact]
    public void A_click_on_a_line_chooses_it()
    {
        var view = View();
        ViewPicture.Press(view, "'error' enter");
        view.Add([Line("a", 0), Line("a", 1)]);
        var lines = ViewPicture.Draw(view, 80, 24).ToString().Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains("a: match 1", StringComparison.Ordinal));
        view.TakeMouse(new MouseEvent(MouseAction.Press, 1, row, 20, KeyModifiers.None));
        Assert.Equal((true, new FoundLine("a", 1)), (view.IsClosed, view.Choice));
    }

    [Fact]
    public void Lines_from_elsewhere_cannot_break_out()
    {
        var view = View();
        view.Add([new(new FoundLine("a", 0), $"a: {Scene.Hostile}")]);
        var text = ViewPicture.Draw(view, 80, 24).ToString();
        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\u202e', text);
    }

    private static Choice<FoundLine> Line(string session, int ordinal) => new(new FoundLine(session, ordinal), $"{session}: match {ordinal}");

    private SearchAllView View() => new(text =>
    {
        _searched.Add(text);
        return _wrong;
    });
}
