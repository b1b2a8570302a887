using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Rendering;

public sealed class FrameRendererTests
{
    [Theory]
    [InlineData(24, 6, true, true, false)]
    [InlineData(24, 6, false, false, true)]
    [InlineData(37, 12, true, false, true)]
    [InlineData(80, 30, true, true, true)]
    [InlineData(5, 2, true, true, false)]
    public void Whatever_changes_the_terminal_ends_with_the_frame(int columns, int rows, bool synchronized, bool backgroundErase, bool repeat)
    {
        var pictures = new RandomFrames((columns * rows) + 7);
        var renderer = new FrameRenderer { UsesSynchronizedOutput = synchronized, UsesBackgroundErase = backgroundErase, UsesRepeat = repeat };
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = columns, Rows = rows });
        terminal.Feed("\e[?1049h"u8);
        var frame = new Frame(columns, rows);
        for (var round = 0; round < 1500; round++)
        {
            pictures.Change(frame);
            var bytes = renderer.Render(frame);
            terminal.Feed(bytes.Span);
            if (RandomFrames.Describe(frame) != RandomFrames.Describe(terminal))
            {
                Assert.Fail($"round {round}: {Visible(bytes)}\n{RandomFrames.Describe(frame)}\n{RandomFrames.Describe(terminal)}");
            }
        }
    }

    [Fact]
    public void The_last_cell_of_the_last_row_scrolls_nothing()
    {
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 10, Rows = 3 });
        var renderer = new FrameRenderer();
        var frame = new Frame(10, 3);
        for (var row = 0; row < 3; row++)
        {
            frame.Write(row, 0, $"{row}bcdefghij", default);
        }

        terminal.Feed(renderer.Render(frame).Span);
        frame.Write(2, 9, "X", default);
        terminal.Feed(renderer.Render(frame).Span);
        frame.Write(0, 0, "Y", default);
        terminal.Feed(renderer.Render(frame).Span);
        Assert.Equal(0, terminal.ScrolledRows);
        Assert.Equal("Ybcdefghij", terminal.GetText(terminal.RowAt(terminal.TopRow)));
        Assert.Equal("2bcdefghiX", terminal.GetText(terminal.RowAt(terminal.TopRow + 2)));
    }

    [Fact]
    public void A_wide_character_that_is_made_narrow_leaves_the_next_cell_as_it_was()
    {
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 10, Rows = 1 });
        var renderer = new FrameRenderer();
        var frame = new Frame(10, 1);
        frame.Write(0, 0, "abcdefghij", default);
        terminal.Feed(renderer.Render(frame).Span);
        new Canvas(frame, new Area(0, 0, 10, 1)).Write(0, 3, "⌚\uFE0E", default);
        terminal.Feed(renderer.Render(frame).Span);

        Assert.Equal("abc⌚\uFE0Eefghij", terminal.GetText(terminal.RowAt(terminal.TopRow)));
    }

    [Fact]
    public void An_unchanged_frame_is_no_bytes()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello"));
        Assert.True(renderer.Render(Of("hello")).IsEmpty);
    }

    [Fact]
    public void What_no_eye_sees_is_no_bytes()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello"));
        var frame = Of("hello");
        frame.Row(0)[10] = FrameCell.Of(' ', new Style(TerminalColor.Palette(3), default, default, StyleFlags.Bold));
        Assert.True(renderer.Render(frame).IsEmpty);
    }

    [Fact]
    public void One_changed_character_is_a_move_and_that_character()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello world"));
        Assert.Equal("␛[7GW", Visible(renderer.Render(Of("hello World"))));
    }

    [Fact]
    public void The_next_character_needs_no_move_and_no_style()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello", new Style(TerminalColor.Palette(2), default, default, StyleFlags.Bold)));
        Assert.Equal("!", Visible(renderer.Render(Of("hello!", new Style(TerminalColor.Palette(2), default, default, StyleFlags.Bold)))));
    }

    [Fact]
    public void What_becomes_blank_to_the_end_is_erased()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello world"));
        Assert.Equal("␛[7G␛[K", Visible(renderer.Render(Of("hello"))));
    }

    [Fact]
    public void After_forgetting_everything_is_drawn_again()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello"));
        renderer.Forget();
        Assert.Contains("␛[2Jhello", Visible(renderer.Render(Of("hello"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_moved_are_scrolled()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Numbered(0));
        var bytes = renderer.Render(Numbered(2));
        Assert.InRange(bytes.Length, 1, 150);
        Assert.Contains("\n\n", Encoding.UTF8.GetString(bytes.Span), StringComparison.Ordinal);

        static Frame Numbered(int first)
        {
            var frame = new Frame(60, 20);
            for (var row = 1; row < 19; row++)
            {
                frame.Write(row, 0, $"this is line number {first + row} of what an agent prints", default);
            }

            frame.Write(0, 0, "the top line stays", default);
            frame.Write(19, 0, "and so does the bottom line", default);
            return frame;
        }
    }

    [Fact]
    public void One_changed_cell_is_less_than_twenty_bytes()
    {
        var random = new Random(4);
        var renderer = new FrameRenderer();
        var frame = new Frame(200, 60) { Cursor = (30, 100) };
        for (var row = 0; row < frame.Rows; row++)
        {
            frame.Write(row, 0, string.Concat(Enumerable.Repeat("some text ", 20)), default);
        }

        renderer.Render(frame);
        for (var round = 0; round < 500; round++)
        {
            frame.Write(random.Next(60), random.Next(200), $"{(char)random.Next('!', '~')}", default);
            Assert.InRange(renderer.Render(frame).Length, 0, 19);
        }
    }

    [Fact]
    public void Once_its_buffers_have_grown_it_allocates_nothing()
    {
        var pictures = new RandomFrames(11);
        var renderer = new FrameRenderer();
        var frames = Enumerable.Range(0, 40).Select(_ => new Frame(120, 40)).ToArray();
        foreach (var frame in frames)
        {
            pictures.Change(frame);
            pictures.Change(frame);
            renderer.Render(frame);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var frame in frames)
        {
            renderer.Render(frame);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Large_changes_come_in_one_piece_or_with_the_cursor_hidden()
    {
        var text = new string('x', 200);
        var renderer = new FrameRenderer();
        renderer.Render(Wide(""));
        Assert.StartsWith("␛[?2026h", Visible(renderer.Render(Wide(text))), StringComparison.Ordinal);
        renderer.UsesSynchronizedOutput = false;
        var bytes = Visible(renderer.Render(Wide(text.Replace('x', 'y'))));
        Assert.StartsWith("␛[?25l", bytes, StringComparison.Ordinal);
        Assert.EndsWith("␛[?25h", bytes, StringComparison.Ordinal);

        static Frame Wide(string text)
        {
            var frame = new Frame(200, 2) { Cursor = (1, 0) };
            frame.Write(0, 0, text, default);
            return frame;
        }
    }

    [Fact]
    public void No_control_reaches_the_terminal_from_a_cell()
    {
        var frame = new Frame(10, 1);
        frame.Row(0)[0] = new FrameCell(0x1b, null, CellWidth.Narrow, default);
        frame.Row(0)[1] = new FrameCell(0, "\u001b]", CellWidth.Narrow, default);
        frame.Row(0)[2] = new FrameCell(0x9b, null, CellWidth.Narrow, default);
        frame.Row(0)[3] = new FrameCell(0xd800, null, CellWidth.Narrow, default);
        frame.Row(0)[4] = new FrameCell('漢', null, CellWidth.Narrow, default);
        frame.Row(0)[9] = new FrameCell('漢', null, CellWidth.Wide, default);
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 10, Rows = 1 });
        terminal.Feed(new FrameRenderer().Render(frame).Span);
        Assert.Equal("\ufffd\ufffd\ufffd\ufffd\ufffd", terminal.GetText(terminal.RowAt(terminal.TopRow)));
    }

    [Fact]
    public void A_terminal_without_clusters_gets_their_first_character()
    {
        var frame = new Frame(12, 1);
        new Canvas(frame, new Area(0, 0, 12, 1)).Write(0, 0, "e\u0301👩‍👩‍👧‍👦❤\ufe0fx", default);
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 12, Rows = 1 });
        terminal.Feed("\e[?2027l"u8);
        terminal.Feed(new FrameRenderer { UsesClusters = false }.Render(frame).Span);
        Assert.Equal("e\u0301👩❤ x", terminal.GetText(terminal.RowAt(terminal.TopRow)));
    }

    [Fact]
    public void A_terminal_without_unicode_gets_ascii_alone_in_the_same_columns()
    {
        var frame = new Frame(24, 3);
        var canvas = new Canvas(frame, new Area(0, 0, 24, 3));
        canvas.Write(0, 0, "┌─┐┏━┓╔═╗│┃║●✓✗…×›", default);
        canvas.Write(1, 0, "e\u0301|漢|👩‍👩‍👧‍👦|é|plain ~", default);
        canvas.Write(2, 0, "\U0001f600", default);
        var bytes = new FrameRenderer { UsesUnicode = false }.Render(frame);
        Assert.All(bytes.ToArray(), value => Assert.InRange(value, 0, 0x7e));
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 24, Rows = 3 });
        terminal.Feed(bytes.Span);
        Assert.Equal("+-+#=#*=*|#H*+x.x>", terminal.GetText(terminal.RowAt(terminal.TopRow)));
        Assert.Equal("e|??|??|?|plain ~", terminal.GetText(terminal.RowAt(terminal.TopRow + 1)));
        Assert.Equal("??", terminal.GetText(terminal.RowAt(terminal.TopRow + 2)));
    }

    [Theory]
    [InlineData(nameof(ColorDepth.None), "␛[1;4mx")]
    [InlineData(nameof(ColorDepth.Sixteen), "␛[1;4;91;44mx")]
    [InlineData(nameof(ColorDepth.Palette256), "␛[1;4;38;5;203;48;5;18mx")]
    public void Colours_become_the_nearest_the_terminal_has(string depth, string expected)
    {
        var style = new Style(TerminalColor.FromRgb(0xff5050), TerminalColor.FromRgb(0x000090), TerminalColor.FromRgb(1), StyleFlags.Bold | (StyleFlags)3);
        var bytes = Visible(new FrameRenderer { Colors = Enum.Parse<ColorDepth>(depth), StyledUnderlines = false }.Render(Of("x", style)));
        Assert.Contains(expected, bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_colours_that_become_one_stay_readable()
    {
        var style = new Style(TerminalColor.FromRgb(0x0a0a0a), TerminalColor.FromRgb(0x000000), default, StyleFlags.None);
        var bytes = Visible(new FrameRenderer { Colors = ColorDepth.Sixteen }.Render(Of("x", style)));
        Assert.Contains("␛[97;40mx", bytes, StringComparison.Ordinal);
    }

    private static string Visible(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span).Replace('\e', '␛');

    private static Frame Of(string text, Style style = default)
    {
        var frame = new Frame(20, 2);
        frame.Write(0, 0, text, style);
        return frame;
    }
}
