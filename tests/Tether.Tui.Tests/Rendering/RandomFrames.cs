using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;

namespace Tether.Tui.Tests.Rendering;

/// <summary>Pictures that differ a little from one another, in everything a frame can hold; and what an eye sees of frames and terminals.</summary>
internal sealed class RandomFrames(int seed)
{
    private static readonly Style[] Styles =
    [
        default,
        new(TerminalColor.Palette(1), default, default, StyleFlags.Bold),
        new(default, default, default, StyleFlags.Faint | StyleFlags.Blink),
        new(TerminalColor.Palette(12), TerminalColor.Palette(200), default, StyleFlags.None),
        new(TerminalColor.FromRgb(0x102030), default, TerminalColor.FromRgb(0xff0000), StyleFlags.Italic | (StyleFlags)(int)UnderlineKind.Curly),
        new(default, TerminalColor.FromRgb(0x405060), default, StyleFlags.Inverse | StyleFlags.Strike | (StyleFlags)(int)UnderlineKind.Straight),
        new(default, TerminalColor.Palette(4), default, StyleFlags.None),
    ];

    private static readonly string[] Texts =
    [
        "text with words", "x", "漢字 and kana かな", "────────────", "e\u0301te\u0301", "👩‍👩‍👧‍👦 family", "🇩🇪🇫🇷", "1\ufe0f\u20e3", "❤\ufe0f", "क्ष", "각",
        "                        ", "   ", "========================", "a  b  c  d", "\u1100", "\u1161", "\U0001f1e9", "\u0600", "ﬀ", "a", "    .",
    ];

    private readonly Random _random = new(seed);

    public void Change(Frame frame)
    {
        for (var changes = _random.Next(1, 6); changes > 0; changes--)
        {
            Draw(frame);
        }

        if (_random.Next(6) == 0)
        {
            Scroll(frame, _random.Next(1, 4));
        }

        frame.Cursor = _random.Next(4) == 0 ? null : (_random.Next(frame.Rows), _random.Next(frame.Columns));
        frame.CursorShape = (CursorShape)_random.Next(7);
    }

    public static string Describe(Frame frame)
    {
        var text = new StringBuilder().Append(frame.Cursor).Append(frame.Cursor is null ? "" : frame.CursorShape.ToString()).Append('\n');
        for (var row = 0; row < frame.Rows; row++)
        {
            foreach (var cell in frame.Row(row))
            {
                var symbol = new StringBuilder();
                cell.AppendTo(symbol);
                Describe(text, symbol.ToString(), cell.Width, cell.Style);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    public static string Describe(TerminalEmulator terminal)
    {
        var text = new StringBuilder().Append(terminal.IsCursorVisible ? terminal.Cursor : ((int, int)?)null)
            .Append(terminal.IsCursorVisible ? terminal.CursorShape.ToString() : "").Append('\n');
        for (var row = 0; row < terminal.Rows; row++)
        {
            foreach (var cell in terminal.RowAt(terminal.TopRow + row).Cells)
            {
                Describe(text, terminal.GetText(cell), cell.Width, terminal.GetStyle(cell));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, string symbol, CellWidth width, Style style)
    {
        const StyleFlags ShowsOnBlank = StyleFlags.Inverse | StyleFlags.Strike | StyleFlags.Overline | StyleFlags.UnderlineMask;
        var isBlank = symbol is "" or " " && width is CellWidth.Narrow or CellWidth.Spacer;
        var seen = isBlank && (style.Flags & ShowsOnBlank) == 0 ? new Style(default, style.Background, default, default) : style;
        text.Append(isBlank ? " " : symbol).Append(width == CellWidth.Wide ? "~" : "");
        text.Append(seen.IsDefault ? "" : $"<{seen.Foreground.Bits:x}.{seen.Background.Bits:x}.{seen.UnderlineColor.Bits:x}.{(int)seen.Flags:x}>");
    }

    private static void Scroll(Frame frame, int by)
    {
        for (var row = 0; row < frame.Rows - by; row++)
        {
            frame.Row(row + by).CopyTo(frame.Row(row));
        }
    }

    private void Draw(Frame frame)
    {
        var canvas = new Canvas(frame, new Area(0, 0, frame.Columns, frame.Rows));
        var style = Styles[_random.Next(Styles.Length)];
        var area = new Area(_random.Next(frame.Columns), _random.Next(frame.Rows), _random.Next(1, frame.Columns), _random.Next(1, frame.Rows));
        switch (_random.Next(8))
        {
            case 0:
                canvas.Part(area).Fill(style);
                break;
            case 1:
                canvas.Box(area, style, (BoxKind)_random.Next(5), "title 漢", "right");
                break;
            case 2:
                canvas.Highlight(area, style);
                break;
            default:
                canvas.Write(area.Row, area.Column - 2, Texts[_random.Next(Texts.Length)], style);
                break;
        }
    }
}
