using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Rendering;

public sealed class TextWidthTests
{
    [Theory]
    [InlineData("hello", 5, "hello")]
    [InlineData("hello", 4, "hel…")]
    [InlineData("漢字漢字", 6, "漢字…")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "👩‍👩‍👧‍👦…")]
    [InlineData("hello", 1, "…")]
    [InlineData("hello", 0, "")]
    [InlineData("hello", -3, "")]
    public void A_text_is_cut_at_its_end(string text, int columns, string expected) => Assert.Equal(expected, TextWidth.Cut(text, columns));

    [Theory]
    [InlineData("~/src/api", 9, "~/src/api")]
    [InlineData("~/src/api", 5, "…/api")]
    [InlineData("漢字漢字", 6, "…漢字")]
    [InlineData("~/src/api", 0, "")]
    public void A_path_is_cut_at_its_beginning(string text, int columns, string expected) => Assert.Equal(expected, TextWidth.CutStart(text, columns));

    [Fact]
    public void Clusters_are_what_one_cell_holds()
    {
        Assert.Equal(["e\u0301", "漢", "🇩🇪", "x"], TextWidth.Clusters("e\u0301漢🇩🇪x"));
        Assert.Equal(6, TextWidth.Of("e\u0301漢🇩🇪x"));
    }
}
