using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Attach;

/// <summary>
/// Reads what is typed while the menu is open: plain letters, or the same as kitty's CSI u. Mouse, focus and other reports, releases
/// and modifier keys alone are nobody's choice and are skipped.
/// </summary>
internal static class MenuKeys
{
    /// <summary>Any key that is neither a character nor the chord.</summary>
    public const char OtherKey = '\uffff';

    /// <summary>Stands for the chord itself.</summary>
    public const char ChordKey = '\u001d';

    // Kitty gives modifier keys alone, Caps Lock and the like codes of their own in the private use area.
    private const int FirstPrivateKey = 57344;

    /// <summary>The first key among the bytes, or null when there is only noise.</summary>
    /// <param name="used">How many bytes that took.</param>
    public static char? First(ReadOnlySpan<byte> typed, byte chord, out int used)
    {
        used = 0;
        while (used < typed.Length)
        {
            var length = LengthOfFirst(typed[used..]);
            var one = typed.Slice(used, length);
            used += length;
            if (Decode(one, chord) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    private static char? Decode(ReadOnlySpan<byte> one, byte chord)
    {
        var matcher = new ChordMatcher(chord);
        if (matcher.Scan(one, out _, out _))
        {
            return ChordKey;
        }

        if (one.Length == 1)
        {
            return one[0] is >= 0x20 and < 0x7f ? (char)one[0] : OtherKey;
        }

        if (one.StartsWith("\e[M"u8))
        {
            return null;
        }

        if (!one.StartsWith("\e["u8))
        {
            return OtherKey;
        }

        return (char)one[^1] switch
        {
            'u' => DecodeKitty(one[2..^1]),
            'M' or 'm' or 'I' or 'O' or 'c' or 'n' or 'y' or 't' or 'R' => null,
            _ => OtherKey,
        };
    }

    // key[:…][;modifiers[:event][;text]]
    private static char? DecodeKitty(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("?"u8))
        {
            return null;
        }

        var fields = System.Text.Encoding.ASCII.GetString(body).Split(';');
        var isRelease = fields.Length > 1 && fields[1].Split(':') is [_, not "1", ..];
        if (isRelease || !int.TryParse(fields[0].Split(':')[0], out var key) || key >= FirstPrivateKey)
        {
            return null;
        }

        return key is >= 0x20 and < 0x7f ? (char)key : OtherKey;
    }

    private static int LengthOfFirst(ReadOnlySpan<byte> typed)
    {
        if (typed[0] != 0x1b || typed.Length == 1)
        {
            return 1;
        }

        if (typed.StartsWith("\e[M"u8))
        {
            return Math.Min(6, typed.Length);
        }

        if (typed[1] != '[')
        {
            return 2;
        }

        var end = typed[2..].IndexOfAnyInRange((byte)0x40, (byte)0x7e);
        return end < 0 ? typed.Length : end + 3;
    }
}
