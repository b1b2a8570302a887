using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Rendering;

public sealed class CanvasTests
{
    private static readonly Style Red = new(TerminalColor.Palette(1), default, default, StyleFlags.Bold);

    private readonly Frame _frame = new(24, 4);

    private Canvas Canvas => new(_frame, new Area(0, 0, 24, 4));

    [Theory]
    [InlineData("Single", "┌─ api ─────── 80×24 ─┐")]
    [InlineData("Heavy", "┏━ api ━━━━━━━ 80×24 ━┓")]
    [InlineData("Double", "╔═ api ═══════ 80×24 ═╗")]
    [InlineData("Rounded", "╭─ api ─────── 80×24 ─╮")]
    [InlineData("Ascii", "+- api ------- 80×24 -+")]
    public void A_box_has_a_title_and_a_mark_at_the_right(string kind, string top)
    {
        Canvas.Box(new Area(0, 0, 23, 4), default, Enum.Parse<BoxKind>(kind), "api", "80×24");
        Assert.Equal(top, _frame.ToString().Split('\n')[0]);
    }

    [Fact]
    public void A_narrow_box_cuts_its_title_and_leaves_the_mark_out()
    {
        Canvas.Box(new Area(1, 0, 12, 3), default, BoxKind.Single, "a long title", "80×24");
        Assert.Equal(" ┌─ a lon… ─┐\n │          │\n └──────────┘\n\n", _frame.ToString());
    }

    [Fact]
    public void Boxes_without_room_draw_what_fits()
    {
        for (var columns = 0; columns < 8; columns++)
        {
            for (var rows = 0; rows < 4; rows++)
            {
                Canvas.Box(new Area(20, 2, columns, rows), default, BoxKind.Single, "title", "right");
            }
        }

        Assert.All(_frame.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 24));
    }

    [Fact]
    public void What_overwrites_half_a_wide_character_blanks_the_other_half()
    {
        Canvas.Write(0, 0, "漢字漢字", default);
        Canvas.Write(0, 1, "ab", default);
        Assert.Equal(" ab 漢字", _frame.ToString().Split('\n')[0]);
        Canvas.Part(new Area(5, 0, 2, 1)).Fill(default);
        Assert.Equal(" ab", _frame.ToString().Split('\n')[0]);
    }

    [Fact]
    public void Controls_are_never_written()
    {
        Canvas.Write(0, 0, "a\e[31m\r\nb\ud800", default);
        Assert.Equal("a[31mb\ufffd", _frame.ToString().Split('\n')[0]);
    }

    [Fact]
    public void Highlighting_keeps_the_text_and_takes_wide_characters_whole()
    {
        Canvas.Write(0, 0, "漢字", default);
        Canvas.Highlight(new Area(1, 0, 2, 1), Red);
        Assert.Equal("漢字", _frame.ToString().Split('\n')[0]);
        Assert.All(_frame.Row(0)[..4].ToArray(), cell => Assert.Equal(Red, cell.Style));
        Assert.Equal(default, _frame.Row(0)[4].Style);
    }

    [Fact]
    public void Dimming_blends_towards_a_known_background_and_is_faint_elsewhere()
    {
        Canvas.Write(0, 0, "a", Red);
        Canvas.Write(1, 0, "b", Red);
        Canvas.Dim(new Area(0, 0, 24, 1), new Dimming(null));
        Canvas.Dim(new Area(0, 1, 24, 1), new Dimming(new TerminalColors { Background = 0x000000 }, percent: 50));
        Assert.Equal(Red with { Flags = StyleFlags.Faint }, _frame.Row(0)[0].Style);
        Assert.Equal(new Style(TerminalColor.FromRgb(0x660000), default, default, StyleFlags.None), _frame.Row(1)[0].Style);
    }

    [Fact]
    public void An_emulators_rows_are_copied_from_anywhere()
    {
        var session = new TerminalEmulator(new TerminalOptions { Columns = 30, Rows = 3 });
        session.Feed(Encoding.UTF8.GetBytes("first\r\nsecond\r\nthird 漢字\r\nfo\e[1;31murth"));
        Canvas.Draw(session, session.FirstRow, 0);
        Assert.Equal("first\nsecond\nthird 漢字\nfourth\n", _frame.ToString());
        Assert.Equal(Red, _frame.Row(3)[2].Style);
        _frame.Clear();
        Canvas.Draw(session, session.TopRow, 7);
        Assert.Equal("\n 字\n\n\n", _frame.ToString());
    }
}
