using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Images;

/// <summary>A cell is 8×16 pixels.</summary>
public sealed class KittyImagesTests
{
    [Fact]
    public void What_is_sent_and_shown_covers_its_cells_and_the_cursor_is_right_of_its_last_row()
    {
        var terminal = TestTerminal.Of(10, 4).Feed("ab\e_Ga=T,f=24,s=17,v=33,i=1;AAAA\e\\X");
        Assert.Equal(["ab░░░", "  ░░░", "  ░░░X", ""], terminal.Lines);
        Assert.Equal([new TerminalEvent.ImageShown(ImageKind.Kitty, 17, 33, 3, 3, 0)], terminal.Events);
    }

    [Fact]
    public void A_png_tells_its_size_also_in_chunks()
    {
        string data = Convert.ToBase64String(Pictures.Png(20, 20));
        var terminal = TestTerminal.Of(10, 4).Feed($"\e_Ga=T,f=100,i=1,m=1;{data[..8]}\e\\\e_Gm=1;{data[8..40]}\e\\\e_Gm=0;{data[40..]}\e\\");
        Assert.Equal(["░░░", "░░░", "", ""], terminal.Lines);
        Assert.Equal((1, 3), terminal.Cursor);
    }

    [Fact]
    public void An_image_given_up_half_way_does_not_spoil_the_next()
    {
        string data = Convert.ToBase64String(Pictures.Png(20, 20));
        var terminal = TestTerminal.Of(10, 4).Feed($"\e_Ga=T,f=24,s=80,v=10,m=1;AAAA\e\\\e_Ga=T,f=100;{data}\e\\");
        Assert.Equal(["░░░", "░░░", "", ""], terminal.Lines);
        terminal.Feed("\ec\e_Ga=T,f=24,s=80,v=10,m=1;AAAA\e\\\e_Ga=d\e\\\e_Gm=0;AAAA\e\\");
        Assert.Equal("", terminal.Lines[0]);
    }

    [Fact]
    public void What_comes_between_chunks_does_not_end_them()
    {
        string data = Convert.ToBase64String(Pictures.Png(20, 20));
        var terminal = TestTerminal.Of(10, 4).Feed($"\e_Ga=T,f=100,m=1;{data[..8]}\e\\a\e_Ga=p,i=3\e\\\e_Gm=0;{data[8..]}\e\\");
        Assert.Equal(["a░░░", " ░░░", "", ""], terminal.Lines);
    }

    [Theory]
    [InlineData("c=4,r=2", 4, 2)]
    [InlineData("c=4", 4, 2)]
    [InlineData("r=3", 6, 3)]
    [InlineData("w=8", 1, 4)]
    [InlineData("x=56,h=16", 1, 1)]
    [InlineData("X=4", 9, 4)]
    [InlineData("X=4,Y=4", 9, 5)]
    public void Cells_asked_for_scale_it_and_parts_cut_it(string keys, int columns, int rows)
    {
        var terminal = TestTerminal.Of(20, 10).Feed($"\e_Ga=T,s=64,v=64,{keys};AAAA\e\\");
        var shown = Assert.IsType<TerminalEvent.ImageShown>(Assert.Single(terminal.Events));
        Assert.Equal((columns, rows), (shown.Columns, shown.Rows));
        Assert.Equal((rows - 1, columns), terminal.Cursor);
    }

    [Fact]
    public void With_C_1_the_cursor_stays_and_nothing_scrolls()
    {
        var terminal = TestTerminal.Of(6, 3).Feed("1\r\n2\e_Ga=T,s=16,v=160,C=1;AAAA\e\\x");
        Assert.Equal(["1", "2x░", " ░░"], terminal.Lines);
        Assert.Empty(terminal.ScrollbackLines);
    }

    [Fact]
    public void It_scrolls_and_goes_on_in_the_next_row_where_there_is_no_column()
    {
        var terminal = TestTerminal.Of(4, 3).Feed("1\r\n2\r\n3\e_Ga=T,s=24,v=32;AAAA\e\\x");
        Assert.Equal(["3░░░", " ░░░", "x"], terminal.Lines);
        Assert.Equal(["1", "2"], terminal.ScrollbackLines);
    }

