using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Finds the escape chord in what a terminal sends: as its control byte, as kitty's <c>CSI 93;5u</c> and as modifyOtherKeys' <c>CSI 27;5;93~</c>,
/// never inside a bracketed paste. It only looks: every byte may go on at once, so the paste's marks are followed across any split, while
/// a chord written as a sequence is missed when it is split over two reads. A mutable struct: one owner, never copied.
/// </summary>
public struct ChordMatcher
{
    private const byte Esc = 0x1b;

    // Longer than `CSI 1114111:1114111:1114111;256:1;1114111u` needs no match.
    private const int MaxBody = 40;

    private const int Control = 4;

    // Caps lock and num lock are bits 64 and 128 of kitty's modifiers; they change nothing about the chord.
    private const int Locks = 64 | 128;

    private readonly byte _chord;
    private readonly int _key;
    private State _state;
    private bool _isInPaste;
    private Body _body;
    private int _bodyLength;

    /// <param name="chord">A control byte, 1–31 but not Escape; 0 matches nothing.</param>
    public ChordMatcher(byte chord)
    {
        if (chord is Esc or >= 0x20)
        {
            throw new ArgumentOutOfRangeException(nameof(chord), chord, "a chord is a control byte, and not Escape");
        }

        _chord = chord;
        _key = chord <= 26 ? 'a' - 1 + chord : '@' + chord;
    }

    private enum State : byte
    {
        Ground,
        Escape,
        Sequence,
    }

    /// <summary>True between the marks of a bracketed paste.</summary>
    public readonly bool IsInPaste => _isInPaste;

    /// <summary>
    /// Looks at the next bytes typed. True: the chord is <paramref name="length"/> bytes at <paramref name="start"/>, and what stands behind it has
    /// not been looked at. False: there is none, and all bytes have been looked at.
    /// </summary>
    public bool Scan(ReadOnlySpan<byte> input, out int start, out int length)
    {
        (start, length) = (-1, 0);
        if (_chord == 0)
        {
            return false;
        }

        var sequenceStart = -1;
        for (var i = 0; i < input.Length; i++)
        {
            if (_state == State.Ground)
            {
                var skip = _isInPaste ? input[i..].IndexOf(Esc) : input[i..].IndexOfAny(Esc, _chord);
                if (skip < 0)
                {
                    return false;
                }

                i += skip;
            }

            var b = input[i];
            if (b == Esc)
            {
                (_state, sequenceStart) = (State.Escape, i);
            }
            else if (b == _chord && !_isInPaste)
            {
                (_state, start, length) = (State.Ground, i, 1);
                return true;
            }
            else if (Advance(b) && sequenceStart >= 0)
            {
                (start, length) = (sequenceStart, i + 1 - sequenceStart);
                return true;
            }
        }

        return false;
    }

    // True when this byte ends a sequence that is the chord.
    private bool Advance(byte b)
    {
        if (_state == State.Escape)
        {
            (_state, _bodyLength) = (b == (byte)'[' ? State.Sequence : State.Ground, 0);
            return false;
        }

        if (b is >= 0x20 and < 0x40)
        {
            if (_bodyLength < MaxBody)
            {
                _body[_bodyLength] = b;
            }

            _bodyLength++;
            return false;
        }

        _state = State.Ground;
        return _bodyLength <= MaxBody && Finish(((ReadOnlySpan<byte>)_body)[.._bodyLength], b);
    }

    private bool Finish(ReadOnlySpan<byte> body, byte final)
    {
        if (final == '~' && body.SequenceEqual(_isInPaste ? "201"u8 : "200"u8))
        {
            _isInPaste = !_isInPaste;
            return false;
        }

        return !_isInPaste && final switch
        {
            (byte)'u' => IsKitty(body),
            (byte)'~' => Number(ref body, out _) == 27 && IsControl(Number(ref body, out _)) && Number(ref body, out _) == _key,
            _ => false,
        };
    }

    // key[:shifted[:base layout]] ; modifiers[:event] [; text]
    private readonly bool IsKitty(ReadOnlySpan<byte> body)
    {
        var isKey = Number(ref body, out var separator) == _key;
        while (separator == ':')
        {
            isKey |= Number(ref body, out separator) == _key;
        }

        if (!isKey || separator != ';' || !IsControl(Number(ref body, out separator)))
        {
            return false;
        }

        const int Press = 1;
        return separator != ':' || Number(ref body, out _) == Press;
    }

    private static bool IsControl(int modifiers) => ((modifiers - 1) & ~Locks) == Control;

    // Takes one number and the separator behind it; -1 when there is none.
    private static int Number(ref ReadOnlySpan<byte> body, out byte separator)
    {
        var (value, i) = (0, 0);
        for (; i < body.Length && body[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            value = Math.Min(value * 10 + body[i] - '0', 10_000_000);
        }

        separator = i < body.Length ? body[i] : (byte)0;
        body = i < body.Length ? body[(i + 1)..] : [];
        return i == 0 ? -1 : value;
    }

    [InlineArray(MaxBody)]
    private struct Body
    {
        private byte _first;
    }
}
