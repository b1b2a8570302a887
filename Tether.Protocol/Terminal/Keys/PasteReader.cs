namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Cuts a bracketed paste into pieces of <see cref="InputDecoder.PieceSize"/> bytes, wherever the input is split, up to <c>CSI 201 ~</c>.
/// </summary>
internal sealed class PasteReader(IInputListener listener)
{
    private const byte Esc = 0x1B;

    private readonly byte[] _piece = new byte[InputDecoder.PieceSize];
    private int _length;
    private int _matched;

    private static ReadOnlySpan<byte> End => "\e[201~"u8;

    /// <summary>Forgets what has not been told of a paste.</summary>
    public void Begin() => _length = _matched = 0;

    /// <summary>Takes bytes up to the end mark; true when it came. <paramref name="used"/> is how many.</summary>
    public bool Read(ReadOnlySpan<byte> input, out int used)
    {
        used = 0;
        while (used < input.Length)
        {
            if (_matched == 0)
            {
                int mark = input[used..].IndexOf(Esc);
                int plain = mark < 0 ? input.Length - used : mark;
                Append(input.Slice(used, plain));
                used += plain;
                if (mark < 0)
                {
                    return false;
                }
            }

            if (input[used] != End[_matched])
            {
                Append(End[.._matched]);
                _matched = 0;
                continue;
            }

            used++;
            if (++_matched == End.Length)
            {
                listener.Paste(_piece.AsSpan(0, _length), isLast: true);
                return true;
            }
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            if (_length == _piece.Length)
            {
                listener.Paste(_piece, isLast: false);
                _length = 0;
            }

            int count = Math.Min(text.Length, _piece.Length - _length);
            text[..count].CopyTo(_piece.AsSpan(_length));
            _length += count;
            text = text[count..];
        }
    }
}
