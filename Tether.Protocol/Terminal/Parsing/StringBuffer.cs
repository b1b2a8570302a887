namespace Tether.Protocol.Terminal.Parsing;

/// <summary>Collects the text of one control string, up to a limit.</summary>
internal sealed class StringBuffer
{
    private const int KeptCapacity = 4096;

    private byte[] _bytes = [];
    private int _length;
    private int _limit;

    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    public void Begin(int limit)
    {
        if (_bytes.Length > KeptCapacity)
        {
            _bytes = [];
        }

        _length = 0;
        _limit = limit;
        Overflowed = false;
    }

    public void Append(ReadOnlySpan<byte> part)
    {
        int room = _limit - _length;
        if (part.Length > room)
        {
            Overflowed = true;
            part = part[..room];
        }

        if (_length + part.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + part.Length, Math.Max(64, _bytes.Length * 2)));
        }

        part.CopyTo(_bytes.AsSpan(_length));
        _length += part.Length;
    }
}
