using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>Writes text and sequences to a buffer and remembers the pen, so that it changes only when it must.</summary>
internal struct SnapshotText(IBufferWriter<byte> output)
{
    private Style _style;
    private Hyperlink? _link;
    private bool _isProtected;

    public readonly void Add(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    public readonly void Add(int number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(11), out int written);
        output.Advance(written);
    }

    public readonly void AddCodePoint(int codePoint)
    {
        int written = new Rune(codePoint).EncodeToUtf8(output.GetSpan(4));
        output.Advance(written);
    }

    public readonly void AddString(string text) => output.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>CSI n final.</summary>
    public readonly void Csi(int number, char final)
    {
        Add("\e["u8);
        Add(number);
        AddCodePoint(final);
    }

    /// <summary>CUP to a 0-based position.</summary>
    public readonly void MoveTo(int row, int column)
    {
        Add("\e["u8);
        Add(row + 1);
        Add(";"u8);
        Add(column + 1);
        Add("H"u8);
    }

    public readonly void Mode(int number, bool isPrivate, bool on)
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
}
