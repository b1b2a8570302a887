using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Parsing;

/// <summary>
/// Bytes to calls, after the state diagram of Paul Williams for DEC terminals, with these deviations: text is UTF-8, also inside strings
/// (9C there is a continuation byte, not ST); ':' separates sub-parameters; BEL ends an OSC; a string that another escape sequence
/// interrupts is dropped; a C1 control also arrives as its UTF-8 form; C0 controls inside an OSC do nothing; CAN and SUB only cancel.
/// Ground text, CSI parameters and string bodies have loops of their own; every state can be left and entered between two bytes.
/// </summary>
internal struct VtParser
{
    // A vector search costs more than it saves on the few letters between two colour changes.
    private const int ScalarProbe = 8;

    private const int OscLimit = 1 << 20;
    private const int DcsLimit = 4096;
    private const int ApcLimit = 1024;
    private const byte Esc = 0x1B;
    private const byte Cancel = 0x18;
    private const byte Substitute = 0x1A;
    private const byte Bell = 0x07;
    private const byte EightBitTerminator = 0x9C;

    private static readonly SearchValues<byte> StringBreaks = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private static readonly SearchValues<byte> DataBreaks = SearchValues.Create([Esc, Cancel, Substitute]);

    // In 8-bit text, ST is one byte, and BEL ends every string but SOS.
    private static readonly SearchValues<byte> EightBitBreaks = SearchValues.Create([Esc, Cancel, Substitute, Bell, EightBitTerminator]);

    private readonly StringBuffer _string = new();
    private Sequence _sequence;
    private State _state;
    private CsiPhase _phase;
    private ControlString _kind;
    private int _value;
    private bool _hasDigits;
    private long _base;
    private long _start;

    // The character being decoded: bits so far, continuation bytes still to come, smallest value of this length.
    private int _partial;
    private int _remaining;
    private int _minimum;

    public VtParser()
    {
    }

    private enum State : byte
    {
        Ground,
        Utf8,
        Escape,
        Csi,
        DcsHead,
        String,
        StringEscape,
    }

    private enum CsiPhase : byte
    {
        Entry,
        Parameters,
        Intermediates,
        Ignore,
    }

    /// <summary>False after ESC % @: bytes 80–9F are C1 controls and A0–FF are Latin-1.</summary>
    public bool IsUtf8 { get; set; } = true;

    /// <summary>False to leave 80–9F as characters where they come as UTF-8.</summary>
    public bool HasC1 { get; init; } = true;

    /// <summary>Offset after the last byte fed.</summary>
    public long Position { readonly get => _base; set => _base = value; }

    /// <summary>What has come of a string that is not ended.</summary>
    public readonly ReadOnlySpan<byte> UnfinishedString => _state is State.String or State.StringEscape ? _string.Text : default;

    public readonly ControlString UnfinishedKind => _kind;

    public readonly bool IsInString => _state is State.String or State.StringEscape;

    /// <summary>Offset of the first byte of an unfinished sequence or character, else <see cref="Position"/>.</summary>
    public readonly long SafePosition => _state == State.Ground ? _base : _start;

    public void Feed<THandler>(ReadOnlySpan<byte> input, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        int i = 0;
        while (i < input.Length)
        {
            switch (_state)
            {
                case State.Ground:
                    i = Ground(input, i, ref handler);
                    break;
                case State.Utf8:
                    i = ContinueCharacter(input, i, ref handler);
                    break;
                case State.Escape:
                    i = Escape(input, i, ref handler);
                    break;
                case State.Csi:
                case State.DcsHead:
                    i = Csi(input, i, ref handler);
                    break;
                case State.String:
                    i = Body(input, i, ref handler);
                    break;
                default:
                    i = EndOfString(input, i, ref handler);
                    break;
            }
        }

        _base += input.Length;
    }

