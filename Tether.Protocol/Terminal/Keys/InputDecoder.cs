using System.Text;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// What a terminal sends, to events: the inverse of <see cref="KeyEncoder"/>, <see cref="MouseEncoder"/> and <see cref="PasteEncoder"/>, for a program
/// that sits in front of a terminal. Keys in every form (legacy, SS3, modifyOtherKeys, kitty), mouse, bracketed paste, focus; and the terminal's
/// replies, apart from keys. Any split of the same bytes gives the same events; no input throws; memory is bounded.
/// </summary>
/// <remarks>
/// ESC is a key and the beginning of most sequences. The decoder has no clock: while <see cref="WaitingSince"/> says that such a beginning is unfinished, the
/// owner waits a moment (25–100 ms is usual) and, if it still says the same, calls <see cref="Flush"/>. Two keys that send the same bytes are one here:
/// see the table of collisions in the tests. Belongs to one thread.
/// </remarks>
public sealed class InputDecoder(IInputListener listener)
{
    /// <summary>Bytes in a piece of a paste; only the last may be shorter.</summary>
    public const int PieceSize = 4096;

    private const int MaxSequence = 256;
    private const int MaxString = 1 << 16;
    private const int KeptString = 1 << 12;
    private const byte Esc = 0x1B;
    private const byte Bell = 0x07;

    private readonly PasteReader _paste = new(listener);
    private readonly byte[] _sequence = new byte[MaxSequence];
    private byte[] _string = [];
    private int _length;
    private State _state;
    private byte _introducer;
    private KeyModifiers _alt;
    private int _mouseLead;
    private long _position;
    private long _start;

    private enum State : byte
    {
        Ground,
        Utf8,
        Escape,
        DoubleEscape,
        Ss3,
        Csi,
        LongCsi,
        LinuxFunction,
        Mouse,
        StringStart,
        String,
        StringEnd,
        Paste,
    }

    /// <summary>
    /// How mouse events are read whose form does not tell: with <see cref="MouseEncoding.Utf8"/> positions are characters, else bytes. What the owner
    /// asked of the terminal.
    /// </summary>
    public MouseEncoding MouseEncoding { get; set; }

    /// <summary>
    /// True while an answer to <c>CSI 6 n</c> is to come: then <c>CSI 1 ; n R</c> is that, else a modified F3.
    /// </summary>
    public bool ExpectsCursorPosition { get; set; }

    /// <summary>True between the marks of a bracketed paste.</summary>
    public bool IsInPaste => _state == State.Paste;

    /// <summary>True while the last bytes are the beginning of something: of a sequence, a character, a paste.</summary>
    public bool IsUnfinished => _state != State.Ground;

    /// <summary>
    /// Where in all bytes fed, from 0, something began that may be a key by itself or the beginning of a sequence: call <see cref="Flush"/> when nothing
    /// more comes. Null: nothing waits for the clock.
    /// </summary>
    public long? WaitingSince => _state switch
    {
        State.Escape or State.DoubleEscape or State.LinuxFunction or State.StringStart => _start,
        State.Csi or State.Ss3 when _length == 0 => _start,
        _ => null,
    };

    /// <summary>Reads the next bytes and tells the listener what is complete.</summary>
    public void Feed(ReadOnlySpan<byte> input)
    {
        for (int i = 0; i < input.Length;)
        {
            if (_state == State.Paste)
            {
                _state = _paste.Read(input[i..], out int used) ? State.Ground : State.Paste;
                i += used;
                _position += used;
                continue;
            }

            if (Next(input[i]))
            {
                i++;
                _position++;
            }
        }
    }

    /// <summary>Nothing more came: what waits is keys. Without <see cref="WaitingSince"/> it does nothing; a paste is never ended so.</summary>
    public void Flush()
    {
        (State state, _state) = (_state, WaitingSince is null ? _state : State.Ground);
        switch (state)
        {
            case State.Escape:
                Press(Key.Escape, KeyModifiers.None);
                break;
            case State.DoubleEscape:
                Press(Key.Escape, KeyModifiers.Alt);
                break;
            case State.Csi when _length == 0:
                PressAlt('[');
                break;
            case State.LinuxFunction:
                PressAlt('[');
                listener.Key(KeyPress.Of('['));
                break;
            case State.Ss3 when _length == 0:
                PressAlt('O');
                break;
            case State.StringStart:
                PressAlt(_introducer);
                break;
        }
    }

    /// <summary>Forgets whatever is unfinished, a paste too: for a terminal that begins anew.</summary>
    public void Reset() => _state = State.Ground;

    // False: the byte ended what came before it, and is to be read again from the new state.
    private bool Next(byte b) => _state switch
    {
        State.Ground => Ground(b),
        State.Utf8 => Utf8(b),
        State.Escape => AfterEscape(b),
        State.DoubleEscape => AfterDoubleEscape(b),
        State.Ss3 => Ss3(b),
        State.Csi => Csi(b),
        State.LongCsi => LongCsi(b),
        State.LinuxFunction => LinuxFunction(b),
        State.Mouse => Mouse(b),
        State.StringStart => StringStart(b),
        State.String => InString(b),
        _ => StringEnd(b),
    };

