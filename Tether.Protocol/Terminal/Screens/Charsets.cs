namespace Tether.Protocol.Terminal.Screens;

/// <summary>The four designated sets and which of them GL means (ISO 2022). A set is the final byte of its designation.</summary>
internal struct Charsets
{
    public const byte Ascii = (byte)'B';
    public const byte LineDrawing = (byte)'0';
    public const byte British = (byte)'A';

    private uint _sets = 0x42424242;

    public Charsets()
    {
    }

    /// <summary>0–3: the set locked into GL by SI, SO, LS2, LS3.</summary>
    public int Left { get; set; }

    /// <summary>1–3: the set locked into GR by LS1R, LS2R, LS3R; only 8-bit text uses it.</summary>
    public int Right { get; set; } = 2;

    /// <summary>2 or 3 for one character after SS2 or SS3, else 0.</summary>
    public int Single { get; set; }

    /// <summary>True if a character in GL must be looked up.</summary>
    public readonly bool Translates => Single != 0 || this[Left] != Ascii;

    public byte this[int set]
    {
        readonly get => (byte)(_sets >> (set * 8));
        set => _sets = (_sets & ~(0xFFu << (set * 8))) | ((uint)value << (set * 8));
    }

    public int Translate(int codePoint)
    {
        byte set = this[Single != 0 ? Single : Left];
        Single = 0;
        return CharsetTables.Map(set, codePoint);
    }
}
