using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Support;

public sealed class FrameTextTests
{
    [Fact]
    public void A_frame_is_its_characters_then_its_styles()
    {
        var frame = new Frame(6, 3) { Cursor = (1, 2), CursorShape = CursorShape.SteadyBar };
        var canvas = new Canvas(frame, new Area(0, 0, 6, 3));
        canvas.Write(0, 1, "漢x", new Style(TerminalColor.FromRgb(0x0a0b0c), TerminalColor.Palette(4), default, StyleFlags.Bold | StyleFlags.Inverse));
        canvas.Write(1, 0, "e\u0301", new Style(default, default, TerminalColor.Palette(1), (StyleFlags)(int)UnderlineKind.Curly));
        frame.Row(2)[5] = FrameCell.Of('\e', default);
        Assert.Equal(
            """
            6×3, cursor in row 1 column 2 (SteadyBar)
            | 漢x  |
            |e´     |
            |     \u{1b}|

            styles
            a  default
            b  bold inverse #0a0b0c on 4
            c  curly-underline in 1 default

            rows
            0: a1 b3 a2
            1: c1 a5
            2: a6

            """.Replace("´", "\u0301"),
            FrameText.Of(frame));
    }
}
