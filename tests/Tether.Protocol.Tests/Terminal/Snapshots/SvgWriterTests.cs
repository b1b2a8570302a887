using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Snapshots;

public sealed class SvgWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Regex Rectangle = new(@"M?([\d.]+)[ ,]([\d.]+)[h,]([\d.]+)[v,]([\d.]+)", RegexOptions.CultureInvariant);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void Each_word_and_each_style_is_a_text_with_its_place_and_width()
    {
        XElement picture = Draw("ab c \e[1;31mred\e[m  漢x");
        string[] texts = [.. picture.Elements(Svg + "text").Select(Describe)];
        Assert.Equal(["0,14 18  ab", "27,14 9  c", "45,14 27 #cd0000 red", "90,14 18  漢", "108,14 9  x"], texts);
        Assert.Equal("bold", picture.Elements(Svg + "text").ElementAt(2).Attribute("font-weight")?.Value);
        Assert.Equal("#d8d8d8", picture.Attribute("fill")?.Value);
        Assert.Equal("0 0 720 36", picture.Attribute("viewBox")?.Value);
    }

    [Fact]
    public void Backgrounds_are_rectangles_behind_the_text()
    {
        XElement picture = Draw("a\e[44m漢 \e[K");
        XElement[] parts = [.. picture.Elements()];
        Assert.Equal(["title", "rect", "rect", "rect", "text", "text"], parts.Select(part => part.Name.LocalName));
        Assert.Equal(["0 720", "9 18", "27 693"], parts[1..4].Select(part => $"{part.Attribute("x")?.Value} {part.Attribute("width")?.Value}"));
    }

    [Theory]
    [InlineData("\e[4mab", "M0 16.5h18 #d8d8d8 ")]
    [InlineData("\e[4:2;58;5;1mab", "M0 15.5h18 #cd0000 |M0 17.5h18 #cd0000 ")]
    [InlineData("\e[4:3mab", "M0 16.5q2.25 -3 4.5 0t4.5 0q2.25 -3 4.5 0t4.5 0 #d8d8d8 ")]
    [InlineData("\e[4:4mab", "M0 16.5h18 #d8d8d8 1 2")]
    [InlineData("\e[4:5mab", "M0 16.5h18 #d8d8d8 6 3")]
    [InlineData("\e[9;53mab", "M0 9.5h18 #d8d8d8 |M0 1.5h18 #d8d8d8 ")]
    public void Lines_are_drawn_as_the_program_asked(string text, string expected)
    {
        IEnumerable<string> lines = Draw(text).Elements(Svg + "path")
            .Select(path => $"{path.Attribute("d")?.Value} {path.Attribute("stroke")?.Value} {path.Attribute("stroke-dasharray")?.Value}");
        Assert.Equal(expected, string.Join('|', lines));
    }

    [Theory]
    [InlineData("─", "0,9,9,1")]
    [InlineData("┃", "3,0,3,18")]
    [InlineData("╔", "3,8,6,1 5,10,4,1 3,8,1,10 5,10,1,8")]
    [InlineData("╟", "5,9,4,1 3,0,1,18 5,0,1,18")]
    [InlineData("╬", "0,8,4,1 0,10,4,1 5,8,4,1 5,10,4,1 3,0,1,9 5,0,1,9 3,10,1,8 5,10,1,8")]
    [InlineData("┝", "4,8,5,3 4,0,1,18")]
    [InlineData("▀", "0,0,9,9")]
    [InlineData("▂", "0,13.5,9,4.5")]
    [InlineData("▌", "0,0,4.5,18")]
    [InlineData("▟", "4.5,0,4.5,9 0,9,9,9")]
    public void Lines_and_blocks_cover_what_they_say_up_to_the_cells_edge(string text, string rectangles)
    {
        XElement picture = Draw(text);
        Assert.Empty(picture.Elements(Svg + "text"));
        string path = picture.Elements(Svg + "path").Single().Attribute("d")!.Value;
        Assert.Equal(Covered(Rectangles(rectangles)), Covered(Rectangles(path)));
    }

    [Fact]
    public void Every_line_and_block_is_drawn_within_its_cell_and_apart_from_the_words_around()
    {
        for (int codePoint = 0x2500; codePoint <= 0x259F; codePoint++)
        {
            XElement picture = Draw($"ab{(char)codePoint}cd");
            Assert.Equal(["0,14 18  ab", "27,14 18  cd"], picture.Elements(Svg + "text").Select(Describe));
            string path = picture.Elements(Svg + "path").Single().Attribute("d")!.Value;
            foreach ((double x, double y, double width, double height) in Rectangles(path))
            {
                Assert.True(x >= 18 && x + width <= 27 && y >= 0 && y + height <= 18, $"U+{codePoint:X4}: {path}");
            }
        }
    }

    [Theory]
    [InlineData("https://e.x/?a&b", 1)]
    [InlineData("javascript:alert(1)", 0)]
    public void Only_links_that_a_person_may_follow_are_links(string target, int count)
    {
        XElement picture = Draw($"\e]8;;{target}\ax\e]8;;\a");
        Assert.Equal(Enumerable.Repeat(target, count), picture.Elements(Svg + "a").Select(link => link.Attribute("href")?.Value));
        Assert.Equal("x", picture.Descendants(Svg + "text").Single().Value);
    }

    [Theory]
    [InlineData("", "18 0 9 18 #d8d8d8")]
    [InlineData("\e[4 q", "18 16 9 2 #d8d8d8")]
    [InlineData("\e[6 q", "18 0 2 18 #d8d8d8")]
    public void The_cursor_is_drawn_when_asked_for(string shape, string expected)
    {
        TestTerminal terminal = TestTerminal.Of(80, 2).Feed($"abcd\b\b{shape}");
        XElement cursor = Draw(terminal.Emulator, new PictureOptions { ShowCursor = true }).Elements(Svg + "rect").Last();
        Assert.Equal(expected, string.Join(' ', cursor.Attributes().Select(attribute => attribute.Value)));
        Assert.Single(Draw(terminal.Emulator, new PictureOptions()).Elements(Svg + "rect"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_was_printed_is_well_formed_and_stands_in_its_columns(int seed)
    {
        TestTerminal terminal = TestTerminal.Of(40, 12).Feed(new StreamGenerator(seed, isHostile: true).Next(150)).Feed("\e[10;1H<&\"'\ufffe\uffff");
        TerminalEmulator emulator = terminal.Emulator;
        XElement picture = Draw(emulator, new PictureOptions { ShowCursor = seed % 2 == 0 });
        var found = new SortedDictionary<(long Row, int Column), string>();
        foreach (XElement text in picture.Descendants(Svg + "text"))
        {
            long row = emulator.FirstRow + ((Number(text, "y") - 14) / SvgWriter.CellHeight);
            int column = Number(text, "x") / SvgWriter.CellWidth;
            int columns = Number(text, "textLength") / SvgWriter.CellWidth;
            string expected = "";
            RowView view = emulator.RowAt(row);
            for (int i = column; i < column + columns; i++)
            {
                expected += emulator.GetText(view.Cells[i]);
                found[(row, i)] = "";
            }

            Assert.Equal(expected.Replace('\ufffe', '\ufffd').Replace('\uffff', '\ufffd'), text.Value);
        }

        for (long row = emulator.FirstRow; row < emulator.TopRow + emulator.Rows; row++)
        {
            RowView view = emulator.RowAt(row);
            for (int column = 0; column < view.Cells.Length; column++)
            {
                string text = emulator.GetText(view.Cells[column]);
                Assert.True(found.ContainsKey((row, column)) || text is " " or "" or [>= '\u2500' and <= '\u259f'], $"cell {row},{column} is missing");
            }
        }
    }

    // From `x,y,width,height` or from the filled rectangles of path data; other shapes of a path are left out.
    private static List<(double X, double Y, double Width, double Height)> Rectangles(string text) =>
        [.. Rectangle.Matches(text).Select(match => (Part(match, 1), Part(match, 2), Part(match, 3), Part(match, 4)))];

    private static double Part(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    // On a grid of half units.
    private static SortedSet<(int Y, int X)> Covered(IEnumerable<(double X, double Y, double Width, double Height)> rectangles)
    {
        var covered = new SortedSet<(int, int)>();
        foreach ((double x, double y, double width, double height) in rectangles)
        {
            for (int row = (int)(y * 2); row < (int)((y + height) * 2); row++)
            {
                for (int column = (int)(x * 2); column < (int)((x + width) * 2); column++)
                {
                    covered.Add((row, column));
                }
            }
        }

        return covered;
    }

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static string Describe(XElement text) =>
        $"{text.Attribute("x")?.Value},{text.Attribute("y")?.Value} {text.Attribute("textLength")?.Value} {text.Attribute("fill")?.Value} {text.Value}";

    private static XElement Draw(string text) => Draw(TestTerminal.Of(80, 2).Feed(text).Emulator, new PictureOptions());

    private static XElement Draw(TerminalEmulator emulator, PictureOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        SvgWriter.Write(emulator, emulator.FirstRow, emulator.ScrollbackCount + emulator.Rows, output, options);
        return XElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
