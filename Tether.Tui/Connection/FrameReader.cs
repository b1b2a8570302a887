using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;

namespace Tether.Tui.Connection;

/// <summary>
/// Divides the local socket's stream into messages and frames. The caller fills <see cref="Space"/>, says how much, then reads until there is no more.
/// </summary>
internal sealed class FrameReader
{
    private const int InitialSize = 64 << 10;

    private byte[] _buffer = new byte[InitialSize];
    private int _start;
    private int _end;

    // What the first unfinished message needs in all, so that one growth is enough.
    private int _needed = LocalFrame.HeadSize;

    /// <summary>Where the next bytes go; never empty. Frames read before are void now.</summary>
    public Span<byte> Space()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if (_start + _needed > _buffer.Length || _end == _buffer.Length)
        {
            var target = _needed > _buffer.Length ? new byte[_needed] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, _end - _start);
        }

        return _buffer.AsSpan(_end);
    }

    public void Filled(int count) => _end += count;

    /// <exception cref="TetherException">The stream is no Tether protocol.</exception>
    public bool TryRead(out Incoming incoming)
    {
        incoming = default;
        var bytes = _buffer.AsMemory(_start, _end - _start);
        _needed = LocalFrame.HeadSize;
        if (bytes.Length < LocalFrame.HeadSize)
        {
            return false;
        }

        if (!LocalFrame.TryReadHead(bytes.Span, out var length, out var kind))
        {
            throw Nonsense();
        }

        _needed += length;
        if (bytes.Length < _needed)
        {
            return false;
        }

        var body = bytes[LocalFrame.HeadSize.._needed];
        _start += _needed;
        _needed = LocalFrame.HeadSize;
        incoming = Decode(kind, body);
        return true;
    }

    /// <summary>A message or frame from its bytes, for any transport.</summary>
    public static Incoming Decode(byte kind, ReadOnlyMemory<byte> body)
    {
        if (kind == LocalFrame.Json)
        {
            return Incoming.Of(HotDecoder.Decode(body.Span));
        }

        return FrameHeader.TryRead(body.Span, out var header) ? Incoming.Of(header, body[FrameHeader.Size..]) : throw Nonsense();
    }

    private static TetherException Nonsense() => new(ExitCodes.Failure,
        "the daemon sent something that is not this protocol; are `tether` and `tetherd` of the same version? (`tether restart` starts the one beside `tether`)");
}
