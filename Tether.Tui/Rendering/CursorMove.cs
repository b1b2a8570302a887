namespace Tether.Tui.Rendering;

/// <summary>Writes the shortest way from one cell to another. The terminal has no margins and counts from its corner.</summary>
internal static class CursorMove
{
    public const int Unknown = -1;

    // Further down a number is shorter than so many line feeds.
    private const int MaxLineFeeds = 6;
    private const int MaxBackspaces = 4;

    /// <param name="output">Where to.</param>
    /// <param name="from">Either may be <see cref="Unknown"/>; the column alone is behind the last column and behind clusters.</param>
    /// <param name="row">From 0.</param>
    /// <param name="column">From 0.</param>
    public static void Append(OutputBuffer output, (int Row, int Column) from, int row, int column)
    {
        if (from == (row, column))
        {
            return;
        }

        var best = output.Length;
        AppendAbsolute(output, row, column);
        if (from.Row == Unknown)
        {
            return;
        }

        if (from.Row == row || from.Column != Unknown)
        {
            var other = output.Length;
            AppendVertical(output, from.Row, row);
            AppendHorizontal(output, from.Column, column);
            output.KeepShorter(best, other);
        }

        if (row > from.Row && row - from.Row <= MaxLineFeeds)
        {
            var other = output.Length;
            output.Add((byte)'\r');
            for (var i = from.Row; i < row; i++)
            {
                output.Add((byte)'\n');
            }

            AppendHorizontal(output, 0, column);
            output.KeepShorter(best, other);
        }
    }

    private static void AppendAbsolute(OutputBuffer output, int row, int column)
    {
        output.Add("\e["u8);
        if (row > 0)
        {
            output.Add(row + 1);
        }

        if (column > 0)
        {
            output.Add((byte)';');
            output.Add(column + 1);
        }

        output.Add((byte)'H');
    }

    private static void AppendVertical(OutputBuffer output, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        var absolute = output.Length;
        output.AddSequence(to + 1, 'd');
        var relative = output.Length;
        output.AddSequence(Math.Abs(to - from), to > from ? 'B' : 'A');
        output.KeepShorter(absolute, relative);
    }

    private static void AppendHorizontal(OutputBuffer output, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        if (to == 0)
        {
            output.Add((byte)'\r');
            return;
        }

        var absolute = output.Length;
        output.AddSequence(to + 1, 'G');
        if (from == Unknown)
        {
            return;
        }

        var relative = output.Length;
        if (to < from && from - to <= MaxBackspaces)
        {
            output.Add("\b\b\b\b"u8[..(from - to)]);
        }
        else
        {
            output.AddSequence(Math.Abs(to - from), to > from ? 'C' : 'D');
        }

        output.KeepShorter(absolute, relative);
    }
}
