using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// What stands between <c>CSI</c> and its final byte in what a terminal sends: <c>prefix? numbers intermediate*</c>, the numbers in fields (';') of parts
/// (':'). Kept: 32 numbers of at most 10,000,000, for code points are larger than parameters of a <c>Sequence</c>.
/// </summary>
internal struct InputParameters
{
    public const int MaxNumbers = 32;
    private const int MaxValue = 10_000_000;

    private Values _values;
    private uint _parts;

    /// <summary>How many numbers there are, parts and empty ones too.</summary>
    public int Count { get; private set; }

    /// <summary>One of <c>&lt; = &gt; ?</c>, or 0.</summary>
    public byte Prefix { get; private set; }

    /// <summary>The last intermediate byte, or 0.</summary>
    public byte Intermediate { get; private set; }

    /// <summary>All numbers in order; -1 where one was left out.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<int> Numbers => ((ReadOnlySpan<int>)_values)[..Count];

    /// <summary>Part <paramref name="part"/> of field <paramref name="field"/>, or <paramref name="fallback"/> where there is none.</summary>
    public readonly int Get(int field, int part = 0, int fallback = 0)
    {
        int at = Find(field, part);
        return at >= 0 && _values[at] >= 0 ? _values[at] : fallback;
    }

    public readonly bool Has(int field, int part = 0) => Find(field, part) >= 0;

    /// <summary>False where the bytes, all 20–3F, are not of this form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out InputParameters parameters)
    {
        parameters = default;
        int i = 0;
        if (body is [>= 0x3C, ..])
        {
            parameters.Prefix = body[i++];
        }

        bool isPart = false;
        while (i < body.Length && body[i] is >= 0x30 and <= 0x3B)
        {
            parameters.Add(Number(body, ref i), isPart);
            if (i < body.Length && body[i] is (byte)';' or (byte)':')
            {
                isPart = body[i++] == ':';
                if (i == body.Length || body[i] is < 0x30 or > 0x3B)
                {
                    parameters.Add(-1, isPart);
                }
            }
        }

        while (i < body.Length && body[i] < 0x30)
        {
            parameters.Intermediate = body[i++];
        }

        return i == body.Length;
    }

    private static int Number(ReadOnlySpan<byte> body, ref int i)
    {
        int value = -1;
        for (; i < body.Length && body[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            value = Math.Min((Math.Max(value, 0) * 10) + body[i] - '0', MaxValue);
        }

        return value;
    }

    private void Add(int value, bool isPart)
    {
        if (Count < MaxNumbers)
        {
            _values[Count] = value;
            _parts |= (isPart ? 1u : 0) << Count;
            Count++;
        }
    }

    private readonly int Find(int field, int part)
    {
        int at = 0;
        for (; field > 0 && at < Count; field--)
        {
            at++;
            while (at < Count && (_parts >> at & 1) != 0)
            {
                at++;
            }
        }

        for (; part > 0 && at < Count; part--)
        {
            at++;
            if (at >= Count || (_parts >> at & 1) == 0)
            {
                return -1;
            }
        }

        return at < Count ? at : -1;
    }

    [InlineArray(MaxNumbers)]
    private struct Values
    {
        private int _first;
    }
}
