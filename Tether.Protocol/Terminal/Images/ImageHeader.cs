namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// The size that the first bytes of a PNG (its IHDR), GIF (its logical screen) or JPEG (its frame header, SOF) tell; fed byte by byte, as
/// base64 or plain.
/// </summary>
internal struct ImageHeader
{
    private const ulong PngSignature = 0x89504E470D0A1A0A;
    private const uint Ihdr = 0x49484452;

    // The last eight bytes, and how many there were.
    private ulong _window;
    private int _offset;
    private bool _isJpeg;
    private bool _isGif;
    private JpegPart _jpeg;

    // Bytes of a JPEG segment to pass over, or still to come of its frame header.
    private int _left;

    // Of base64: bits not yet a byte, and their number.
    private int _bits;
    private int _bitCount;

    private enum JpegPart : byte
    {
        Marker,
        Code,
        Length,
        Segment,
        FrameLength,
        Frame,
    }

    public PixelSize Size { get; private set; }

    /// <summary>No more bytes are needed: the size is known, or never will be.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Takes base64; what is no letter of it is passed over.</summary>
    public void AddBase64(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length && !IsDone; i++)
        {
            int value = Sextet(text[i]);
            if (value < 0)
            {
                continue;
            }

            _bits = ((_bits << 6) | value) & 0xFFFF;
            _bitCount += 6;
            if (_bitCount >= 8)
            {
                _bitCount -= 8;
                Add((byte)(_bits >> _bitCount));
            }
        }
    }

    public void Add(byte b)
    {
        _window = (_window << 8) | b;
        _offset++;
        if (_isJpeg)
        {
            AddToJpeg(b);
            return;
        }

        switch (_offset)
        {
            case 2:
                _isJpeg = (ushort)_window == 0xFFD8;
                break;
            case 6:
                _isGif = (_window & 0xFFFFFFFFFFFF) is 0x474946383761 or 0x474946383961;
                break;
            case 8 when !_isGif && _window != PngSignature:
            case 16 when (uint)_window != Ihdr:
                IsDone = true;
                break;
            case 10 when _isGif:
                Finish((byte)(_window >> 24) | ((byte)(_window >> 16) << 8), (byte)(_window >> 8) | (b << 8));
                break;
            case 24:
                Finish((uint)(_window >> 32), (uint)_window);
                break;
        }
    }

    // FF code, then, but for codes that stand alone, a length of two bytes that counts itself, and the segment.
    private void AddToJpeg(byte b)
    {
        switch (_jpeg)
        {
            case JpegPart.Marker:
                _jpeg = b == 0xFF ? JpegPart.Code : JpegPart.Marker;
                break;
            case JpegPart.Code:
                TakeCode(b);
                break;
            case JpegPart.Length or JpegPart.FrameLength:
                if (--_left == 0)
                {
                    bool isFrame = _jpeg == JpegPart.FrameLength;
                    _left = isFrame ? 5 : (ushort)_window - 2;
                    _jpeg = isFrame ? JpegPart.Frame : _left > 0 ? JpegPart.Segment : JpegPart.Marker;
                }

                break;
            case JpegPart.Segment:
                _jpeg = --_left == 0 ? JpegPart.Marker : JpegPart.Segment;
                break;
            case JpegPart.Frame when --_left == 0:
                // Precision, height, width.
                Finish((ushort)_window, (ushort)(_window >> 16));
                break;
        }
    }

    private void TakeCode(byte code)
    {
        _left = 2;
        switch (code)
        {
            case 0xFF:
                break;
            case 0x01 or (>= 0xD0 and <= 0xD8):
                _jpeg = JpegPart.Marker;
                break;
            case 0xD9 or 0xDA:
                IsDone = true;
                break;
            case >= 0xC0 and <= 0xCF when code is not (0xC4 or 0xC8 or 0xCC):
                _jpeg = JpegPart.FrameLength;
                break;
            default:
                _jpeg = JpegPart.Length;
                break;
        }
    }

    private void Finish(long width, long height)
    {
        Size = PixelSize.Of(width, height);
        IsDone = true;
    }

    private static int Sextet(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };
}
