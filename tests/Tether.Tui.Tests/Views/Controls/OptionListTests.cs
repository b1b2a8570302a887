using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class OptionListTests
{
    private static readonly Choice<int>[] Options = [new(0, "one", "the first"), new(1, "漢字"), new(2, "three")];

    [Fact]
    public void Of_one_choice_the_last_counts()
    {
        var list = new OptionList(Options, isMultiple: false) { HasFocus = true };
        Assert.True(ViewPicture.Press(list, "1 down space"));
        Assert.Equal([1], list.Taken);
        ViewPicture.Shows(list, 20, 3, "( ) 1. one  the fir…\n(x) 2. 漢字\n( ) 3. three\n");
    }

    [Fact]
    public void Of_several_each_is_taken_and_given_back()
    {
        var list = new OptionList(Options, isMultiple: true) { HasFocus = true };
        Assert.True(ViewPicture.Press(list, "3 1 2 2"));
        Assert.Equal([0, 2], list.Taken);
    }

    [Fact]
    public void What_means_nothing_is_left_to_others()
    {
        var list = new OptionList(Options, isMultiple: false);
        Assert.False(ViewPicture.Press(list, "up"));
        Assert.False(ViewPicture.Press(list, "4"));
        Assert.False(ViewPicture.Press(list, "tab"));
        Assert.Empty(list.Taken);
    }

    [Fact]
    public void The_one_under_the_cursor_stays_in_sight()
    {
        var list = new OptionList(Options, isMultiple: false) { HasFocus = true };
        ViewPicture.Press(list, "down down");
        ViewPicture.Shows(list, 12, 1, "( ) 3. three\n");
    }
}
