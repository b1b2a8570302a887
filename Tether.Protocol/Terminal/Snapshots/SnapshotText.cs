using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Writes text and sequences and remembers the pen, so that it changes only when it must. The output gets them in pieces, the last one by
/// <see cref="Flush"/>.
/// </summary>
internal struct SnapshotText(IBufferWriter<byte> output)
{
    private const int PieceSize = 4096;
    private const ulong AsciiMask = 0x7F;

    private readonly byte[] _piece = new byte[PieceSize];
    private int _used;
    private Style _style;
    private Hyperlink? _link;
    private bool _isProtected;

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > PieceSize - _used)
        {
            Flush();
            if (bytes.Length > PieceSize)
            {
                output.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_piece.AsSpan(_used));
        _used += bytes.Length;
    }

    public void Add(int number)
    {
        Utf8Formatter.TryFormat(number, Reserve(11), out int written);
        _used += written;
    }

    public void AddCodePoint(int codePoint)
    {
        int written = new Rune(codePoint).EncodeToUtf8(Reserve(4));
        _used += written;
    }

    public void AddString(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a cell of ASCII and those behind it that are ASCII too and painted the same; returns how many.</summary>
    public int AddAscii(ReadOnlySpan<Cell> cells)
    {
        Span<byte> piece = Reserve(Math.Min(cells.Length, PieceSize));
        ulong paint = cells[0].Bits & ~AsciiMask;
        piece[0] = (byte)(cells[0].Bits & AsciiMask);
        int count = 1;
        for (; count < cells.Length && count < piece.Length; count++)
        {
            ulong bits = cells[count].Bits;
            if ((bits & ~AsciiMask) != paint || (bits & AsciiMask) < ' ')
            {
                break;
            }

            piece[count] = (byte)(bits & AsciiMask);
        }

        _used += count;
        return count;
    }

    public void Flush()
    {
        output.Write(_piece.AsSpan(0, _used));
        _used = 0;
    }

    /// <summary>CSI n final.</summary>
    public void Csi(int number, char final)
    {
        Add("\e["u8);
        Add(number);
        AddCodePoint(final);
    }

    /// <summary>CUP to a 0-based position.</summary>
    public void MoveTo(int row, int column)
    {
        Add("\e["u8);
        Add(row + 1);
        Add(";"u8);
        Add(column + 1);
        Add("H"u8);
    }

    public void Mode(int number, bool isPrivate, bool on)
    {
        Add(isPrivate ? "\e[?"u8 : "\e["u8);
        Add(number);
        Add(on ? "h"u8 : "l"u8);
    }

    /// <param name="style">The new pen.</param>
    /// <param name="always">Said also where it changes nothing.</param>
    public void SetStyle(in Style style, bool always = false)
    {
        if (style == _style && !always)
        {
            return;
        }

        _style = style;
        var text = new ByteText(stackalloc byte[96]);
        text.Add("\e["u8);
        if (!style.IsDefault)
        {
            SgrText.Write(ref text, style, colons: false);
        }

        text.Add((byte)'m');
        Add(text.Bytes);
    }

    public void SetLink(Hyperlink? link)
    {
        if (link == _link)
        {
            return;
        }

        _link = link;
        Add("\e]8;"u8);
        if (link is { Id.Length: > 0 })
        {
            Add("id="u8);
            AddString(link.Id);
        }

        Add(";"u8);
        AddString(link?.Uri ?? "");
        Add("\e\\"u8);
    }

    /// <summary>DECSCA.</summary>
    public void SetProtected(bool isProtected)
    {
        if (isProtected != _isProtected)
        {
            _isProtected = isProtected;
            Add(isProtected ? "\e[1\"q"u8 : "\e[0\"q"u8);
        }
    }

    public void ResetPen()
    {
        SetStyle(default);
        SetLink(null);
        SetProtected(false);
    }

    private Span<byte> Reserve(int count)
    {
        if (count > PieceSize - _used)
        {
            Flush();
        }

        return _piece.AsSpan(_used);
    }
}
