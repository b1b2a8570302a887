using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Parsing;

/// <summary>
/// A control sequence (CSI) or the head of a device control string (DCS): <c>prefix? params intermediate* final</c>.
/// Parameters are numbers of at most 65535, separated by ';' or, for sub-parameters, by ':'.
/// </summary>
internal struct Sequence
{
    public const int MaxParameters = 32;
    public const int MaxValue = 65535;

    private Parameters _values;

    /// <summary>Offsets in the stream: of the first byte, and one past the last.</summary>
    public long Start;
    public long End;

    /// <summary>How many parameters were written; an empty one between separators counts.</summary>
    public int Count;

    /// <summary>Bit i: parameter i was preceded by ':'.</summary>
    public uint Colons;

    /// <summary>Bit i: parameter i was left empty.</summary>
    public uint Missing;

    /// <summary>One of <c>&lt; = &gt; ?</c>, or 0.</summary>
    public byte Prefix;

    /// <summary>The intermediate bytes (20–2F), the last in the low byte; 0 for none.</summary>
    public ushort Intermediates;

    public byte Final;

    /// <summary>Parameter <paramref name="index"/> as written; 0 where it is missing.</summary>
    public readonly int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => index < Count ? _values[index] : 0;
    }

    /// <summary>Parameter <paramref name="index"/>, where 0 and nothing mean <paramref name="fallback"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Or(int index, int fallback)
    {
        int value = this[index];
        return value == 0 ? fallback : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsSub(int index) => index < Count && (Colons >> index & 1) != 0;

    public readonly bool IsMissing(int index) => index >= Count || (Missing >> index & 1) != 0;

    public void Clear(long start)
    {
        Start = start;
        Count = 0;
        Colons = 0;
        Missing = 0;
        Prefix = 0;
        Intermediates = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(int index, int value) => _values[index] = (ushort)value;

    [InlineArray(MaxParameters)]
    private struct Parameters
    {
        private ushort _first;
    }
}
