using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class CheckListTests
{
    [Fact]
    public void Space_checks_the_line_under_the_cursor_and_unchecks_it()
    {
        var list = Of("one", "two", "three");
        ViewPicture.Press(list, "down space down space");
        Assert.Equal(["two", "three"], list.Checked);
        ViewPicture.Press(list, "up space");
        Assert.Equal(["three"], list.Checked);
        ViewPicture.Shows(list, 12, 3, "[ ] one\n[ ] two\n[x] three");
    }

    [Fact]
    public void What_is_checked_stands_in_the_order_of_the_list()
    {
        var list = Of("one", "two", "three");
        list.Check("three");
        list.Check("one");
        Assert.Equal(["one", "three"], list.Checked);
    }

    [Fact]
    public void A_checks_all_and_if_all_are_checked_none()
    {
        var list = Of("one", "two");
        list.Check("two");
        ViewPicture.Press(list, "a");
        Assert.Equal(["one", "two"], list.Checked);
        ViewPicture.Press(list, "a");
        Assert.Empty(list.Checked);
    }

    [Fact]
    public void Arrows_beyond_its_ends_are_left_to_the_dialog()
    {
        var list = Of("one", "two");
        Assert.False(ViewPicture.Press(list, "up"));
        Assert.True(ViewPicture.Press(list, "down"));
        Assert.False(ViewPicture.Press(list, "down"));
        Assert.False(ViewPicture.Press(list, "tab"));
        Assert.False(ViewPicture.Press(list, "enter"));
    }

    [Fact]
    public void The_cursor_stays_in_sight()
    {
        var list = Of("one", "two", "three", "four");
        ViewPicture.Press(list, "down down down");
        ViewPicture.Shows(list, 12, 2, "[ ] three\n[ ] four");
        ViewPicture.Press(list, "up up");
        ViewPicture.Shows(list, 12, 2, "[ ] two\n[ ] three");
    }

    [Fact]
    public void A_click_checks_the_line_that_is_seen_there()
    {
        var list = Of("one", "two", "three", "four");
        ViewPicture.Press(list, "down down down");
        ViewPicture.Draw(list, 12, 2);
        Assert.True(list.TakeMouse(new MouseEvent(MouseAction.Press, 1, 0, 3, KeyModifiers.None)));
        Assert.Equal(["three"], list.Checked);
        Assert.False(list.TakeMouse(new MouseEvent(MouseAction.Press, 1, 9, 3, KeyModifiers.None)));
    }

    [Fact]
    public void What_it_says_of_a_line_stands_at_the_right_where_there_is_room()
    {
        var list = new CheckList<string>([new("one", "one", "working")]);
        ViewPicture.Shows(list, 20, 1, "[ ] one      working");
        ViewPicture.Shows(list, 14, 1, "[ ] one");
    }

    [Fact]
    public void An_empty_one_takes_nothing() => Assert.False(ViewPicture.Press(Of(), "space"));

    private static CheckList<string> Of(params string[] items) => new([.. items.Select(item => new Choice<string>(item, item))]) { HasFocus = true };
}
