namespace Tether.Protocol.Terminal;

/// <summary>One row to read. Valid until the emulator is fed, resized, or asked for another row of scrollback.</summary>
public readonly ref struct RowView
{
    internal RowView(long number, ReadOnlySpan<Cell> cells, bool isWrapped)
    {
        Number = number;
        Cells = cells;
        IsWrapped = isWrapped;
    }

    /// <summary>The row's absolute number.</summary>
    public long Number { get; }

    /// <summary>As many cells as the emulator has columns.</summary>
    public ReadOnlySpan<Cell> Cells { get; }

    /// <summary>The text goes on in the next row: it was broken by autowrap, not by the program.</summary>
    public bool IsWrapped { get; }

    /// <summary>Cells up to the last one that is not an untouched blank.</summary>
    public int UsedLength
    {
        get
        {
            int length = Cells.Length;
            while (length > 0 && Cells[length - 1].Bits == 0)
            {
                length--;
            }

            return length;
        }
    }
}
