using Tether.Tui.Output;
using Xunit;

namespace Tether.Tui.Tests.Output;

public sealed class TableTests
{
    private static readonly string[] Headings = ["ID", "TITLE", "DIRECTORY", "LAST LINE"];

    private static readonly string[][] Rows =
    [
        ["xey3g3ab", "parser", "~/src/tether/Tether.Protocol", "error CS1002: ; expected, and then much more than that"],
        ["9sgiz8nw", "漢字", "~/src", "ok"],
    ];

    [Fact]
    public void What_fits_stays_as_it_is() => Assert.Equal(Rows, Table.Fit(Headings, Rows, 120));

    [Fact]
    public void The_widest_columns_give_way_first_and_ids_never()
    {
        var fitted = Table.Fit(Headings, Rows, 60);

        Assert.Equal(["xey3g3ab", "9sgiz8nw"], fitted.Select(row => row[0]));
        Assert.Equal(["parser", "漢字"], fitted.Select(row => row[1]));
        Assert.All(fitted, row => Assert.True(row.Sum(cell => cell.Length) + 8 <= 60));
        Assert.EndsWith("…", fitted[0][2], StringComparison.Ordinal);
        Assert.Equal("ok", fitted[1][3]);
    }

    [Fact]
    public void On_a_terminal_that_is_too_narrow_columns_keep_their_headings() =>
        Assert.Equal(["xey3g3ab", "parser", "~/src/te…", "error CS…"], Table.Fit(Headings, Rows, 10)[0]);
}
