using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Rendering;

public sealed class FrameRendererTests
{
    private static readonly Style[] Styles =
    [
        default,
        new(TerminalColor.Palette(1), default, default, StyleFlags.Bold),
        new(TerminalColor.Palette(12), TerminalColor.Palette(200), default, StyleFlags.None),
        new(TerminalColor.FromRgb(0x102030), default, TerminalColor.FromRgb(0xff0000), StyleFlags.Italic | (StyleFlags)(int)UnderlineKind.Curly),
        new(default, TerminalColor.FromRgb(0x405060), default, StyleFlags.Inverse | StyleFlags.Strike | (StyleFlags)(int)UnderlineKind.Straight),
    ];

    [Fact]
    public void Whatever_changes_the_terminal_ends_with_the_frame()
    {
        var random = new Random(20261120);
        var renderer = new FrameRenderer();
        var terminal = new TerminalEmulator(new TerminalOptions { Columns = 24, Rows = 6 });
        var frame = new Frame(24, 6);
        for (var round = 0; round < 500; round++)
        {
            frame = Change(frame, random);
            terminal.Feed(renderer.Render(frame));
            Assert.Equal(Describe(frame), Describe(terminal));
        }
    }

    [Fact]
    public void An_unchanged_frame_is_no_bytes()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello"));
        Assert.Empty(renderer.Render(Of("hello")));
    }

    [Fact]
    public void One_changed_character_is_a_move_and_that_character()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello world"));
        Assert.Equal("\e[?2026h\e[?25l\e[1;7HW\e[?2026l", Encoding.UTF8.GetString(renderer.Render(Of("hello World"))));
    }

    [Fact]
    public void What_becomes_blank_to_the_end_is_erased()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello world"));
        Assert.Equal("\e[?2026h\e[?25l\e[1;6H\e[K\e[?2026l", Encoding.UTF8.GetString(renderer.Render(Of("hello"))));
    }

    [Fact]
    public void After_forgetting_everything_is_drawn_again()
    {
        var renderer = new FrameRenderer();
        renderer.Render(Of("hello"));
        renderer.Forget();
        Assert.Contains("\e[2Jhello", Encoding.UTF8.GetString(renderer.Render(Of("hello"))), StringComparison.Ordinal);
    }

    private static Frame Of(string text)
    {
        var frame = new Frame(20, 2);
        frame.Write(0, 0, text, default);
        return frame;
    }

    private static Frame Change(Frame last, Random random)
    {
        var next = new Frame(last.Columns, last.Rows);
        for (var row = 0; row < last.Rows; row++)
        {
            last.Row(row).CopyTo(next.Row(row));
        }

        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var style = Styles[random.Next(Styles.Length)];
            var (row, column) = (random.Next(next.Rows), random.Next(next.Columns - 2));
            if (random.Next(3) == 0)
            {
                next.Write(row, column, "  ", style);
                next.Row(row)[column] = new FrameCell('漢', null, CellWidth.Wide, style);
                next.Row(row)[column + 1] = new FrameCell(0, null, CellWidth.Tail, style);
            }
            else
            {
                next.Write(row, column, random.Next(4) == 0 ? new string(' ', 24) : "text with words"[..random.Next(1, 15)], style);
            }
        }

        next.Cursor = random.Next(4) == 0 ? null : (random.Next(next.Rows), random.Next(next.Columns));
        return next;
    }

    private static string Describe(Frame frame)
    {
        var text = new StringBuilder().Append(frame.Cursor).Append('\n');
        for (var row = 0; row < frame.Rows; row++)
        {
            foreach (var cell in frame.Row(row))
            {
                text.Append(cell.Width == CellWidth.Tail ? "" : cell.CodePoint == 0 ? " " : char.ConvertFromUtf32(cell.CodePoint)).Append(Describe(cell.Style));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(TerminalEmulator terminal)
    {
        var text = new StringBuilder().Append(terminal.IsCursorVisible ? terminal.Cursor : ((int, int)?)null).Append('\n');
        for (var row = 0; row < terminal.Rows; row++)
        {
            foreach (var cell in terminal.RowAt(terminal.TopRow + row).Cells)
            {
                text.Append(terminal.GetText(cell)).Append(Describe(terminal.GetStyle(cell)));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(Style style) => style.IsDefault ? "" : $"<{style.Foreground.Bits:x}.{style.Background.Bits:x}.{style.UnderlineColor.Bits:x}.{(int)style.Flags:x}>";
}
