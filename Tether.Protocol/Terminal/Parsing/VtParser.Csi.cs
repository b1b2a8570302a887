using System.Runtime.CompilerServices;
namespace Tether.Protocol.Terminal.Parsing;

/// <content>CSI, and the head of a DCS, which has the same form.</content>
internal partial struct VtParser
{
    private void BeginCsi(State state)
    {
        _state = state;
        _phase = CsiPhase.Entry;
        _value = 0;
        _hasDigits = false;
    }

    /// <summary>
    /// The commonest form in one loop: numbers between semicolons and a final byte, all of it in this input. Returns the offset after it, or
    /// 0, having changed nothing that counts, when it is anything else.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Plain<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        int count = 0;
        uint missing = 0;
        while (i < input.Length)
        {
            int start = i;
            int value = 0;
            int digit = input[i] - '0';
            while ((uint)digit <= 9)
            {
                value = Math.Min((value * 10) + digit, Sequence.MaxValue);
                if (++i == input.Length)
                {
                    return 0;
                }

                digit = input[i] - '0';
            }

            byte b = input[i++];
            bool isFinal = b is >= 0x40 and < 0x7F;
            if ((!isFinal && b != ';') || count == Sequence.MaxParameters)
            {
                return 0;
            }

            if (!isFinal || count > 0 || i - 1 > start)
            {
                _sequence.Set(count, value);
                missing |= (i - 1 == start ? 1u : 0) << count;
                count++;
            }

            if (isFinal)
            {
                _sequence.Count = count;
                _sequence.Missing = missing;
                _sequence.Final = b;
                _sequence.End = _base + i;
                _state = State.Ground;
                handler.Csi(in _sequence);
                return i;
            }
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
}
