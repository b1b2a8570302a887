using System.Text;

namespace Tether.Testing.Programs;

/// <summary>
/// A program that prints numbered lines with a check number, so that from the bytes alone it can be told whether one is missing, doubled
/// or in the wrong place. All lines are equally long, so the line at any offset is known.
/// </summary>
public static class CounterProgram
{
    // "%09d %05d" and the \r\n that the pty makes of \n.
    private const int LineLength = 17;

    /// <summary>As fast as the pty takes it, until it is killed.</summary>
    public static string[] Endless { get; } =
        ["awk", "BEGIN { for (i = 0; ; i++) printf \"%09d %05d\\n\", i, (i * 40503) % 65536 }"];

    /// <summary>As fast as the pty takes it, so many lines; then it waits for a line of input.</summary>
    public static string[] Lines(int count) =>
        ["sh", "-c", $"awk 'BEGIN {{ for (i = 0; i < {count}; i++) printf \"%09d %05d\\n\", i, (i * 40503) % 65536 }}'; read x"];

    /// <summary>A few hundred lines a second until the file <paramref name="stop"/> exists, then `end` and a wait for a line of input.</summary>
    public static string[] SlowUntil(string stop) =>
        ["bash", "-c", $"exec 5<> <(:); i=0; until [ -e '{stop}' ]; do printf '%09d %05d\\n' $i $(((i * 40503) % 65536)); i=$((i+1)); read -t 0.003 -u 5; done; echo end; read x"];

    /// <summary>The bytes that a pty passes on from <paramref name="offset"/> up to <paramref name="end"/>.</summary>
    public static byte[] Expected(long offset, long end)
    {
        var result = new StringBuilder();
        var first = offset / LineLength;
        for (var line = first; line * LineLength < end; line++)
        {
            result.Append($"{line:D9} {line * 40503 % 65536:D5}\r\n");
        }

        var bytes = Encoding.ASCII.GetBytes(result.ToString());
        var start = (int)(offset - first * LineLength);
        return bytes[start..(start + (int)(end - offset))];
    }

    /// <summary>Null when the bytes are exactly what the program prints from this offset on, else where and how they differ.</summary>
    public static string? Difference(ReadOnlySpan<byte> actual, long offset)
    {
        const int step = LineLength << 16;
        for (var done = 0; done < actual.Length; done += step)
        {
            var part = actual.Slice(done, Math.Min(step, actual.Length - done));
            var expected = Expected(offset + done, offset + done + part.Length);
            var same = part.CommonPrefixLength(expected);
            if (same < part.Length)
            {
                var from = Math.Max(0, same - 40);
                return $"at offset {offset + done + same}: expected {Show(expected.AsSpan(from))}, got {Show(part[from..])}";
            }
        }

        return null;

        static string Show(ReadOnlySpan<byte> bytes) =>
            '"' + Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 80)]).Replace("\r\n", "⏎", StringComparison.Ordinal) + '"';
    }
}
