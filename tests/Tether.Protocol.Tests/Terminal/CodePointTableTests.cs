using Tether.Protocol.Terminal.Unicode;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class CodePointTableTests
{
    [Fact]
    public void The_blocks_say_of_every_code_point_what_the_ranges_say()
    {
        var expected = new byte[0x110000];
        expected.AsSpan().Fill(1 << 4);
        ReadOnlySpan<int> triples = UnicodeRanges.Triples;
        for (int i = 0; i < triples.Length; i += 3)
        {
            expected.AsSpan(triples[i], triples[i + 1] - triples[i] + 1).Fill((byte)triples[i + 2]);
        }

        for (int syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            expected[syllable] = (byte)((int)((syllable - 0xAC00) % 28 == 0 ? GraphemeClass.LV : GraphemeClass.LVT) | (2 << 4));
        }

        foreach (char c in "0123456789#*")
        {
            expected[c] |= 0x40;
        }

        for (int codePoint = 0; codePoint < expected.Length; codePoint++)
        {
            Assert.True(expected[codePoint] == CodePointTable.Shared[codePoint].Bits, $"U+{codePoint:X4}");
        }
    }
}
