using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Images;

/// <summary>A cell is 8×16 pixels.</summary>
public sealed class SixelImagesTests
{
    [Fact]
    public void The_cells_are_covered_and_the_cursor_is_below_the_left_edge_in_the_last_row()
    {
        var terminal = TestTerminal.Of(10, 5).Feed("ab\eP0;1;0q\"1;1;17;33#0~\e\\X");
        Assert.Equal(["ab░░░", "  ░░░", "  X░░", "", ""], terminal.Lines);
        Assert.Equal((2, 3), terminal.Cursor);
        Assert.True(terminal.StyleAt(0, 2).Has(StyleFlags.Faint));
    }

    [Fact]
    public void It_is_announced_with_its_size_and_its_row()
    {
        var terminal = TestTerminal.Of(10, 3).Feed("1\r\n2\r\n3\ePq\"1;1;17;33\e\\");
        Assert.Equal([new TerminalEvent.ImageShown(ImageKind.Sixel, 17, 33, 3, 3, 2)], terminal.Events);
        Assert.Equal(["1", "2"], terminal.ScrollbackLines);
        Assert.Equal(["3░░░", " ░░░", " ░░░"], terminal.Lines);
    }

    [Fact]
    public void With_8452_the_cursor_is_right_of_it()
    {
        Assert.Equal((1, 2), TestTerminal.Of(10, 5).Feed("\e[?8452h\ePq\"1;1;16;32\e\\").Cursor);
        Assert.Equal((2, 0), TestTerminal.Of(10, 5).Feed("\e[?8452h\e[9G\ePq\"1;1;16;32\e\\").Cursor);
    }

    [Fact]
    public void In_display_mode_it_is_at_the_top_and_moves_nothing()
    {
        var terminal = TestTerminal.Of(6, 3).Feed("\e[?80h\e[3;3Hxy\ePq\"1;1;16;160\e\\z");
        Assert.Equal(["░░", "░░", "░░xyz"], terminal.Lines);
        Assert.Empty(terminal.ScrollbackLines);
    }

    [Fact]
    public void What_is_taller_than_the_screen_fills_it_and_scrolls_what_was_there_away()
    {
        var terminal = TestTerminal.Of(4, 3).Feed("1\r\n2\ePq\"1;1;8;1600\e\\");
        Assert.Equal(["1", "2", ""], terminal.ScrollbackLines);
        Assert.Equal([" ░", " ░", " ░"], terminal.Lines);
        Assert.Equal((2, 1), terminal.Cursor);
    }

    [Fact]
    public void It_scrolls_the_margins_and_stays_in_them()
    {
        var terminal = TestTerminal.Of(8, 5).Feed("1\r\n2\r\n3\r\n4\r\n5\e[2;4r\e[?69h\e[3;5s\e[4;4H\ePq\"1;1;800;32\e\\");
        Assert.Equal(["1", "2", "3  ░░", "4  ░░", "5"], terminal.Lines);
        Assert.Equal((3, 3), terminal.Cursor);
    }

    [Fact]
    public void Text_overwrites_it_and_erasing_clears_it()
    {
        Assert.Equal(["░漢░", "░"], TestTerminal.Of(6, 2).Feed("\ePq\"1;1;32;32\e\\\e[1;2H漢\e[2;2H\e[K").Lines);
    }

    [Fact]
    public void Half_of_a_wide_character_does_not_stay_beside_it()
    {
        Assert.Equal([" ░░ x"], TestTerminal.Of(6, 1).Feed("漢字x\e[2G\ePq\"1;1;16;16\e\\").Lines);
    }

    [Fact]
    public void A_row_that_it_covers_to_the_edge_does_not_read_on()
    {
        var terminal = TestTerminal.Of(4, 3).Feed("abcdef\e[1;3H\ePq\"1;1;16;16\e\\");
        Assert.False(terminal.Emulator.RowAt(terminal.Emulator.TopRow).IsWrapped);
    }

    [Theory]
    [InlineData("\ePq\e\\")]
    [InlineData("\ePq#0;2;0;0;0\e\\")]
    [InlineData("\ePq\"1;1;999999999;999999999\e\\")]
    [InlineData("\ePq\"1;1;16;16\x18")]
    [InlineData("\ePq\"1;1;16;16\e[m")]
    [InlineData("\eP$q~\e\\")]
    [InlineData("\eP?1q~\e\\")]
    [InlineData("\eP1:2<q~\e\\")]
    public void What_is_no_image_changes_nothing(string text)
    {
        var terminal = TestTerminal.Of(6, 2).Feed("ab" + text);
        Assert.Equal(["ab", ""], terminal.Lines);
        Assert.Equal((0, 2), terminal.Cursor);
        Assert.Empty(terminal.Events);
    }

    [Fact]
    public void Nothing_of_it_is_hidden_and_nothing_is_answered()
    {
        var terminal = TestTerminal.Of(6, 2).Feed("\ePq\"1;1;16;16~\e\\");
        Assert.Empty(terminal.Hidden);
        Assert.Empty(terminal.Answers);
    }
}
