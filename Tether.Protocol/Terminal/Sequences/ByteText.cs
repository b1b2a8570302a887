using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Writes ASCII and numbers into a small buffer that grows if it must: answers and snapshots.</summary>
internal ref struct ByteText(Span<byte> initial)
{
    private Span<byte> _bytes = initial;
    private int _length;

    public readonly ReadOnlySpan<byte> Bytes => _bytes[.._length];

    public void Add(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes[_length..]);
        _length += text.Length;
    }

    public void Add(byte b)
    {
        Reserve(1);
        _bytes[_length++] = b;
    }

    public void Add(int number)
    {
        Reserve(11);
        Utf8Formatter.TryFormat(number, _bytes[_length..], out int written);
        _length += written;
    }

    public void AddHex(int number, char format, int digits)
    {
        Reserve(8);
        Utf8Formatter.TryFormat(number, _bytes[_length..], out int written, new StandardFormat(format, (byte)digits));
        _length += written;
    }

    public void Add(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _bytes[_length..]);
    }

    private void Reserve(int count)
    {
        if (_length + count > _bytes.Length)
        {
            var larger = new byte[Math.Max(_length + count, _bytes.Length * 2)];
            _bytes[.._length].CopyTo(larger);
            _bytes = larger;
        }
    }
}