    private int Ground<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        while (i < input.Length)
        {
            byte b = input[i];
            if (b is >= 0x20 and < 0x7F)
            {
                int end = EndOfAscii(input, i);
                handler.PrintAscii(input[i..end]);
                i = end;
            }
            else if (b == Esc)
            {
                _start = _base + i;
                _state = State.Escape;
                _sequence.Clear(_start);
                i++;
                if (i < input.Length && input[i] == '[')
                {
                    BeginCsi(State.Csi);
                    i = Csi(input, i + 1, ref handler);
                }

                if (_state != State.Ground)
                {
                    return i;
                }
            }
            else if (b < 0x20)
            {
                handler.Execute(b, _base + i);
                i++;
            }
            else if (b == 0x7F)
            {
                i++;
            }
            else
            {
                i = Character(input, i, ref handler);
                if (_state != State.Ground)
                {
                    return i;
                }
            }
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfAscii(ReadOnlySpan<byte> input, int i)
    {
        int probe = Math.Min(i + ScalarProbe, input.Length);
        for (; i < probe; i++)
        {
            if (input[i] is < 0x20 or >= 0x7F)
            {
                return i;
            }
        }

        int more = input[i..].IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        return more < 0 ? input.Length : i + more;
    }

    /// <summary>A byte from 80 on in ground. Whole characters are decoded here; anything odd goes byte by byte.</summary>
    private int Character<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        int b = input[i];
        if (!IsUtf8)
        {
            Emit(b, _base + i, ref handler);
            return i + 1;
        }

        if ((b & 0xF0) == 0xE0 && i + 2 < input.Length && (input[i + 1] & 0xC0) == 0x80 && (input[i + 2] & 0xC0) == 0x80)
        {
            int codePoint = ((b & 0x0F) << 12) | ((input[i + 1] & 0x3F) << 6) | (input[i + 2] & 0x3F);
            handler.Print(codePoint < 0x800 || (codePoint & 0xF800) == 0xD800 ? 0xFFFD : codePoint);
            return i + 3;
        }

        if (b is >= 0xC3 and < 0xE0 && i + 1 < input.Length && (input[i + 1] & 0xC0) == 0x80)
        {
            handler.Print(((b & 0x1F) << 6) | (input[i + 1] & 0x3F));
            return i + 2;
        }

        _start = _base + i;
        (_remaining, _partial, _minimum) = b switch
        {
            < 0xC0 => (0, 0, 1),
            < 0xE0 => (1, b & 0x1F, 0x80),
            < 0xF0 => (2, b & 0x0F, 0x800),
            < 0xF8 => (3, b & 0x07, 0x10000),
            < 0xFC => (4, b & 0x03, 0x200000),
            < 0xFE => (5, b & 0x01, 0x4000000),
            _ => (0, 0, 1),
        };
        if (_remaining == 0)
        {
            handler.Print(0xFFFD);
            return i + 1;
        }

        _state = State.Utf8;
        return ContinueCharacter(input, i + 1, ref handler);
    }

    private int ContinueCharacter<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        while (i < input.Length)
        {
            byte b = input[i];
            if ((b & 0xC0) != 0x80)
            {
                _state = State.Ground;
                handler.Print(0xFFFD);
                return i;
            }

            _partial = (_partial << 6) | (b & 0x3F);
            i++;
            if (--_remaining == 0)
            {
                _state = State.Ground;
                bool valid = _partial >= _minimum && _partial <= 0x10FFFF && (_partial & ~0x7FF) != 0xD800;
                Emit(valid ? _partial : 0xFFFD, _start, ref handler);
                return i;
            }
        }

