using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Tether.Testing.Wire;

/// <summary>
/// A session's journal as the `history` request tells it, checked while it is read: output records follow one another without a gap or
/// an overlap unless a hole says so.
/// </summary>
public sealed class JournalBytes
{
    private readonly List<byte> _output = [];

    /// <summary>The offset of the first byte that is still kept.</summary>
    public long First { get; private set; } = -1;

    public long End { get; private set; }

    public byte[] Output => [.. _output];

    public string Text => Encoding.UTF8.GetString(Output);

    public List<(int Columns, int Rows, long Offset)> Sizes { get; } = [];

    public List<(long From, long To)> Holes { get; } = [];

    public (int Code, int Signal)? Exit { get; private set; }

    public static async Task<JournalBytes> Read(Sandbox sandbox, string session)
    {
        ArgumentNullException.ThrowIfNull(sandbox);

        // Starts a daemon when none runs.
        await sandbox.Status();
        await using var peer = await Peer.Local(sandbox);
        return await Read(peer, session);
    }

    public static async Task<JournalBytes> Read(Peer peer, string session)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var journal = new JournalBytes();
        var before = peer.Arrivals.Count;
        var end = await peer.Ask("history", new JsonObject { ["session"] = session, ["from"] = 0 }, "history-end");
        var channel = end["re"]!.GetValue<int>();
        foreach (var arrival in peer.Arrivals.Skip(before))
        {
            if (arrival.Frame is { Kind: Frame.History } frame && frame.Channel == channel)
            {
                journal.Add(frame.Payload);
            }
        }

        journal.First = journal.First < 0 ? end["first"]!.GetValue<long>() : journal.First;
        return journal;
    }

    private void Add(ReadOnlySpan<byte> records)
    {
        const int headSize = 24;
        while (records.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(records);
            var offset = BinaryPrimitives.ReadInt64LittleEndian(records[8..]);
            var payload = records.Slice(headSize, length);
            switch (records[4])
            {
                case 1:
                    AddOutput(offset, payload);
                    break;
                case 2:
                    Sizes.Add((BinaryPrimitives.ReadUInt16LittleEndian(payload), BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]), offset));
                    break;
                case 3:
                    End = BinaryPrimitives.ReadInt64LittleEndian(payload);
                    Holes.Add((offset, End));
                    break;
                case 5:
                    Exit = (BinaryPrimitives.ReadInt32LittleEndian(payload), BinaryPrimitives.ReadInt32LittleEndian(payload[4..]));
                    break;
            }

            records = records[(headSize + length)..];
        }
    }

    private void AddOutput(long offset, ReadOnlySpan<byte> payload)
    {
        if (First < 0)
        {
            First = End = offset;
        }

        if (offset != End)
        {
            throw new InvalidOperationException($"the journal's output jumps from offset {End} to {offset}");
        }

        _output.AddRange(payload);
        End += payload.Length;
    }
}
