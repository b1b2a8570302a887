using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>What a snapshot must carry, one case at a time; <see cref="InvariantTests"/> has random ones.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("0123456789abc", "a line that goes on")]
    [InlineData("0123456789a\r\e[K", "a full line whose rest was erased")]
    [InlineData("0123456789abc\e[1;5H\e[@", "a line that goes on behind an inserted blank")]
    [InlineData("0123456789abc\e[1;10H\e[44m\e[@", "a line that goes on behind an inserted blank in colour")]
    [InlineData("\e[41m0123456789abc\r\e[m\e[K", "a row that scrolled in with the background of the pen")]
    [InlineData("012345678漢字", "a wide character that did not fit")]
    [InlineData("012345678\e[31m漢\r\e[mxy", "a blank of a wide character that is gone")]
    [InlineData("012345678\e[44m漢\r\e[42m字", "a blank of a wide character in another colour")]
    [InlineData("\e[1;9H⌚\ufe0e\e[1;9H\e[@x", "a narrow symbol in the last column")]
    [InlineData("0123456⌚\ufe0e\e[1;8H\e[2@\e[1;7H漢\e[1;10Hx\e[D\e[P\e[1;9H", "a wide character beside it")]
    [InlineData("01234567👩\u200d💻\r\nnext", "a cluster at the end of a line")]
    [InlineData("01234567👩\u200d💻next", "a cluster at the end of a line that goes on")]
    [InlineData("\e[31m⌚\ufe0e\e[m\e[2G\e[K\e[5Gx", "a narrow symbol with nothing beside it")]
    [InlineData("\e[1;31m\e[#{\e[4m\e[#{\e[m", "styles put aside")]
    [InlineData("\e[?1s\e[?1h\e[?7;25;2004;1001s", "modes put aside")]
    [InlineData("\e[61\"p", "a conformance level")]
    [InlineData("\e[2*x", "the extent of rectangles")]
    [InlineData("\e[>0;1t\e]2;41\a", "titles in hexadecimal")]
    [InlineData("\e*0\e~", "a set in GR")]
    [InlineData("\e*0\eN", "a single shift")]
    [InlineData("\e[?6h\e7\e[?69h\e[3;6s\e[2;3r\e[2;2H", "a cursor in the margins")]
    public void A_new_emulator_has_the_same_state_with(string input, string what)
    {
        foreach (string scroll in new[] { "", "\n\n\n\n\n\n" })
        {
            TestTerminal original = TestTerminal.Of(10, 4).Feed(input + scroll);
            TestTerminal copy = Restore(original);
            Assert.True(Describe(original) == Describe(copy), $"{what}:\n{Describe(original)}\nbecame\n{Describe(copy)}");
        }
    }

    [Theory]
    [InlineData("e", "\u0301x")]
    [InlineData("👩\u200d", "💻x")]
    [InlineData("\e[31m🇬", "🇧x")]
    [InlineData("❤", "\ufe0fx")]
    [InlineData("012345678a", "\u0301x")]
    [InlineData("❤\e[32m", "\ufe0fx")]
    [InlineData("\e]8;;http://e.x/\e\\e", "\u0301x")]
    [InlineData("-", "\e[4bx")]
    [InlineData("漢", "\e[2bx")]
    [InlineData("-\e[m", "\e[4bx")]
    [InlineData("-\r", "\e[4bx")]
    [InlineData("-\e[4h", "x")]
    [InlineData("\e[?7l0123456789", "\u0301x")]
    public void What_comes_after_it_joins_or_repeats_the_last_character(string before, string after)
    {
        TestTerminal original = TestTerminal.Of(10, 4).Feed(before);
        TestTerminal copy = Restore(original);
        Assert.Equal(Describe(original), Describe(copy));
        Assert.Equal(Describe(original.Feed(after)), Describe(copy.Feed(after)));
    }

    [Fact]
    public void A_restored_screen_wraps_as_the_original_at_another_width()
    {
        // What a shell's line editor does behind a full line: a blank goes to the next row, and is erased.
        TestTerminal original = TestTerminal.Of(10, 4).Feed("$ 23456789 \r\e[K");
        TestTerminal copy = Restore(original);
        original.Emulator.Resize(5, 4);
        copy.Emulator.Resize(5, 4);
        Assert.Equal(Describe(original), Describe(copy));
    }

    [Theory]
    [InlineData("\e[1;2r\e[4;1H0123456789x", 3)]
    [InlineData("\e[3;1H0123456789x\e[1;1H\eM", 3)]
    [InlineData("\e[3;1H0123456789x\e[1;1H\e[L", 3)]
    public void A_row_does_not_go_on_where_there_is_no_next_one(string input, int row)
    {
        TestTerminal terminal = TestTerminal.Of(10, 4).Feed(input);
        Assert.False(terminal.Emulator.RowAt(terminal.Emulator.TopRow + row).IsWrapped);
    }

    [Fact]
    public void A_row_does_not_go_on_where_the_next_was_cut_off()
    {
        TestTerminal terminal = TestTerminal.Of(10, 4).Feed("0123456789x\e[H");
        terminal.Emulator.Resize(10, 1);
        Assert.False(terminal.Emulator.RowAt(terminal.Emulator.TopRow).IsWrapped);
    }

    [Fact]
    public void A_terminal_that_shows_a_cluster_wider_keeps_the_rows_apart()
    {
        TestTerminal original = TestTerminal.Of(10, 4).Feed("01234567👩\u200d💻\r\nnext");
        byte[] snapshot = Write(original, new SnapshotOptions { ClearScreen = true });

        // With wcwidth, and with joiners left out as some terminals do, it takes four columns.
        string old = Encoding.UTF8.GetString(snapshot).Replace("\u200d", "", StringComparison.Ordinal);
        TestTerminal viewer = TestTerminal.Of(10, 4).Feed("\e[?2027l" + old);
        Assert.Equal("next", viewer.Lines[1]);
    }

    private static TestTerminal Restore(TestTerminal original)
    {
        byte[] snapshot = Write(original, new SnapshotOptions { ScrollbackRows = 1000 });
        return TestTerminal.Of(original.Emulator.Columns, original.Emulator.Rows).Feed(snapshot);
    }

    private static byte[] Write(TestTerminal terminal, SnapshotOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        SnapshotWriter.Write(terminal.Emulator, output, options);
        return output.WrittenSpan.ToArray();
    }

    private static string Describe(TestTerminal terminal) => StateText.Of(terminal.Emulator, 1000) + StateText.Registers(terminal.Emulator);
}
