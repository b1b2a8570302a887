using System.Numerics;

namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// How large a sixel image is, found while its data streams by; nothing of it is kept. As in xterm, pixels are square whatever aspect ratio
/// is asked for, only pixels that are set count, and raster attributes only make the image larger.
/// <code>
/// data   = 3F–7E: six pixels, the lowest bit on top | "$" to the left edge | "-" six pixels down
/// repeat = "!" count data
/// raster = '"' Pan ; Pad ; Ph ; Pv           (aspect ratio; width and height in pixels)
/// </code>
/// Everything else (colours, spaces) draws nothing.
/// </summary>
internal struct SixelMeter
{
    private const byte First = 0x3F;
    private const byte Last = 0x7E;
    private const int BandHeight = 6;

    private Part _part;
    private int _column;
    private int _top;
    private int _width;
    private int _height;

    // All sixels of the band, or-ed together.
    private int _band;

    // The number being read, which one it is, and those of a raster that count.
    private int _number;
    private int _index;
    private int _rasterWidth;

    private enum Part : byte
    {
        Data,
        Repeat,
        Raster,
    }

    /// <summary>The size so far. Call it last: it ends what is open.</summary>
    public PixelSize Finish()
    {
        EndParameters();
        EndBand();
        return PixelSize.Of(_width, _height);
    }

    public void Add(ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length; i++)
        {
            i = _part == Part.Data ? Draw(data, i) : i;
            if (i < data.Length)
            {
                Command(data[i]);
            }
        }
    }

    /// <summary>Plain pixels from offset <paramref name="i"/> on; returns the offset of the first other byte.</summary>
    private int Draw(ReadOnlySpan<byte> data, int i)
    {
        int column = _column;
        int width = _width;
        int band = _band;
        for (; i < data.Length && data[i] is >= First and <= Last; i++)
        {
            int pixels = data[i] - First;
            band |= column < PixelSize.Most ? pixels : 0;
            column = Math.Min(column + 1, PixelSize.Most);
            width = pixels != 0 && column > width ? column : width;
        }

        _column = column;
        _width = width;
        _band = band;
        return i;
    }

    private void Command(byte b)
    {
        if (_part != Part.Data && TakeParameter(b))
        {
            return;
        }

        int count = _part == Part.Repeat ? Math.Max(1, _number) : 1;
        EndParameters();
        switch (b)
        {
            case >= First and <= Last:
                Repeat(b - First, count);
                break;
            case (byte)'!':
                _part = Part.Repeat;
                break;
            case (byte)'"':
                _part = Part.Raster;
                break;
            case (byte)'$':
                _column = 0;
                break;
            case (byte)'-':
                EndBand();
                _column = 0;
                _top = Math.Min(_top + BandHeight, PixelSize.Most);
                break;
        }
    }

    private void Repeat(int pixels, int count)
    {
        _band |= _column < PixelSize.Most ? pixels : 0;
        _column = Math.Min(_column + count, PixelSize.Most);
        _width = pixels != 0 ? Math.Max(_width, _column) : _width;
    }

    private bool TakeParameter(byte b)
    {
        if (b is >= (byte)'0' and <= (byte)'9')
        {
            _number = Math.Min((_number * 10) + b - '0', PixelSize.Most + 1);
            return true;
        }

        if (b == ';' && _part == Part.Raster)
        {
            EndNumber();
            return true;
        }

        return b is (byte)' ' or (byte)'\r' or (byte)'\n';
    }

    private void EndNumber()
    {
        const int Width = 2;
        const int Height = 3;
        if (_index == Width)
        {
            _rasterWidth = _number;
        }
        else if (_index == Height && PixelSize.Of(_rasterWidth, _number) is { IsKnown: true } declared)
        {
            _width = Math.Max(_width, declared.Width);
            _height = Math.Max(_height, declared.Height);
        }

        _index = Math.Min(_index + 1, Height + 1);
        _number = 0;
    }

    private void EndParameters()
    {
        if (_part == Part.Raster)
        {
            EndNumber();
        }

        _part = Part.Data;
        _number = 0;
        _index = 0;
    }

    private void EndBand()
    {
        int bottom = _band == 0 ? 0 : _top + BitOperations.Log2((uint)_band) + 1;
        _height = Math.Max(_height, Math.Min(bottom, PixelSize.Most));
        _band = 0;
    }
}
