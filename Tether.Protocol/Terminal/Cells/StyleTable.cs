using System.Runtime.CompilerServices;
namespace Tether.Protocol.Terminal.Cells;

/// <summary>
/// Styles by number; 0 is the default style. There are no reference counts: when the table is full its owner marks what the live
/// rows use and the rest is forgotten.
/// </summary>
internal sealed class StyleTable
{
    private const int MaxStyles = 1 << 16;

    private Style[] _styles = new Style[32];
    private ushort[] _slots = new ushort[64];
    private ushort[] _moved = [];
    private int _count = 1;
    private int _limit = 1024;

    /// <summary>Styles asked for, and answered with the default one, because every number was in use.</summary>
    private int _refused;

    public int Count => _count;

    /// <summary>True when the next new style needs a sweep first. A table found nearly full is not swept again at once.</summary>
    public bool WantsSweep => _count >= _limit && (_count < MaxStyles || _refused > MaxStyles / 8);

    public Style this[int id] => _styles[id];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFind(in Style style, out ushort id)
    {
        int mask = _slots.Length - 1;
        for (int slot = Hash(style) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            ref Style known = ref _styles[_slots[slot]];
            if (known.Foreground.Bits == style.Foreground.Bits && known.Background.Bits == style.Background.Bits
                && known.UnderlineColor.Bits == style.UnderlineColor.Bits && known.Flags == style.Flags)
            {
                id = _slots[slot];
                return true;
            }
        }

        id = 0;
        return style.IsDefault;
    }

    /// <summary>The number of a style not found before. Sweep first if <see cref="WantsSweep"/>.</summary>
    public ushort Add(in Style style)
    {
        if (_count == MaxStyles)
        {
            _refused++;
            return 0;
        }

        if (_count == _styles.Length)
        {
            Array.Resize(ref _styles, Math.Min(_styles.Length * 2, MaxStyles));
            Rehash(_styles.Length * 2);
        }

        var id = (ushort)_count++;
        _styles[id] = style;
        Insert(id);
        return id;
    }

    /// <summary>Keeps the styles whose mark is set and returns the new number of each old one.</summary>
    public ReadOnlySpan<ushort> Sweep(ReadOnlySpan<bool> marks)
    {
        if (_moved.Length < _count)
        {
            _moved = new ushort[_styles.Length];
        }

        ushort[] moved = _moved;
        int kept = 1;
        for (int id = 1; id < _count; id++)
        {
            if (marks[id])
            {
                _styles[kept] = _styles[id];
                moved[id] = (ushort)kept++;
            }
        }

        _count = kept;
        _refused = 0;
        while (_count > _limit / 2 && _limit < MaxStyles)
        {
            _limit *= 2;
        }

        // Reading a long scrollback may have needed many more for a while.
        int wanted = Math.Min(_limit * 2, MaxStyles);
        if (_styles.Length > wanted)
        {
            Array.Resize(ref _styles, wanted);
            _moved = [];
        }

        Rehash(Math.Min(_slots.Length, wanted * 2));
        return moved;
    }

    private void Rehash(int size)
    {
        if (_slots.Length == size)
        {
            Array.Clear(_slots);
        }
        else
        {
            _slots = new ushort[size];
        }

        for (int id = 1; id < _count; id++)
        {
            Insert((ushort)id);
        }
    }

    private void Insert(ushort id)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(_styles[id]) & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = id;
    }

    private static int Hash(in Style style)
    {
        ulong a = style.Foreground.Bits | ((ulong)style.Background.Bits << 32);
        ulong b = style.UnderlineColor.Bits | ((ulong)(ushort)style.Flags << 32);
        ulong mixed = (a * 0x9E3779B97F4A7C15) ^ (b * 0xC2B2AE3D27D4EB4F);
        return (int)(mixed >> 33);
    }
}
