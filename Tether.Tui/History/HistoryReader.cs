using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.History;

/// <summary>Takes one record of a journal; the payload lasts as long as the call.</summary>
internal delegate void RecordTaker(JournalRecord record, ReadOnlySpan<byte> payload);

/// <summary>Reads a session's journal from the daemon.</summary>
internal static class HistoryReader
{
    /// <summary>Gives every record from an offset on, in order. Where the journal ends now, and what of it is still kept.</summary>
    public static HistoryReply Read(DaemonClient daemon, string session, long from, RecordTaker take)
    {
        var others = daemon.Unasked;
        var id = 0;
        daemon.Unasked = incoming =>
        {
            if (incoming.Message is null && incoming.Header.Kind == FrameKind.History && incoming.Header.Channel == id)
            {
                Divide(incoming.Payload.Span, take);
            }
            else
            {
                others?.Invoke(incoming);
            }
        };
        try
        {
            id = daemon.Send(new HistoryRequest { Session = session, From = from });
            return daemon.Answer<HistoryReply>(id);
        }
        finally
        {
            daemon.Unasked = others;
        }
    }

    /// <summary>Divides the payload of a History frame into records.</summary>
    public static void Divide(ReadOnlySpan<byte> payload, RecordTaker take)
    {
        while (JournalRecord.TryReadHead(payload, out var record) && payload.Length >= JournalRecord.HeadSize + record.Length)
        {
            take(record, payload.Slice(JournalRecord.HeadSize, record.Length));
            payload = payload[(JournalRecord.HeadSize + record.Length)..];
        }
    }
}
