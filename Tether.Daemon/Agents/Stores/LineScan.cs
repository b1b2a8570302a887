using Microsoft.Win32.SafeHandles;

namespace Tether.Daemon.Agents.Stores;

/// <summary>Lines of a file that another program appends to, read in pieces: a line that has no end yet is left for the next time.</summary>
internal static class LineScan
{
    /// <summary>A longer line is no record of a conversation, and is told without its text.</summary>
    public const int LongestLine = 16 << 20;

    private const int FirstBuffer = 64 << 10;

    /// <param name="offset">Where the line begins.</param>
    /// <param name="length">In bytes, without its end.</param>
    /// <param name="line">Empty when it is longer than <see cref="LongestLine"/>.</param>
    /// <returns>False to stop behind this line.</returns>
    public delegate bool Take(long offset, long length, ReadOnlySpan<byte> line);

    /// <summary>Gives the lines that lie in a range of the file.</summary>
    /// <returns>Where the first byte is that was not given: behind the last complete line.</returns>
    public static long Read(SafeFileHandle file, long from, long to, Take take)
    {
        var buffer = new byte[Math.Max(1, Math.Min(FirstBuffer, to - from))];
        var (start, position, filled, tooLong) = (from, from, 0, false);
        while (position < to)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(filled, (int)Math.Min(buffer.Length - filled, to - position)), position);
            if (count == 0)
            {
                break;
            }

            position += count;
            var searched = filled;
            filled += count;
            var used = 0;
            while (buffer.AsSpan(searched, filled - searched).IndexOf((byte)'\n') is >= 0 and var at)
            {
                var end = searched + at;
                var length = position - filled + end - start;
                if (!take(start, length, tooLong ? [] : buffer.AsSpan(used, end - used)))
                {
                    return start + length + 1;
                }

                start += length + 1;
                (used, searched, tooLong) = (end + 1, end + 1, false);
            }

            if (used > 0)
            {
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }
            else if (filled == buffer.Length)
            {
                MakeRoom(ref buffer, ref filled, ref tooLong);
            }
        }

        return start;
    }

    /// <summary>Where the first line begins that lies wholly behind a place; the end of the range when none does.</summary>
    public static long NextLine(SafeFileHandle file, long from, long to)
    {
        var buffer = new byte[FirstBuffer];
        for (var position = from; position < to;)
        {
            var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - position)), position);
            if (count == 0)
            {
                break;
            }

            if (buffer.AsSpan(0, count).IndexOf((byte)'\n') is >= 0 and var at)
            {
                return position + at + 1;
            }

            position += count;
        }

        return to;
    }

    private static void MakeRoom(ref byte[] buffer, ref int filled, ref bool tooLong)
    {
        if (tooLong || buffer.Length >= LongestLine)
        {
            (filled, tooLong) = (0, true);
        }
        else
        {
            Array.Resize(ref buffer, buffer.Length * 4);
        }
    }
}
