using System.Buffers;

namespace Tether.Protocol.Terminal.Parsing;

/// <content>The bodies of OSC, DCS, APC, PM and SOS.</content>
internal partial struct VtParser
{
    private void BeginString(ControlString kind, int limit)
    {
        _state = State.String;
        _kind = kind;
        _streams = false;
        _lookAhead = limit == 0 ? NeverAsked : kind switch
        {
            ControlString.Osc => OscLookAhead,
            ControlString.Dcs => 0,
            ControlString.Apc => 1,
            _ => NeverAsked,
        };
        _string.Begin(limit);
    }

    private void Take<THandler>(ReadOnlySpan<byte> part, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        if (_streams)
        {
            handler.StringPart(part);
            return;
        }

        if (_lookAhead >= 0)
        {
            int missing = Math.Min(_lookAhead - _string.Text.Length, part.Length);
            _string.Append(part[..missing]);
            part = part[missing..];
            if (_string.Text.Length < _lookAhead)
            {
                return;
            }

            _lookAhead = NeverAsked;
            _streams = handler.Streams(_kind, in _sequence, _string.Text);
            if (_streams)
            {
                handler.StringPart(_string.Text);
                handler.StringPart(part);
                return;
            }
        }

        _string.Append(part);
    }

    private readonly SearchValues<byte> Breaks => (IsUtf8, _kind) switch
    {
        (true, ControlString.Osc) => StringBreaks,
        (true, _) => DataBreaks,
        (false, ControlString.Sos) => EightBitBreaks,
        _ => EightBitStringBreaks,
    };

    private int Body<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        while (i < input.Length)
        {
            ReadOnlySpan<byte> rest = input[i..];
            int length = rest.IndexOfAny(Breaks);
            if (length < 0)
            {
                Take(rest, ref handler);
                return input.Length;
            }

            Take(rest[..length], ref handler);
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
                case Bell when _kind == ControlString.Osc || !IsUtf8:
                    EndString(StringTerminator.Bell, _base + i, ref handler);
                    return i;
                case EightBitTerminator when !IsUtf8:
                    EndString(StringTerminator.EightBit, _base + i, ref handler);
                    return i;
                case < 0x20 when _kind == ControlString.Osc || (!IsUtf8 && _kind != ControlString.Sos):
                    handler.ControlInString(_kind, in _sequence, b, _string.Text);
                    break;
                default:
                    Take([b], ref handler);
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
        if (_streams)
        {
            handler.StringEnd(in _sequence);
            return;
        }

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
