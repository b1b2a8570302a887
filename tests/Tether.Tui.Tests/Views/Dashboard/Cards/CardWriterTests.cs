using Tether.Tui.Rendering;
using Tether.Tui.Views.Dashboard.Cards;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard.Cards;

public sealed class CardWriterTests
{
    [Theory]
    [InlineData("one two three", 7, 0, "one two| |three")]
    [InlineData("onetwothree", 4, 0, "onet|woth|ree")]
    [InlineData("a onetwo", 4, 2, "a on|  et|  wo")]
    [InlineData("漢字漢字", 5, 0, "漢字|漢字")]
    [InlineData("a 漢", 2, 0, "a |漢")]
    public void Nothing_is_cut_off(string text, int columns, int indent, string rows) =>
        Assert.Equal(rows.Replace("| |", "|", StringComparison.Ordinal), string.Join('|', Rows(text, columns, indent)));

    [Fact]
    public void No_row_is_wider_than_the_card_and_all_of_the_text_is_there()
    {
        var random = new Random(4);
        string[] letters = [.. TextWidth.Clusters("abc  漢字é👩‍👩‍👧‍👦-/")];
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => letters[random.Next(letters.Length)]));
            var (columns, indent) = (random.Next(4, 30), random.Next(0, 2));
            var rows = Rows(text, columns, indent);
            Assert.All(rows, row => Assert.InRange(TextWidth.Of(row), 0, columns));
            Assert.Equal(Bare(text), Bare(string.Concat(rows)));
        }
    }

    [Fact]
    public void A_card_of_one_column_ends_although_nothing_wide_fits() => Assert.InRange(Rows("漢字漢字", 1, 4).Count, 0, 4);

    private static string Bare(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static List<string> Rows(string text, int columns, int indent)
    {
        var writer = new CardWriter(columns);
        writer.Add(text, default, indent);
        return [.. writer.Lines.Select(line => string.Concat(line.Pieces.Select(piece => piece.Text)))];
    }
}