    private bool Ground(byte b)
    {
        (_alt, _length, _start) = (KeyModifiers.None, 0, _position);
        if (b == Esc)
        {
            _state = State.Escape;
        }
        else if (b < 0x80)
        {
            listener.Key(KeyDecoder.OfByte(b, KeyModifiers.None));
        }
        else
        {
            _state = State.Utf8;
            return Utf8(b);
        }

        return true;
    }

    private bool Utf8(byte b)
    {
        _sequence[_length++] = b;
        switch (Rune.DecodeFromUtf8(_sequence.AsSpan(0, _length), out Rune rune, out int used))
        {
            case System.Buffers.OperationStatus.NeedMoreData:
                return true;
            case System.Buffers.OperationStatus.Done:
                _state = State.Ground;
                listener.Key(KeyPress.Of(rune.Value, _alt));
                return true;
            default:
                _state = State.Ground;
                listener.Key(KeyPress.Of(Rune.ReplacementChar.Value, _alt));
                return used == _length;
        }
    }

    private bool AfterEscape(byte b)
    {
        switch (b)
        {
            case Esc:
                _state = State.DoubleEscape;
                return true;
            case (byte)'[':
                _state = State.Csi;
                return true;
            case (byte)'O':
                _state = State.Ss3;
                return true;
            case (byte)']' or (byte)'P' or (byte)'_':
                (_state, _introducer) = (State.StringStart, b);
                return true;
            case >= 0x80:
                (_state, _alt) = (State.Utf8, KeyModifiers.Alt);
                return false;
            default:
                _state = State.Ground;
                listener.Key(KeyDecoder.OfByte(b, KeyModifiers.Alt));
                return true;
        }
    }

    // Some terminals send ESC before the sequence of a key held with Alt.
    private bool AfterDoubleEscape(byte b)
    {
        if (b is (byte)'[' or (byte)'O')
        {
            _alt = KeyModifiers.Alt;
            _state = b == '[' ? State.Csi : State.Ss3;
            return true;
        }

        Press(Key.Escape, KeyModifiers.None);
        _start++;
        _state = State.Escape;
        if (b == Esc)
        {
            _state = State.DoubleEscape;
            return true;
        }

        return false;
    }

    // SS3 [1 ;] [modifiers] letter
    private bool Ss3(byte b)
    {
        if (b is (>= (byte)'0' and <= (byte)'9') or (byte)';' && _length < MaxSequence)
        {
            _sequence[_length++] = b;
            return true;
        }

        _state = State.Ground;
        _ = InputParameters.TryParse(_sequence.AsSpan(0, _length), out InputParameters parameters);
        if (KeyDecoder.TryOfSs3(b, parameters.Get(parameters.Has(1) ? 1 : 0), _alt, out KeyPress press))
        {
            listener.Key(press);
            return true;
        }

        PressAlt('O');
        for (int i = 0; i < _length; i++)
        {
            listener.Key(KeyPress.Of(_sequence[i]));
        }

        return false;
    }

    private bool Csi(byte b)
    {
        switch (b)
        {
            case >= 0x20 and < 0x40 when _length < MaxSequence:
                _sequence[_length++] = b;
                return true;
            case >= 0x20 and < 0x40:
                PressEscapeBefore();
                _state = State.LongCsi;
                return true;
            case (byte)'[' when _length == 0:
                _state = State.LinuxFunction;
                return true;
            case (byte)'M' when _length == 0:
                (_state, _mouseLead) = (State.Mouse, 0);
                return true;
            case >= 0x40 and < 0x7F:
                _state = State.Ground;
                Finish(b);
                return true;
            default:
                _state = State.Ground;
                if (_length == 0)
                {
                    PressAlt('[');
                }

                return false;
        }
    }

    private bool LongCsi(byte b)
    {
        _state = b is >= 0x20 and < 0x40 ? State.LongCsi : State.Ground;
        return b is >= 0x20 and < 0x7F;
    }

    // The Linux console's F1–F5 are CSI [ A to CSI [ E.
    private bool LinuxFunction(byte b)
    {
        _state = State.Ground;
        if (b is >= (byte)'A' and <= (byte)'E')
        {
            Press(Key.F1 + (b - 'A'), _alt);
            return true;
        }

        PressAlt('[');
        listener.Key(KeyPress.Of('['));
        return false;
    }

