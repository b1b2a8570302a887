using System.Runtime.CompilerServices;
using System.Buffers;

namespace Tether.Protocol.Terminal.Parsing;

/// <summary>
/// Bytes to calls, after the state diagram of Paul Williams for DEC terminals, with these deviations: text is UTF-8, also inside strings
/// (9C there is a continuation byte, not ST); ':' separates sub-parameters; BEL ends an OSC; a string that another escape sequence
/// interrupts is dropped; a C1 control also arrives as its UTF-8 form; C0 controls inside an OSC (in 8-bit text: in every string but
/// SOS) do nothing; CAN and SUB only cancel.
/// Ground text, CSI parameters and string bodies have loops of their own; every state can be left and entered between two bytes.
/// </summary>
internal partial struct VtParser
{
    // A vector search costs more than it saves on the few letters between two colour changes.
    private const int ScalarProbe = 8;

    private const int OscLimit = 1 << 20;
    private const int DcsLimit = 4096;
    private const int ApcLimit = 1024;

    // `1337;File` and the first letter of what else iTerm2 sends.
    private const int OscLookAhead = 9;
    private const int NeverAsked = -1;
    private const byte Esc = 0x1B;
    private const byte Cancel = 0x18;
    private const byte Substitute = 0x1A;
    private const byte Bell = 0x07;
    private const byte EightBitTerminator = 0x9C;

    private static readonly SearchValues<byte> StringBreaks = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private static readonly SearchValues<byte> DataBreaks = SearchValues.Create([Esc, Cancel, Substitute]);

    // In 8-bit text, ST is one byte, and BEL ends every string.
    private static readonly SearchValues<byte> EightBitBreaks = SearchValues.Create([Esc, Cancel, Substitute, Bell, EightBitTerminator]);

    private static readonly SearchValues<byte> EightBitStringBreaks = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, EightBitTerminator]);

    private readonly StringBuffer _string = new();
    private Sequence _sequence;
    private State _state;
    private CsiPhase _phase;
    private ControlString _kind;

    // How much of a string must have come before the handler is asked whether it streams; and whether it does.
    private int _lookAhead;
    private bool _streams;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>A C1 control, as one byte or as ESC and a byte 40 lower.</summary>
    private void Control<THandler>(byte control, long start, long end, ref THandler handler)
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
                handler.Execute(control, start, end);
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
            Control((byte)(b + 0x40), _start, _base + i + 1, ref handler);
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
                handler.Execute(control, _base + i, _base + i + 1);
                break;
        }
    }
}
