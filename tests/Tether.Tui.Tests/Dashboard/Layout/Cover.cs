using Tether.Tui.Rendering;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Layout;

/// <summary>Asserts that areas share a whole without gaps and overlaps.</summary>
internal static class Cover
{
    public static void Exactly(Area whole, IEnumerable<Area> parts, string picture)
    {
        var areas = parts.Where(area => !area.IsEmpty).ToList();
        foreach (var area in areas)
        {
            Assert.True(area.Intersect(whole) == area, $"{area} is not inside {whole}: {picture}");
        }

        for (var i = 0; i < areas.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.True(areas[i].Intersect(areas[j]).IsEmpty, $"{areas[i]} and {areas[j]} overlap: {picture}");
            }
        }

        Assert.True(areas.Sum(area => area.Columns * area.Rows) == whole.Columns * whole.Rows, $"gaps in {whole}: {picture}");
    }
}
