using Tether.Tui.Views.Controls;
using Xunit;
using static Tether.Tui.Tests.Views.Controls.ViewPicture;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class TextAreaTests
{
    private readonly TextArea _area = new() { HasFocus = true, Placeholder = "what to do" };

    [Fact]
    public void Lines_wrap_at_words()
    {
        Press(_area, "'fix' space 'the' space 'failing' space 'test' shift-enter 'please'");
        Assert.Equal("fix the failing test\nplease", _area.Text);
        Shows(_area, 12, 5, "fix the\nfailing test\nplease", cursor: (2, 6));
        Shows(_area, 40, 5, "fix the failing test\nplease", cursor: (1, 6));
        Assert.Equal(3, _area.RowsAt(12));
    }

    [Fact]
    public void A_word_longer_than_the_area_is_broken()
    {
        Press(_area, "'abcdefghij'");
        Shows(_area, 4, 5, "abcd\nefgh\nij", cursor: (2, 2));
        Shows(_area, 1, 3, "h\ni\nj", cursor: (2, 0));
    }

    [Fact]
    public void It_scrolls_to_the_cursor()
    {
        _area.TakePaste("1\n2\n3\n4\n5");
        Shows(_area, 5, 2, "4\n5", cursor: (1, 1));
        Press(_area, "up up up up");
        Shows(_area, 5, 2, "1\n2", cursor: (0, 1));
        Assert.False(Press(_area, "up"));
    }

    [Fact]
    public void Enter_is_left_to_whoever_holds_it()
    {
        Assert.False(Press(_area, "enter"));
        Assert.True(Press(_area, "'a' alt-enter 'b' ctrl-j 'c'"));
        Assert.Equal("a\nb\nc", _area.Text);
    }

    [Fact]
    public void Empty_it_says_what_it_is_for()
    {
        Shows(_area, 6, 2, "what …", cursor: (0, 0));
    }
}
