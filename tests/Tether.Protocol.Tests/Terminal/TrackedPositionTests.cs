using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class TrackedPositionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void It_stays_on_its_text_while_that_scrolls_until_it_drops_from_the_scrollback()
    {
        TestTerminal terminal = TestTerminal.Of(20, 3, scrollback: 5).Feed("one X\r\n");
        using TrackedPosition position = terminal.Emulator.Track(0, 4);
        terminal.Feed("a\r\nb\r\nc\r\nd\r\n");
        Assert.Equal("X", Read(terminal, position));
        Assert.True(position.Row < terminal.Emulator.TopRow);
        terminal.Feed("e\r\nf\r\ng\r\n");
        Assert.True(position.IsGone);
    }

    [Theory]
    [InlineData("\e[1;1H\e[2L", 4, 3)]
    [InlineData("\e[1;1H\e[M", 1, 3)]
    [InlineData("\e[2;4r\e[4;1H\n", 1, 3)]
    [InlineData("\e[2;4r\e[2;1H\eM", 3, 3)]
    [InlineData("\e[1;4r\e[4;1H\n", 1, 3)]
    [InlineData("\e[4;6r\e[6;1H\n", 2, 3)]
    [InlineData("\e[3;1H\e[2@", 2, 5)]
    [InlineData("\e[3;1H\e[P", 2, 2)]
    [InlineData("\e[4hab\e[3;1Hab", 2, 5)]
    [InlineData("\e[?69h\e[3;6s\e[1;3H\e[S", 1, 3)]
    [InlineData("\e[?69h\e[1;3s\e[1;1H\e[S", 2, 3)]
    [InlineData("\e[2T", 4, 3)]
    public void It_follows_what_moves_on_the_screen(string moves, int row, int column)
    {
        TestTerminal terminal = TestTerminal.Of(8, 6).Feed("\e[3;4HX\e[H");
        using TrackedPosition position = terminal.Emulator.Track(2, 3);
        terminal.Feed(moves);
        Assert.Equal((row, column), ((int)(position.Row - terminal.Emulator.TopRow), position.Column));
        Assert.Equal("X", Read(terminal, position));
    }

    [Fact]
    public void Below_the_margin_it_stays_where_it_is_while_rows_above_go_to_the_scrollback()
    {
        TestTerminal terminal = TestTerminal.Of(8, 6).Feed("\e[6;2HX\e[1;4r\e[4;1H");
        using TrackedPosition position = terminal.Emulator.Track(5, 1);
        terminal.Feed("\n\n\n");
        Assert.Equal(terminal.Emulator.TopRow + 5, position.Row);
        Assert.Equal("X", Read(terminal, position));
    }

    [Theory]
    [InlineData("\e[3;1H\e[M")]
    [InlineData("\e[3;4H\e[P")]
    [InlineData("\e[3;1H\e[9@")]
    [InlineData("\e[2;5r\e[2S")]
    [InlineData("\e[1;1H\e[9L")]
    [InlineData("\ec")]
    public void It_is_gone_when_its_text_is_taken_away(string sequence)
    {
        TestTerminal terminal = TestTerminal.Of(8, 6).Feed("\e[3;4HX\e[H");
        using TrackedPosition position = terminal.Emulator.Track(2, 3);
        terminal.Feed(sequence);
        Assert.True(position.IsGone);
        Assert.False(position.IsShown);
    }

    [Fact]
    public void Each_screen_has_its_own()
    {
        TestTerminal terminal = TestTerminal.Of(10, 3).Feed("primary");
        using TrackedPosition primary = terminal.Emulator.Track(0, 2);
        terminal.Feed("\e[?1049h\e[2;1Halternate");
        using TrackedPosition alternate = terminal.Emulator.Track(1, 0);
        Assert.False(primary.IsShown);
        terminal.Feed("\e[3;1H\n");
        Assert.Equal("a", Read(terminal, alternate));
        terminal.Feed("\e[?1049l");
        Assert.False(alternate.IsShown);
        Assert.Equal("i", Read(terminal, primary));
        terminal.Feed("\e[?1049h");
        Assert.True(alternate.IsGone);
    }

    [Fact]
    public void On_the_alternate_screen_it_is_gone_when_the_screen_is_cut()
    {
        TestTerminal terminal = TestTerminal.Of(10, 4).Feed("\e[?1049habcdef");
        using TrackedPosition kept = terminal.Emulator.Track(0, 1);
        using TrackedPosition cut = terminal.Emulator.Track(0, 5);
        terminal.Emulator.Resize(4, 4);
        Assert.Equal("b", Read(terminal, kept));
        Assert.True(cut.IsGone);
    }

    [Fact]
    public void It_is_gone_once_it_is_disposed()
    {
        TestTerminal terminal = TestTerminal.Of(10, 4);
        TrackedPosition position = terminal.Emulator.Track(0, 1);
        position.Dispose();
        Assert.True(position.IsGone);
    }

    [Fact]
    public void What_is_not_there_cannot_be_tracked()
    {
        TestTerminal terminal = TestTerminal.Of(10, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => terminal.Emulator.Track(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => terminal.Emulator.Track(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => terminal.Emulator.Track(-1, 0));
    }

    [Fact]
    public void Behind_a_wrapped_rows_text_it_is_where_the_text_goes_on()
    {
        TestTerminal terminal = TestTerminal.Of(5, 4).Feed("abcd漢");
        using TrackedPosition position = terminal.Emulator.Track(0, 4);
        terminal.Emulator.Resize(10, 4);
        Assert.Equal("漢", Read(terminal, position));
    }

    [Fact]
    public void Beside_and_below_the_text_it_keeps_its_distance()
    {
        TestTerminal terminal = TestTerminal.Of(10, 6).Feed("abcdefgh\r\nx");
        using TrackedPosition beside = terminal.Emulator.Track(1, 3);
        using TrackedPosition below = terminal.Emulator.Track(3, 2);
        terminal.Emulator.Resize(5, 6);
        Assert.Equal((2, 3), (beside.Row, beside.Column));
        Assert.Equal((4, 2), (below.Row, below.Column));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_reads_the_same_character_after_any_resize(int seed)
    {
        var random = new Random(seed);
        TestTerminal terminal = TestTerminal.Of(40, 12).Feed(new StreamGenerator(seed).Next(150)).Feed("\e[?1049l\e[!p\r\nnever empty");
        List<(TrackedPosition Position, string Text)> tracked = [];
        TerminalEmulator emulator = terminal.Emulator;
        for (long row = emulator.FirstRow; row < emulator.TopRow + emulator.Rows; row++)
        {
            for (int column = random.Next(4); column < 40; column += random.Next(1, 4))
            {
                Cell cell = emulator.RowAt(row).Cells[column];
                if (cell.Bits != 0 && cell.Width != CellWidth.Spacer)
                {
                    tracked.Add((emulator.Track(row, column), Glyph(emulator, row, column)));
                }
            }
        }

        Assert.NotEmpty(tracked);
        for (int i = 0; i < 12; i++)
        {
            emulator.Resize(random.Next(2, 90), random.Next(1, 30));
            foreach ((TrackedPosition position, string text) in tracked)
            {
                // A screen that grows smaller may lose what is below the cursor.
                Assert.Equal(text, position.IsGone ? text : Glyph(emulator, position.Row, position.Column));
            }
        }

        Assert.Contains(tracked, item => !item.Position.IsGone);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_input_puts_one_outside_of_the_rows(int seed)
    {
        TestTerminal terminal = TestTerminal.Of(30, 8, scrollback: 20);
        var generator = new StreamGenerator(seed, isHostile: true);
        var positions = new List<TrackedPosition>();
        for (int i = 0; i < 60; i++)
        {
            TerminalEmulator emulator = terminal.Emulator;
            positions.Add(emulator.Track(emulator.TopRow + (i % emulator.Rows), i * 7 % emulator.Columns));
            terminal.Feed(generator.Next(12));
            if (i % 5 == 4)
            {
                emulator.Resize(5 + (i * 13 % 50), 2 + (i * 5 % 12));
            }

            foreach (TrackedPosition position in positions.Where(position => position.IsShown))
            {
                Assert.InRange(position.Row, emulator.FirstRow, emulator.TopRow + emulator.Rows - 1);
                Assert.InRange(position.Column, 0, emulator.Columns - 1);
            }
        }
    }

    private static string Read(TestTerminal terminal, TrackedPosition position)
    {
        Assert.True(position.IsShown);
        return Glyph(terminal.Emulator, position.Row, position.Column);
    }

    // The right half of a wide character reads as the whole.
    private static string Glyph(TerminalEmulator emulator, long row, int column)
    {
        RowView view = emulator.RowAt(row);
        Cell cell = view.Cells[column];
        return cell.Width == CellWidth.Tail ? "right half of " + emulator.GetText(view.Cells[column - 1]) : emulator.GetText(cell);
    }
}
