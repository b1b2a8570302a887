using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class RowTests
{
    [Fact]
    public void A_cell_is_one_integer() => Assert.Equal(8, Unsafe.SizeOf<Cell>());

    [Theory]
    [InlineData("plain text")]
    [InlineData("\e[31mred \e[1;44mbold on blue\e[0m plain")]
    [InlineData("漢字 \e[38;2;1;2;3m👩‍👩‍👧 e\u0301\e[m 🇬🇧")]
    [InlineData("\e]8;id=x;https://example.com\alink\e]8;;\a after")]
    [InlineData("a\e[5Cb\e[48;5;77m\e[K")]
    [InlineData("  two  spaces   between    words ")]
    public void A_row_is_the_same_in_the_scrollback_as_it_was_on_the_screen(string text)
    {
        var shown = TestTerminal.Of(40, 2).Feed(text);
        var scrolled = TestTerminal.Of(40, 2).Feed(text).Feed("\e[0m\r\n\n\n");
        string wanted = StateText.Of(shown.Emulator).Split('\n')[0].Replace("row 0", "", StringComparison.Ordinal);
        string found = StateText.Of(scrolled.Emulator, 2).Split('\n')[0].Replace("row -2", "", StringComparison.Ordinal);
        Assert.Equal(wanted, found);
    }

    [Theory]
    [InlineData("🎉")]
    [InlineData("漢")]
    [InlineData("é")]
    [InlineData("a\u0301\u0302\u0303\u0304\u0305")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("👩‍👩‍👧‍👦🎉é\e[31ma\e[m漢\e]8;;http://e.x/1\ab\e]8;;\a")]
    public void A_row_of_any_width_full_of_the_longest_text_is_sealed_whole(string text)
    {
        foreach (int columns in new[] { 1, 2, 3, 63, 100, 101, 511, 512, 513, 1999, 2000 })
        {
            // One row of a new emulator, so that its buffers have grown for nothing before.
            string row = string.Concat(Enumerable.Repeat(text, columns));
            string[] shown = StateText.Of(TestTerminal.Of(columns, 1).Feed($"\e[?7l{row}").Emulator).Split('\n');
            string[] sealedRow = StateText.Of(TestTerminal.Of(columns, 1).Feed($"\e[?7l{row}\n").Emulator, 1).Split('\n');
            Assert.Equal(shown[0]["row 0".Length..], sealedRow[0]["row -1".Length..]);
        }
    }

    [Fact]
    public void Rows_keep_their_numbers_while_they_scroll()
    {
        var terminal = TestTerminal.Of(20, 3, scrollback: 10);
        for (int i = 0; i < 100; i++)
        {
            terminal.Feed($"line {i}\r\n");
        }

        Assert.Equal(10, terminal.Emulator.ScrollbackCount);
        Assert.Equal(98, terminal.Emulator.TopRow);
        Assert.Equal(98, terminal.Emulator.ScrolledRows);
        Assert.Equal("line 90", terminal.Line(90));
        Assert.Throws<ArgumentOutOfRangeException>(() => terminal.Line(87));
    }

    [Fact]
    public void Many_rows_survive_in_pages()
    {
        var terminal = TestTerminal.Of(80, 5, scrollback: 5000);
        for (int i = 0; i < 6000; i++)
        {
            terminal.Feed($"\e[3{i % 8}mrow {i} \e[1m{new string('x', i % 60)}\e[0m\r\n");
        }

        for (long row = terminal.Emulator.FirstRow; row < terminal.Emulator.TopRow; row++)
        {
            Assert.StartsWith($"row {row} ", terminal.Line(row) + " ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_viewer_learns_which_rows_changed()
    {
        TestTerminal terminal = TestTerminal.Of(20, 4).Feed("a\r\nb\r\nc");
        long seen = terminal.Emulator.Sequence;
        terminal.Feed("\e[2;1HX");
        int[] changed = [.. Enumerable.Range(0, 4).Where(row => terminal.Emulator.ChangedAt(row) > seen)];
        Assert.Equal([1], changed);
    }

    [Theory]
    [InlineData(TextFormat.Plain, "ab cd ef\nx\n")]
    [InlineData(TextFormat.Ansi, "ab \e[0;1mcd ef\e[m\nx\n")]
    [InlineData(TextFormat.Json, """[{"row":0,"wrapped":false,"text":"ab cd ef"},{"row":2,"wrapped":false,"text":"x"}]""")]
    public void Rows_are_written_as_text_with_wrapped_ones_joined(TextFormat format, string expected)
    {
        TestTerminal terminal = TestTerminal.Of(5, 3).Feed("ab \e[1mcd ef\e[0m\r\nx");
        var output = new ArrayBufferWriter<byte>();
        ScreenText.Write(terminal.Emulator, 0, 3, format, output, joinWrapped: true);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(10, 4)]
    [InlineData(33, 9)]
    [InlineData(7, 20)]
    [InlineData(200, 3)]
    public void No_line_is_lost_or_doubled_by_resizing(int columns, int rows)
    {
        var terminal = TestTerminal.Of(40, 10);
        for (int i = 0; i < 60; i++)
        {
            terminal.Feed($"line {i} {new string((char)('a' + (i % 26)), i * 3 % 90)} end\r\n");
        }

        terminal.Feed("p> ");
        string before = Joined(terminal);
        terminal.Emulator.Resize(columns, rows);
        Assert.Equal(before, Joined(terminal));
        Assert.EndsWith("> ", terminal.Line(terminal.Emulator.TopRow + terminal.Cursor.Row) + " ", StringComparison.Ordinal);
        terminal.Emulator.Resize(40, 10);
        Assert.Equal(before, Joined(terminal));
    }

    private static string Joined(TestTerminal terminal)
    {
        var output = new ArrayBufferWriter<byte>();
        TerminalEmulator emulator = terminal.Emulator;
        ScreenText.Write(emulator, emulator.FirstRow, emulator.ScrollbackCount + emulator.Rows, TextFormat.Plain, output, joinWrapped: true);
        return Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n');
    }
}
