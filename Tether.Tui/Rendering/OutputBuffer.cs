using System.Buffers.Text;
using System.Text;

namespace Tether.Tui.Rendering;

/// <summary>Bytes for the terminal, in one array that serves for every frame; it grows and is never given back.</summary>
internal sealed class OutputBuffer
{
    // Room for what is put in front when all is written.
    private const int Head = 32;

    private byte[] _bytes = new byte[4096];
    private int _start = Head;
    private int _end = Head;

    public int Length => _end - _start;

    /// <summary>Valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(_start, Length);

    public void Clear() => _start = _end = Head;

    public void Add(byte b)
    {
        Reserve(1);
        _bytes[_end++] = b;
    }

    public void Add(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(_end));
        _end += text.Length;
    }

    public void Add(int number)
    {
        Reserve(11);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_end), out var written);
        _end += written;
    }

    public void Add(Rune character)
    {
        Reserve(4);
        _end += character.EncodeToUtf8(_bytes.AsSpan(_end));
    }

    /// <summary><c>CSI number final</c>, where 1 is what the sequence means without a number.</summary>
    public void AddSequence(int number, char final)
    {
        Add("\e["u8);
        if (number != 1)
        {
            Add(number);
        }

        Add((byte)final);
    }

    /// <summary>In front of everything; 32 bytes in all.</summary>
    public void Prepend(ReadOnlySpan<byte> text)
    {
        _start -= text.Length;
        text.CopyTo(_bytes.AsSpan(_start));
    }

    /// <summary>
    /// Of two ways to say one thing, at <paramref name="first"/> and, behind it and up to the end, at <paramref name="second"/>, the shorter stays; the
    /// first where they are as long. Both are lengths from before each was written. True if the second stays.
    /// </summary>
    public bool KeepShorter(int first, int second)
    {
        var isShorter = Length - second < second - first;
        if (isShorter)
        {
            _bytes.AsSpan(_start + second, Length - second).CopyTo(_bytes.AsSpan(_start + first));
            _end -= second - first;
        }
        else
        {
            _end = _start + second;
        }

        return isShorter;
    }

    private void Reserve(int count)
    {
        if (_end + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_end + count, _bytes.Length * 2));
        }
    }
}