    private void Finish(byte final)
    {
        ReadOnlySpan<byte> body = _sequence.AsSpan(0, _length);
        bool isPlain = InputParameters.TryParse(body, out InputParameters parameters) && parameters is { Prefix: 0, Intermediate: 0 };
        if (isPlain && final == '~' && parameters.Get(0) is 200 or 201)
        {
            if (parameters.Get(0) == 200)
            {
                PressEscapeBefore();
                _paste.Begin();
                _state = State.Paste;
            }
        }
        else if (isPlain && final is (byte)'I' or (byte)'O' && parameters.Count == 0)
        {
            PressEscapeBefore();
            listener.Focus(final == 'I');
        }
        else if (final is (byte)'M' or (byte)'m' && parameters is { Prefix: (byte)'<', Intermediate: 0 })
        {
            PressEscapeBefore();
            listener.Mouse(MouseDecoder.OfSgr(parameters, final));
        }
        else if (isPlain && final == 'M' && parameters.Has(2))
        {
            PressEscapeBefore();
            listener.Mouse(MouseDecoder.Of(parameters.Get(0), parameters.Get(1), parameters.Get(2)));
        }
        else if (isPlain && TryKey(parameters, final, out KeyPress press))
        {
            listener.Key(press);
        }
        else
        {
            PressEscapeBefore();
            _sequence[Math.Min(_length, MaxSequence - 1)] = final;
            listener.Reply(new TerminalReply
            {
                Kind = ReplyDecoder.KindOf(parameters, final),
                Numbers = parameters.Numbers,
                Text = _sequence.AsSpan(0, Math.Min(_length + 1, MaxSequence)),
                IsPrivate = parameters.Prefix == '?',
            });
        }
    }

    private bool TryKey(in InputParameters parameters, byte final, out KeyPress press)
    {
        switch (final)
        {
            case (byte)'u':
                return KeyDecoder.TryOfKitty(parameters, _alt, out press);
            case (byte)'~' or (byte)'^' or (byte)'@':
                return KeyDecoder.TryOfNumber(parameters, final, _alt, out press);
            case (byte)'R' when ExpectsCursorPosition || parameters.Get(0, 0, 1) != 1 || parameters.Get(1, 0, 1) > 16:
                press = default;
                return false;
            default:
                return KeyDecoder.TryOfLetter(parameters, final, _alt, out press);
        }
    }

    // CSI M, then code, column and row, each plus 32. xterm sends NUL for a position that no byte can say.
    private bool Mouse(byte b)
    {
        if (b is > 0 and < 0x20)
        {
            _state = State.Ground;
            return false;
        }

        if (MouseEncoding == MouseEncoding.Utf8 && _mouseLead == 0 && b is >= 0xC2 and < 0xE0)
        {
            _mouseLead = b;
            return true;
        }

        int value = _mouseLead != 0 && (b & 0xC0) == 0x80 ? ((_mouseLead & 0x1F) << 6) | (b & 0x3F) : b == 0 ? 256 : b;
        _mouseLead = 0;
        BitConverter.TryWriteBytes(_sequence.AsSpan(2 * _length++), (ushort)value);
        if (_length == 3)
        {
            _state = State.Ground;
            PressEscapeBefore();
            listener.Mouse(MouseDecoder.Of(MouseValue(0), MouseValue(1) - 32, MouseValue(2) - 32));
        }

        return true;
    }

    private int MouseValue(int index) => BitConverter.ToUInt16(_sequence, 2 * index);

    // A string that begins as no reply does was Alt and a character.
    private bool StringStart(byte b)
    {
        bool isReply = _introducer switch
        {
            (byte)']' => b is (>= (byte)'0' and <= (byte)'9') or (byte)'l' or (byte)'L',
            (byte)'P' => b is (>= (byte)'0' and <= (byte)'9') or (byte)'>' or (byte)'!',
            _ => b == 'G',
        };
        _state = isReply ? State.String : State.Ground;
        if (!isReply)
        {
            PressAlt(_introducer);
        }

        return false;
    }

    // Controls never come in replies: any of them gets out of a string that does not end.
    private bool InString(byte b)
    {
        if (b == Esc)
        {
            _state = State.StringEnd;
        }
        else if (b == Bell && _introducer == ']')
        {
            FinishString();
        }
        else if (b < 0x20)
        {
            _state = State.Ground;
            return false;
        }
        else if (_length < MaxString)
        {
            if (_length == _string.Length)
            {
                Array.Resize(ref _string, Math.Max(256, 2 * _length));
            }

            _string[_length++] = b;
        }
        else
        {
            _length = MaxString + 1;
        }

        return true;
    }

    private bool StringEnd(byte b)
    {
        if (b == '\\')
        {
            FinishString();
            return true;
        }

        (_state, _length, _start) = (State.Escape, 0, _position - 1);
        return false;
    }

    private void FinishString()
    {
        _state = State.Ground;
        if (_length <= MaxString)
        {
            ReplyDecoder.Send(_introducer, _string.AsSpan(0, _length), listener);
        }

        if (_string.Length > KeptString)
        {
            _string = [];
        }
    }

    // Only keys are sent with ESC before them for Alt: before anything else it was a key by itself.
    private void PressEscapeBefore()
    {
        if (_alt != KeyModifiers.None)
        {
            Press(Key.Escape, KeyModifiers.None);
        }
    }

    private void PressAlt(int character)
    {
        PressEscapeBefore();
        listener.Key(KeyPress.Of(character, KeyModifiers.Alt));
    }

    private void Press(Key key, KeyModifiers modifiers) => listener.Key(KeyPress.Of(key, modifiers));
}
