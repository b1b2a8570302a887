using System.Text;

namespace Tether.Protocol.Terminal.Screens;

/// <summary>The reverse of <see cref="RowSealer"/>: a sealed record back to cells with the tables' numbers.</summary>
internal static class RowUnpacker
{
    /// <summary>Writes as many cells as fit and returns how many the row has.</summary>
    public static int Unpack(SealedPage page, int index, Span<ulong> cells, ScreenTables tables)
    {
        int count = UnpackContents(page, index, cells, tables, out ReadOnlySpan<byte> runs);
        byte flags = page.Record(index)[0];
        if ((flags & RowSealer.StyledFlag) != 0)
        {
            ReadRuns(runs, (flags & RowSealer.LinkedFlag) != 0, cells, page, tables);
        }

        return count;
    }

    /// <summary>As <see cref="Unpack"/> without styles and links, whose <paramref name="runs"/> are left to read.</summary>
    public static int UnpackContents(SealedPage page, int index, Span<ulong> cells, ScreenTables tables, out ReadOnlySpan<byte> runs)
    {
        ReadOnlySpan<byte> record = page.Record(index);
        byte flags = record[0];
        int at = 1;
        int count = RowSealer.ReadVarint(record, ref at);
        bool hasLength = (flags & (RowSealer.ComplexFlag | RowSealer.PackedFlag)) != 0 && count > 0;
        int textLength = hasLength ? RowSealer.ReadVarint(record, ref at) : count;
        Span<ulong> used = cells[..Math.Min(count, cells.Length)];
        if ((flags & RowSealer.PackedFlag) != 0)
        {
            ReadPacked(record.Slice(at, textLength), used);
        }
        else
        {
            ReadText(record.Slice(at, textLength), used, tables);
        }

        runs = record[(at + textLength)..];
        return count;
    }

    private static void ReadPacked(ReadOnlySpan<byte> text, Span<ulong> cells)
    {
        int column = 0;
        foreach (byte b in text)
        {
            if (b >= 0x80 && column < cells.Length)
            {
                cells[column++] = ' ';
            }

            if (column < cells.Length)
            {
                cells[column++] = (byte)(b & 0x7F);
            }
        }
    }

    private static void ReadText(ReadOnlySpan<byte> text, Span<ulong> cells, ScreenTables tables)
    {
        int at = 0;
        for (int i = 0; i < cells.Length && at < text.Length;)
        {
            byte b = text[at];
            if (b is 0 or (>= 0x20 and < 0x80))
            {
                cells[i++] = b;
                at++;
                continue;
            }

            if (b == RowSealer.SpacerMark)
            {
                cells[i++] = Cell.SpacerBits;
                at++;
                continue;
            }

            bool wide = b == RowSealer.WideMark;
            at += wide ? 1 : 0;
            ulong content = ReadContent(text, ref at, tables);
            cells[i++] = wide ? content | Cell.WideBits : content;
            if (wide && i < cells.Length)
            {
                cells[i++] = Cell.TailBits;
            }
        }
    }

    private static ulong ReadContent(ReadOnlySpan<byte> text, ref int at, ScreenTables tables)
    {
        if (text[at] != RowSealer.ClusterMark)
        {
            return (ulong)ReadRune(text, ref at);
        }

        int codePoints = text[at + 1];
        at += 2;
        ulong content = (ulong)ReadRune(text, ref at);
        for (int i = 1; i < codePoints; i++)
        {
            content = tables.Clusters.Append(content, ReadRune(text, ref at));
        }

        return content;
    }

    private static int ReadRune(ReadOnlySpan<byte> text, ref int at)
    {
        Rune.DecodeFromUtf8(text[at..], out Rune rune, out int consumed);
        at += consumed;
        return rune.Value;
    }

    private static void ReadRuns(ReadOnlySpan<byte> runs, bool linked, Span<ulong> cells, SealedPage page, ScreenTables tables)
    {
        int at = 0;
        int column = 0;
        while (at < runs.Length && column < cells.Length)
        {
            int first = runs[at++];
            int length = first >= 0x80 ? (first & 15) + 1 : RowSealer.ReadVarint(runs, ref at);
            int style = first >= 0x80 ? (first >> 4) & 7 : RowSealer.ReadVarint(runs, ref at);
            int link = linked ? RowSealer.ReadVarint(runs, ref at) : 0;
            ulong paint = style == 0 ? 0 : (ulong)tables.Intern(page.Styles[style - 1]) << Cell.StyleShift;
            paint |= link == 0 ? 0 : (ulong)tables.Intern(page.Links[link - 1]) << Cell.LinkShift;
            int end = Math.Min(column + length, cells.Length);
            for (; column < end; column++)
            {
                cells[column] |= paint;
            }
        }
    }
}
