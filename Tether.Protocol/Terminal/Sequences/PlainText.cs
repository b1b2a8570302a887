using System.Text;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Texts from programs are untrusted: controls go, and what is long is cut.</summary>
internal static class PlainText
{
    public static string From(ReadOnlySpan<byte> utf8, int maxLength)
    {
        var text = new StringBuilder(Math.Min(utf8.Length, maxLength));
        while (!utf8.IsEmpty && text.Length < maxLength)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int consumed);
            utf8 = utf8[consumed..];
            if (rune.Value >= 0x20 && rune.Value is not (>= 0x7F and < 0xA0) && !IsDirectional(rune.Value))
            {
                text.Append(rune.ToString());
            }
        }

        return text.ToString();
    }

    // Overrides and isolates can make a list show another text than it holds.
    private static bool IsDirectional(int codePoint) => codePoint is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029;
}
