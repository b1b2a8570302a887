using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>Collects the output of History frames, as far as a limit.</summary>
internal sealed class HistoryPart(long from, int limit)
{
    private readonly MemoryStream _bytes = new();

    /// <summary>Where the bytes begin.</summary>
    public long From { get; private set; } = from;

    /// <summary>The offset behind the last byte.</summary>
    public long Next => From + _bytes.Length;

    public bool IsEmpty => _bytes.Length == 0;

    public byte[] Bytes => _bytes.ToArray();

    /// <summary>False once there is enough. What lies behind a hole is left for the next part.</summary>
    public bool Take(ReadOnlyMemory<byte> frame)
    {
        var rest = frame.Span[FrameHeader.Size..];
        while (JournalRecord.TryReadHead(rest, out var record) && rest.Length >= JournalRecord.HeadSize + record.Length)
        {
            var payload = rest.Slice(JournalRecord.HeadSize, record.Length);
            rest = rest[(JournalRecord.HeadSize + record.Length)..];
            if (record.Kind == JournalRecordKind.Output && !Add(record.Offset, payload))
            {
                return false;
            }
        }

        return true;
    }

    private bool Add(long offset, ReadOnlySpan<byte> payload)
    {
        if (IsEmpty)
        {
            From = offset;
        }
        else if (offset != Next)
        {
            return false;
        }

        _bytes.Write(payload[..(int)Math.Min(payload.Length, limit - _bytes.Length)]);
        return _bytes.Length < limit;
    }
}