        return i;
    }

    private void Emit<THandler>(int codePoint, long start, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        if (codePoint >= 0xA0 || !HasC1)
        {
            handler.Print(codePoint);
            return;
        }

        _start = start;
        _sequence.Clear(start);
        Control((byte)codePoint, start, ref handler);
    }

    /// <summary>A C1 control, as one byte or as ESC and a byte 40 lower.</summary>
    private void Control<THandler>(byte control, long position, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        _state = State.Ground;
        switch (control)
        {
            case 0x9B:
                BeginCsi(State.Csi);
                break;
            case 0x90:
                BeginCsi(State.DcsHead);
                break;
            case 0x9D:
                BeginString(ControlString.Osc, OscLimit);
                break;
            case 0x9F:
                BeginString(ControlString.Apc, ApcLimit);
                break;
            case 0x98:
                BeginString(ControlString.Sos, ApcLimit);
                break;
            case 0x9E:
                BeginString(ControlString.Pm, ApcLimit);
                break;
            case 0x9C:
                break;
            default:
                handler.Execute(control, position);
                break;
        }
    }

    private int Escape<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        byte b = input[i];
        if (b < 0x20)
        {
            ControlInSequence(b, i, ref handler);
        }
        else if (b < 0x30)
        {
            _sequence.Intermediates = (ushort)((_sequence.Intermediates << 8) | b);
        }
        else if (_sequence.Intermediates == 0 && b is >= 0x40 and < 0x60)
        {
            Control((byte)(b + 0x40), _start, ref handler);
        }
        else if (b < 0x7F)
        {
            _state = State.Ground;
            Designate(b);
            handler.Escape(_sequence.Intermediates, b);
        }
        else if (b >= 0x80)
        {
            _state = State.Ground;
            return i;
        }

        return i + 1;
    }

    // ESC % G chooses UTF-8, ESC % @ leaves it (ISO 2022, "designate other coding system").
    private void Designate(byte final)
    {
        if (_sequence.Intermediates == '%')
        {
            IsUtf8 = final switch { (byte)'G' => true, (byte)'@' => false, _ => IsUtf8 };
        }
    }

    /// <summary>C0 controls act even in the middle of a sequence; ESC starts another, CAN and SUB end it.</summary>
    private void ControlInSequence<THandler>(byte control, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        switch (control)
        {
            case Esc:
                _start = _base + i;
                _sequence.Clear(_start);
                _state = State.Escape;
                break;
            case Cancel or Substitute:
                _state = State.Ground;
                break;
            default:
                handler.Execute(control, _base + i);
                break;
        }
    }

    private void BeginCsi(State state)
    {
        _state = state;
        _phase = CsiPhase.Entry;
        _value = 0;
        _hasDigits = false;
    }

    private int Csi<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        while (i < input.Length)
        {
            byte b = input[i++];
            int digit = b - '0';
            if ((uint)digit <= 9 && _phase <= CsiPhase.Parameters)
            {
                int value = _value;
                do
                {
                    value = Math.Min((value * 10) + digit, Sequence.MaxValue);
                    if (i == input.Length)
                    {
                        b = 0;
                        break;
                    }

                    b = input[i++];
                    digit = b - '0';
                }
                while ((uint)digit <= 9);
                _value = value;
                _hasDigits = true;
                _phase = CsiPhase.Parameters;
                if (b == 0)
                {
                    // Out of input, or a NUL, which does nothing anywhere.
                    continue;
                }
            }

            if (b >= 0x40)
            {
                if (b < 0x7F)
                {
                    Finish(b, _base + i, ref handler);
                    return i;
                }

                if (b >= 0x80)
                {
                    _state = State.Ground;
                    return i - 1;
                }
            }
            else if (b is (byte)';' or (byte)':' && _phase <= CsiPhase.Parameters)
            {
                EndParameter(b == ':');
            }
            else if (b < 0x20)
            {
                ControlInSequence(b, i - 1, ref handler);
                if (_state is not (State.Csi or State.DcsHead))
                {
                    return i;
                }
            }
            else
            {
                PrefixOrIntermediate(b);
            }
        }

        return i;
    }

    private void PrefixOrIntermediate(byte b)
    {
        if (b < 0x30 && _phase != CsiPhase.Ignore)
        {
            _phase = CsiPhase.Intermediates;
            _sequence.Intermediates = (ushort)((_sequence.Intermediates << 8) | b);
        }
        else if (b >= 0x3C && _phase == CsiPhase.Entry)
        {
            _sequence.Prefix = b;
            _phase = CsiPhase.Parameters;
        }
        else
        {
            _phase = CsiPhase.Ignore;
        }
    }

    private void EndParameter(bool nextIsSub)
    {
        _phase = CsiPhase.Parameters;
        StoreParameter();
        if (nextIsSub && _sequence.Count < Sequence.MaxParameters)
        {
            _sequence.Colons |= 1u << _sequence.Count;
        }
    }

    private void StoreParameter()
    {
        int count = _sequence.Count;
        if (count < Sequence.MaxParameters)
        {
            _sequence.Set(count, _value);
            _sequence.Missing |= _hasDigits ? 0 : 1u << count;
            _sequence.Count = count + 1;
        }

        _value = 0;
        _hasDigits = false;
    }

    private void Finish<THandler>(byte final, long end, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        if (_hasDigits || _sequence.Count > 0)
        {
            StoreParameter();
        }

        _sequence.Final = final;
        _sequence.End = end;
        if (_state == State.DcsHead)
        {
            BeginString(ControlString.Dcs, _phase == CsiPhase.Ignore ? 0 : DcsLimit);
            return;
        }

        _state = State.Ground;
        if (_phase != CsiPhase.Ignore)
        {
            handler.Csi(in _sequence);
        }
    }

    private void BeginString(ControlString kind, int limit)
    {
        _state = State.String;
        _kind = kind;
        _string.Begin(limit);
    }

    private int Body<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        while (i < input.Length)
        {
            ReadOnlySpan<byte> rest = input[i..];
            int length = rest.IndexOfAny(_kind == ControlString.Osc ? StringBreaks : IsUtf8 ? DataBreaks : EightBitBreaks);
            if (length < 0)
            {
                _string.Append(rest);
                return input.Length;
            }

            _string.Append(rest[..length]);
            i += length;
            byte b = input[i++];
            switch (b)
            {
                case Esc:
                    _state = State.StringEscape;
                    return i;
                case Cancel or Substitute:
                    _state = State.Ground;
                    return i;
                case Bell when _kind != ControlString.Sos:
                    EndString(StringTerminator.Bell, _base + i, ref handler);
                    return i;
                case EightBitTerminator when !IsUtf8:
                    EndString(StringTerminator.EightBit, _base + i, ref handler);
                    return i;
                case < 0x20 when _kind == ControlString.Osc:
                    handler.ControlInString(b, _string.Text);
                    break;
                default:
                    _string.Append([b]);
                    break;
            }
        }

        return i;
    }

    private int EndOfString<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        if (input[i] == '\\')
        {
            EndString(StringTerminator.EscapeBackslash, _base + i + 1, ref handler);
            return i + 1;
        }

        // Not ST: the string is lost, and the ESC began another sequence.
        _start = _base + i - 1;
        _sequence.Clear(_start);
        _state = State.Escape;
        return i;
    }

    private void EndString<THandler>(StringTerminator terminator, long end, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        _state = State.Ground;
        _sequence.End = end;
        switch (_kind)
        {
            case ControlString.Osc when !_string.Overflowed:
                handler.Osc(in _sequence, _string.Text, terminator);
                break;
            case ControlString.Dcs:
                handler.Dcs(in _sequence, _string.Overflowed ? default : _string.Text, terminator);
                break;
            case ControlString.Apc or ControlString.Pm or ControlString.Sos:
                handler.Other(_kind, in _sequence, _string.Text);
                break;
        }
    }
}
