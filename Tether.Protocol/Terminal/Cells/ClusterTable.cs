using System.Text;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Cells;

/// <summary>
/// Interned clusters of several code points. Each is an earlier content (a code point or a cluster) plus one more code point, so that
/// a combining mark costs one look-up and no text is built.
/// </summary>
internal sealed class ClusterTable
{
    /// <summary>No script needs more in one cell; hostile streams stack marks without end.</summary>
    public const int MaxCodePoints = 32;

    /// <summary>Marks stacked on a letter; only joined emoji and their tags may go on.</summary>
    public const int MaxStacked = 6;

    private const int MaxClusters = 1 << 20;

    // Content (code point or cluster bit + number) before the last code point.
    private uint[] _parents = [];
    private int[] _lasts = [];
    private byte[] _lengths = [];
    private int[] _slots = [];
    private int _count;
    private int _limit = 4096;
    private int _refused;

    public int Count => _count;

    /// <summary>True when the next new cluster needs a sweep first. A table found nearly full is not swept again at once.</summary>
    public bool WantsSweep => _count >= _limit && (_count < MaxClusters || _refused > MaxClusters / 16);

    public int Last(int cluster) => _lasts[cluster];

    public int First(int cluster) => First((uint)cluster | Cell.ClusterBit);

    public int Length(int cluster) => _lengths[cluster];

    /// <summary>The content made of <paramref name="content"/> and one more code point; the same content where the cell is full.</summary>
    public ulong Append(ulong content, int codePoint)
    {
        int length = (content & Cell.ClusterBit) != 0 ? _lengths[(int)(content & Cell.CodePointMask)] : 1;
        if (length >= MaxCodePoints || (length >= MaxStacked && !IsEmoji(First(content))))
        {
            return content;
        }

        uint parent = (uint)content;
        if (_slots.Length != 0)
        {
            int mask = _slots.Length - 1;
            for (int slot = Hash(parent, codePoint) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
            {
                int found = _slots[slot] - 1;
                if (_parents[found] == parent && _lasts[found] == codePoint)
                {
                    return (uint)found | Cell.ClusterBit;
                }
            }
        }

        return Add(parent, codePoint, length + 1) is int added && added >= 0 ? (uint)added | Cell.ClusterBit : content;
    }

    public int CopyCodePoints(int cluster, Span<int> codePoints)
    {
        int length = _lengths[cluster];
        uint content = (uint)cluster | (uint)Cell.ClusterBit;
        for (int i = length - 1; i > 0; i--)
        {
            int index = (int)(content & Cell.CodePointMask);
            codePoints[i] = _lasts[index];
            content = _parents[index];
        }

        codePoints[0] = (int)content;
        return length;
    }

    private static bool IsEmoji(int codePoint) =>
        CodePointTraits.Of(codePoint).Class is GraphemeClass.Pictographic or GraphemeClass.RegionalIndicator;

    /// <summary>The code point that the content of a cell begins with.</summary>
    public int First(ulong content)
    {
        while ((content & Cell.ClusterBit) != 0)
        {
            content = _parents[(int)(content & Cell.CodePointMask)];
        }

        return (int)(content & Cell.CodePointMask);
    }

    public string Text(int cluster)
    {
        Span<int> codePoints = stackalloc int[MaxCodePoints];
        int count = CopyCodePoints(cluster, codePoints);
        var text = new StringBuilder(count * 2);
        foreach (int codePoint in codePoints[..count])
        {
            text.Append(char.ConvertFromUtf32(codePoint));
        }

        return text.ToString();
    }

    /// <summary>Keeps the marked clusters and those they are made of; returns the new number of each old one.</summary>
    public int[] Sweep(Span<bool> marks)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (marks[i] && (_parents[i] & Cell.ClusterBit) != 0)
            {
                marks[(int)(_parents[i] & Cell.CodePointMask)] = true;
            }
        }

        var moved = new int[_count];
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!marks[i])
            {
                continue;
            }

            uint parent = _parents[i];
            bool nested = (parent & Cell.ClusterBit) != 0;
            _parents[kept] = nested ? (uint)moved[parent & Cell.CodePointMask] | (uint)Cell.ClusterBit : parent;
            _lasts[kept] = _lasts[i];
            _lengths[kept] = _lengths[i];
            moved[i] = kept++;
        }

        _count = kept;
        _refused = 0;
        while (_count > _limit / 2 && _limit < MaxClusters)
        {
            _limit *= 2;
        }

        Rehash(_slots.Length);
        return moved;
    }

    private int Add(uint parent, int codePoint, int length)
    {
        if (_count == MaxClusters)
        {
            _refused++;
            return -1;
        }

        if (_count == _parents.Length)
        {
            int size = Math.Max(16, _count * 2);
            Array.Resize(ref _parents, size);
            Array.Resize(ref _lasts, size);
            Array.Resize(ref _lengths, size);
            Rehash(size * 2);
        }

        int index = _count++;
        _parents[index] = parent;
        _lasts[index] = codePoint;
        _lengths[index] = (byte)length;
        Insert(index);
        return index;
    }

    private void Rehash(int size)
    {
        if (_slots.Length == size)
        {
            Array.Clear(_slots);
        }
        else
        {
            _slots = new int[size];
        }

        for (int i = 0; i < _count; i++)
        {
            Insert(i);
        }
    }

    private void Insert(int index)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(_parents[index], _lasts[index]) & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = index + 1;
    }

    private static int Hash(uint parent, int codePoint) =>
        (int)(((parent | ((ulong)(uint)codePoint << 32)) * 0x9E3779B97F4A7C15) >> 34);
}
