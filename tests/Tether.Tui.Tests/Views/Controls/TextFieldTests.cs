using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Views.Controls;
using Xunit;
using static Tether.Tui.Tests.Views.Controls.ViewPicture;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class TextFieldTests
{
    private readonly TextField _field = new() { HasFocus = true, Placeholder = "a name" };

    [Theory]
    [InlineData("'hello'", "hello", 5)]
    [InlineData("'hello' home 'X'", "Xhello", 1)]
    [InlineData("'hello' ctrl-a del end bs", "ell", 3)]
    [InlineData("'one' space 'two' ctrl-w 'x'", "one x", 5)]
    [InlineData("'one' space 'two' alt-b alt-b 'x'", "xone two", 1)]
    [InlineData("'one' space 'two' home alt-f 'x'", "onex two", 4)]
    [InlineData("'one' space 'two' alt-b ctrl-k", "one ", 4)]
    [InlineData("'one' space 'two' ctrl-u ctrl-y ctrl-y", "one twoone two", 14)]
    [InlineData("'e\u0301漢' left left del", "漢", 0)]
    [InlineData("'👩‍👩‍👧' bs 'a'", "a", 1)]
    public void Keys_edit_as_in_a_shell(string keys, string text, int cursor)
    {
        Assert.True(Press(_field, keys));
        Assert.Equal((text, cursor), (_field.Text, _field.Cursor));
    }

    [Fact]
    public void Empty_it_says_what_it_is_for()
    {
        Shows(_field, 20, 1, "a name", cursor: (0, 0));
        Shows(_field, 4, 1, "a n…", cursor: (0, 0));
        Draw(_field, 0, 0);
    }

    [Fact]
    public void A_longer_text_scrolls_with_the_cursor_and_marks_what_is_hidden()
    {
        Press(_field, "'abcdefghijklmnop'");
        Shows(_field, 10, 1, "‹jklmnop", cursor: (0, 8));
        Press(_field, "left left left");
        Shows(_field, 10, 1, "‹jklmnop", cursor: (0, 5));
        Press(_field, "home");
        Shows(_field, 10, 1, "abcdefghi›", cursor: (0, 0));
        Shows(_field, 30, 1, "abcdefghijklmnop", cursor: (0, 0));
    }

    [Fact]
    public void Wide_characters_scroll_whole()
    {
        Press(_field, "'漢字漢字漢字'");
        Shows(_field, 7, 1, "‹漢字", cursor: (0, 5));
        Shows(_field, 8, 1, "‹漢字", cursor: (0, 5));
    }

    [Fact]
    public void A_paste_is_one_line()
    {
        _field.TakePaste("one\r\ntwo\tthree\e\n");
        Assert.Equal("one two three ", _field.Text);
    }

    [Fact]
    public void Tab_completes_or_is_left_to_others()
    {
        var field = new TextField { Complete = text => text == "sr" ? "src/" : null };
        Assert.False(Press(field, "tab"));
        Assert.True(Press(field, "'sr' tab"));
        Assert.Equal("src/", field.Text);
        Assert.False(Press(field, "tab"));
    }

    [Fact]
    public void Releases_and_foreign_keys_are_left_alone()
    {
        Assert.False(_field.TakeKey(KeyPress.Of('a') with { Action = KeyAction.Release }));
        Assert.False(Press(_field, "enter"));
        Assert.False(Press(_field, "f5"));
        Assert.Equal("", _field.Text);
    }

    [Fact]
    public void A_click_puts_the_cursor_there()
    {
        Press(_field, "'漢字ab'");
        Draw(_field, 20, 1);
        Assert.True(_field.TakeMouse(new MouseEvent(MouseAction.Press, 1, 0, 4, KeyModifiers.None)));
        Assert.Equal(2, _field.Cursor);
    }
}
