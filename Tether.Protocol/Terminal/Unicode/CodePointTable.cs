using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tether.Protocol.Terminal.Unicode;

/// <summary>The traits of every code point in two stages: blocks of 256, each different one stored once.</summary>
internal sealed class CodePointTable
{
    private const int BlockSize = 256;

    private readonly ushort[] _blockOf = new ushort[0x1100];
    private readonly byte[] _blocks;

    public static CodePointTable Shared { get; } = new();

    /// <summary>By the code point's upper bits: which of the blocks.</summary>
    public ReadOnlySpan<ushort> BlockOf => _blockOf;

    /// <summary>256 traits each.</summary>
    public ReadOnlySpan<byte> Blocks => _blocks;

    public CodePointTraits this[int codePoint]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_blocks[(_blockOf[codePoint >> 8] << 8) | (codePoint & 0xFF)]);
    }

    private CodePointTable()
    {
        var blocks = new List<byte>(64 * 1024);
        Span<byte> block = stackalloc byte[BlockSize];
        int next = 0;
        for (int i = 0; i < _blockOf.Length; i++)
        {
            Describe(i * BlockSize, block, ref next);
            _blockOf[i] = (ushort)Store(blocks, block);
        }

        _blocks = [.. blocks];
    }

    /// <summary>Fills in one block; <paramref name="next"/> is the first of <see cref="UnicodeRanges.Triples"/>, which ascend, that may reach into it.</summary>
    private static void Describe(int start, Span<byte> block, ref int next)
    {
        const byte Plain = 1 << 4;
        block.Fill(Plain);
        ReadOnlySpan<int> triples = UnicodeRanges.Triples;
        for (; next < triples.Length && triples[next] < start + BlockSize; next += 3)
        {
            int from = Math.Max(triples[next] - start, 0);
            int to = Math.Min(triples[next + 1] - start + 1, BlockSize);
            block[from..to].Fill((byte)triples[next + 2]);
            if (triples[next + 1] >= start + BlockSize)
            {
                break;
            }
        }

        for (int syllable = Math.Max(start, 0xAC00); syllable <= Math.Min(start + BlockSize - 1, 0xD7A3); syllable++)
        {
            var kind = (syllable - 0xAC00) % 28 == 0 ? GraphemeClass.LV : GraphemeClass.LVT;
            block[syllable - start] = (byte)((int)kind | (2 << 4));
        }

        if (start == 0)
        {
            // Keycaps: a digit followed by VS16 is shown as an emoji.
            foreach (char c in "0123456789#*")
            {
                block[c] |= 0x40;
            }
        }
    }

    /// <summary>Most blocks are alike; each different one is stored once. Returns its number.</summary>
    private static int Store(List<byte> blocks, ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> known = CollectionsMarshal.AsSpan(blocks);
        int index = 0;
        while (index * BlockSize < known.Length && !known.Slice(index * BlockSize, BlockSize).SequenceEqual(block))
        {
            index++;
        }

        if (index * BlockSize == known.Length)
        {
            blocks.AddRange(block);
        }

        return index;
    }
}
