using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Unicode;

/// <summary>What the screen must know of one code point, in one byte.</summary>
internal readonly record struct CodePointTraits(byte Bits)
{
    private static readonly ushort[] BlockOf = new ushort[0x1100];
    private static readonly byte[] Blocks = Build();

    public GraphemeClass Class => (GraphemeClass)(Bits & 15);

    /// <summary>Columns: 0, 1 or 2.</summary>
    public int Width => (Bits >> 4) & 3;

    public bool CanBeEmoji => (Bits & 0x40) != 0;

    public bool CanBeText => (Bits & 0x80) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodePointTraits Of(int codePoint) => new(Blocks[(BlockOf[codePoint >> 8] << 8) | (codePoint & 0xFF)]);

    private static byte[] Build()
    {
        const byte Plain = 1 << 4;
        var all = new byte[0x110000];
        all.AsSpan().Fill(Plain);
        ReadOnlySpan<int> triples = UnicodeRanges.Triples;
        for (int i = 0; i < triples.Length; i += 3)
        {
            all.AsSpan(triples[i], triples[i + 1] - triples[i] + 1).Fill((byte)triples[i + 2]);
        }

        for (int syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            var kind = (syllable - 0xAC00) % 28 == 0 ? GraphemeClass.LV : GraphemeClass.LVT;
            all[syllable] = (byte)((int)kind | (2 << 4));
        }

        // Keycaps: a digit followed by VS16 is shown as an emoji.
        foreach (char c in "0123456789#*")
        {
            all[c] |= 0x40;
        }

        return Share(all);
    }

    /// <summary>Most blocks of 256 are alike; each different one is stored once.</summary>
    private static byte[] Share(byte[] all)
    {
        var known = new Dictionary<string, ushort>();
        var blocks = new List<byte[]>();
        for (int block = 0; block < BlockOf.Length; block++)
        {
            byte[] bytes = all.AsSpan(block << 8, 256).ToArray();
            bool isUniform = bytes.AsSpan().IndexOfAnyExcept(bytes[0]) < 0;
            string key = isUniform ? $"{bytes[0]}" : Convert.ToHexString(bytes);
            if (!known.TryGetValue(key, out ushort index))
            {
                known[key] = index = (ushort)blocks.Count;
                blocks.Add(bytes);
            }

            BlockOf[block] = index;
        }

        return [.. blocks.SelectMany(bytes => bytes)];
    }
}