    [Fact]
    public void What_was_sent_before_can_be_placed_by_id_or_number()
    {
        var terminal = TestTerminal.Of(9, 2).Feed("\e_Gs=16,v=16,i=7;AAAA\e\\\e_Gs=8,v=16,I=7;AAAA\e\\");
        Assert.Equal("", terminal.Lines[0]);
        Assert.Equal(["░░ ░", ""], terminal.Feed("\e_Ga=p,i=7\e\\ \e_Ga=p,I=7\e\\\e_Ga=p,i=8\e\\").Lines);
    }

    [Theory]
    [InlineData("a=T,U=1,i=1,s=16,v=16")]
    [InlineData("a=t,i=1,s=16,v=16")]
    [InlineData("a=p,i=1")]
    [InlineData("a=T,f=100")]
    [InlineData("a=T,f=24,s=99999,v=99999")]
    [InlineData("a=T")]
    [InlineData("a=f,i=1,s=16,v=16")]
    [InlineData("a=d")]
    [InlineData("a=T,s=16,v=16,m=1")]
    [InlineData("")]
    [InlineData(",,=,a,a=,c==3,s=-1,v=99999999999999999999")]
    public void What_shows_nothing_changes_nothing(string keys)
    {
        var terminal = TestTerminal.Of(6, 2).Feed($"ab\e_G{keys};AAAA\e\\");
        Assert.Equal(["ab", ""], terminal.Lines);
        Assert.Equal((0, 2), terminal.Cursor);
        Assert.Empty(terminal.Events);
    }

    [Theory]
    [InlineData("a=d", "")]
    [InlineData("a=d,d=A", "")]
    [InlineData("a=d,d=i,i=1", "  ░ ░")]
    [InlineData("a=d,d=I,i=2", "░   ░")]
    [InlineData("a=d,d=i,i=2,p=5", "░   ░")]
    [InlineData("a=d,d=i,i=2,p=6", "░ ░ ░")]
    [InlineData("a=d,d=n,I=2", "░ ░")]
    [InlineData("a=d,d=r,x=1,y=2", "    ░")]
    [InlineData("a=d,d=p,x=3,y=1", "░   ░")]
    [InlineData("a=d,d=q,x=3,y=1,z=0", "░   ░")]
    [InlineData("a=d,d=p,x=2,y=1", "░ ░ ░")]
    [InlineData("a=d,d=p", "░ ░ ░")]
    [InlineData("a=d,d=x,x=5", "░ ░")]
    [InlineData("a=d,d=y,y=1", "")]
    [InlineData("a=d,d=y,y=4294967295", "░ ░ ░")]
    [InlineData("a=d,d=c", "  ░ ░")]
    [InlineData("a=d,d=f", "░ ░ ░")]
    public void Deletions_clear_what_they_name(string keys, string left)
    {
        var terminal = TestTerminal.Of(6, 2).Feed(
            $"\e_Ga=T,s=8,v=16,i=1;AAAA\e\\ \e_Ga=T,s=8,v=16,i=2,p=5;AAAA\e\\ \e_Ga=T,s=8,v=16,I=2;AAAA\e\\\e[H\e_G{keys}\e\\");
        Assert.Equal(left, terminal.Lines[0]);
    }

    [Fact]
    public void Deletions_leave_text_and_other_kinds_of_images()
    {
        Assert.Equal("░░\e[2m░".Replace("\e[2m", "", StringComparison.Ordinal), TestTerminal.Of(6, 2).Feed("\ePq\"1;1;8;16\e\\\e[2G░\e[2m░\e_Ga=d\e\\").Lines[0]);
    }

