using System.Runtime.CompilerServices;

namespace Tether.Protocol.Terminal.Parsing;

/// <content>Ground: runs of ASCII, and UTF-8.</content>
internal partial struct VtParser
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                    int after = Plain(input, i + 1, ref handler);
                    if (after > 0)
                    {
                        i = after;
                        continue;
                    }

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
                handler.Execute(b, _base + i, _base + i + 1);
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Character<THandler>(ReadOnlySpan<byte> input, int i, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        int b = input[i];
        if (!IsUtf8)
        {
            Emit(b, _base + i, _base + i + 1, ref handler);
            return i + 1;
        }

        int after = handler.PrintText(input, i);
        if (after > i)
        {
            return after;
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

        if ((b & 0xF8) == 0xF0 && i + 3 < input.Length
            && (input[i + 1] & 0xC0) == 0x80 && (input[i + 2] & 0xC0) == 0x80 && (input[i + 3] & 0xC0) == 0x80)
        {
            int codePoint = ((b & 0x07) << 18) | ((input[i + 1] & 0x3F) << 12) | ((input[i + 2] & 0x3F) << 6) | (input[i + 3] & 0x3F);
            handler.Print(codePoint is < 0x10000 or > 0x10FFFF ? 0xFFFD : codePoint);
            return i + 4;
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
                Emit(valid ? _partial : 0xFFFD, _start, _base + i, ref handler);
                return i;
            }
        }

        return i;
    }

    private void Emit<THandler>(int codePoint, long start, long end, ref THandler handler)
        where THandler : struct, IVtHandler
    {
        if (codePoint >= 0xA0 || !HasC1)
        {
            handler.Print(codePoint);
            return;
        }

        _start = start;
        _sequence.Clear(start);
        Control((byte)codePoint, start, end, ref handler);
    }
}
