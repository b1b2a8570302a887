namespace Tether.Tui.Dashboard.Layout;

/// <summary>Divides cells among several by weight.</summary>
internal static class Shares
{
    /// <summary>Whole numbers that add up to the total, as close to the weights as can be.</summary>
    /// <param name="total">Cells to divide; not negative.</param>
    /// <param name="weights">Each above 0; at least one.</param>
    /// <param name="least">What each gets whatever its weight, as far as there is enough for all.</param>
    public static int[] Split(int total, IReadOnlyList<double> weights, int least = 0)
    {
        least = Math.Min(least, total / weights.Count);
        var ideal = Ideal(total, weights, least);
        var shares = ideal.Select(share => (int)Math.Floor(share)).ToArray();
        var left = total - shares.Sum();
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => ideal[i] - shares[i]).ThenBy(i => i).Take(left))
        {
            shares[i]++;
        }

        return shares;
    }

    // Whoever would get less than the least gets that, and the others divide the rest anew.
    private static double[] Ideal(int total, IReadOnlyList<double> weights, int least)
    {
        var ideal = new double[weights.Count];
        var open = Enumerable.Range(0, weights.Count).ToList();
        for (double rest = total; open.Count > 0;)
        {
            var sum = open.Sum(i => weights[i]);
            var part = rest;
            open.ForEach(i => ideal[i] = part * weights[i] / sum);
            var small = open.Where(i => ideal[i] < least).ToList();
            if (small.Count == 0)
            {
                break;
            }

            small.ForEach(i => ideal[i] = least);
            rest -= least * small.Count;
            open.RemoveAll(small.Contains);
        }

        return ideal;
    }
}
