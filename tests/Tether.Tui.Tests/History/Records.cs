using System.Buffers.Binary;
using System.Text;
using Tether.Protocol.Wire;
using Tether.Tui.History;

namespace Tether.Tui.Tests.History;

/// <summary>A journal made up by a test; each record a tenth of a second after the one before.</summary>
internal sealed class Records
{
    private const long Step = 100_000;

    private readonly List<(JournalRecord Record, byte[] Payload)> _records = [];
    private long _offset;
    private long _time = 1_700_000_000_000_000;

    public Records Resize(int columns, int rows)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)columns);
        BinaryPrimitives.WriteUInt16LittleEndian(size.AsSpan(2), (ushort)rows);
        return Add(JournalRecordKind.Resize, size);
    }

    public Records Output(string text) => Output(Encoding.UTF8.GetBytes(text));

    public Records Output(byte[] bytes)
    {
        Add(JournalRecordKind.Output, bytes);
        _offset += bytes.Length;
        return this;
    }

    public Records Exit(int code)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(payload, code);
        return Add(JournalRecordKind.Exit, payload);
    }

    public void Give(RecordTaker take) => _records.ForEach(entry => take(entry.Record, entry.Payload));

    private Records Add(JournalRecordKind kind, byte[] payload)
    {
        _records.Add((new JournalRecord(kind, payload.Length, _offset, _time), payload));
        _time += Step;
        return this;
    }
}
