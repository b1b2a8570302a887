namespace Tether.Protocol.Terminal.Modes;

/// <summary>
/// The flags of one screen: the current ones, and those that pushes put aside. The oldest goes when the stack is full.
/// </summary>
internal sealed class KittyKeyboard
{
    public const int MaxDepth = 16;

    private readonly KittyFlags[] _saved = new KittyFlags[MaxDepth];

    public KittyFlags Current { get; private set; }

    /// <summary>How many pushes can be undone.</summary>
    public int Depth { get; private set; }

    public ReadOnlySpan<KittyFlags> Saved => _saved.AsSpan(0, Depth);

    public void Push(KittyFlags flags)
    {
        if (Depth == MaxDepth)
        {
            _saved.AsSpan(1).CopyTo(_saved);
            Depth--;
        }

        _saved[Depth++] = Current;
        Current = flags & KittyFlags.All;
    }

    public void Pop(int count)
    {
        if (count > Depth)
        {
            Current = KittyFlags.None;
            Depth = 0;
            return;
        }

        Depth -= count;
        Current = count == 0 ? Current : _saved[Depth];
    }

    /// <summary>CSI = flags ; how u: 1 replaces, 2 adds, 3 removes.</summary>
    public void Set(KittyFlags flags, int how)
    {
        flags &= KittyFlags.All;
        Current = how switch
        {
            2 => Current | flags,
            3 => Current & ~flags,
            _ => flags,
        };
    }

    public void Clear()
    {
        Current = KittyFlags.None;
        Depth = 0;
    }
}