    [Fact]
    public void A_deletion_knows_images_again_after_scrolling_resizing_and_a_snapshot()
    {
        var terminal = TestTerminal.Of(6, 3).Feed("\e_Ga=T,s=8,v=16,i=1;AAAA\e\\\r\n\n\n\n");
        terminal.Emulator.Resize(5, 6);
        Assert.Contains("░", terminal.Lines);
        var copy = TestTerminal.Of(5, 6).Feed(Snapshots.Of(terminal.Emulator));
        Assert.Equal(terminal.Lines, copy.Lines);
        Assert.All(copy.Feed("\e_Ga=d,d=i,i=1\e\\").Lines, line => Assert.Equal("", line));
    }

    [Fact]
    public void A_placement_that_moves_and_an_image_that_is_sent_anew_leave_nothing_behind()
    {
        var terminal = TestTerminal.Of(6, 2).Feed("\e_Gi=1,s=8,v=16;AAAA\e\\\e_Ga=p,i=1,p=1\e\\\e[5G\e_Ga=p,i=1,p=1,C=1\e\\");
        Assert.Equal("    ░", terminal.Lines[0]);
        Assert.Equal("", terminal.Feed("\e_Gi=1,s=16,v=16;AAAA\e\\").Lines[0]);
    }

    [Fact]
    public void Below_the_text_only_blanks_show_it()
    {
        Assert.Equal("░b░", TestTerminal.Of(6, 1).Feed(" b\r\e_Ga=T,s=24,v=16,z=-1;AAAA\e\\").Lines[0]);
    }

    [Fact]
    public void The_alternate_screen_has_its_own()
    {
        var terminal = TestTerminal.Of(6, 1).Feed("\e_Ga=T,s=8,v=16,i=1;AAAA\e\\\e[?1049h\e_Ga=d\e\\\e[?1049l");
        Assert.Equal("░", terminal.Lines[0]);
    }

    [Fact]
    public void Unicode_placeholders_are_text_for_terminals_and_blocks_for_people()
    {
        const string Placed = "\e[38;5;42m\U0010EEEE\u0305\u0305\U0010EEEE\u0305\u030D\U0010EEEE\e[m.";
        var terminal = TestTerminal.Of(6, 1).Feed(Placed);
        Assert.Equal("░░░.", terminal.Lines[0]);
        Assert.Contains("\U0010EEEE\u0305\u030D", Snapshots.Of(terminal.Emulator), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\e_Ga=q,i=1,s=1,v=1,f=24;AAAA\e\\")]
    [InlineData("\e_Gi=1,s=1,v=1,a=q,f=24;AAAA\e\\")]
    [InlineData("\e_Ga=q\e\\")]
    public void A_query_is_hidden_and_not_answered(string query)
    {
        var terminal = TestTerminal.Of(6, 1).Feed("a" + query + "b");
        Assert.Equal([query], terminal.Hidden);
        Assert.Empty(terminal.Answers);
        Assert.Equal("ab", terminal.Lines[0]);
    }

    [Fact]
    public void A_query_in_chunks_is_hidden_to_its_end_and_images_are_not()
    {
        var terminal = TestTerminal.Of(6, 1).Feed("\e_Ga=q,m=1,i=1;AAAA\e\\\e_Gm=0;AAAA\e\\\e_Gi=1,s=1,v=1;a=q\e\\");
        Assert.Equal(["\e_Ga=q,m=1,i=1;AAAA\e\\", "\e_Gm=0;AAAA\e\\"], terminal.Hidden);
    }

    [Fact]
    public void Images_without_number_take_no_memory_without_bound()
    {
        var terminal = TestTerminal.Of(6, 2);
        for (int i = 1; i <= 1000; i++)
        {
            terminal.Feed($"\e_Gs=8,v=16,i={i};AAAA\e\\");
        }

        Assert.Equal("", terminal.Feed("\e_Ga=p,i=1\e\\").Lines[0]);
        Assert.Equal("░", terminal.Feed("\e_Ga=p,i=1000\e\\").Lines[0]);
        Assert.Equal("", terminal.Feed("\ec\e_Ga=p,i=1000\e\\").Lines[0]);
    }
}
