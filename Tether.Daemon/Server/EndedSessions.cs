using System.Buffers;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>
/// Attaching to a session that is over, perhaps since a moment ago: its last screen, what puts the terminal back, and its end, in the order in which a
/// client that was there would have had them.
/// </summary>
internal sealed class EndedSessions(SessionLookups lookups, SessionStart start)
{
    private const int FramePayload = 64 * 1024;

    public void Show(ClientConnection connection, AttachRequest request, string id)
    {
        if (lookups.FindRecord(id) is not { State: not SessionState.Running } record)
        {
            // It runs, but no longer here: this daemon ends. The client hears that its connection does, and asks the next one.
            connection.Close();
            return;
        }

        var channel = connection.Channels.NewChannel();
        var emulator = start.Reread(record);
        connection.Send(new AttachedReply { Re = request.Id, Channel = channel, Mode = AttachMode.Observe, Session = record });
        SendScreen(connection, channel, emulator, request);
        connection.Send(new ExitedNotice { Channel = channel, Session = record });
    }

    private static void SendScreen(ClientConnection connection, int channel, TerminalEmulator emulator, AttachRequest request)
    {
        var bytes = new ArrayBufferWriter<byte>(16 * 1024);
        SnapshotWriter.Write(emulator, bytes, new SnapshotOptions { ScrollbackRows = request.Scrollback, ClearScreen = !request.Replica, IsReplica = request.Replica });
        var kind = FrameKind.Snapshot;
        for (var sent = 0; sent < bytes.WrittenCount; sent += FramePayload)
        {
            Send(connection, kind, channel, emulator.Position, bytes.WrittenSpan[sent..Math.Min(bytes.WrittenCount, sent + FramePayload)]);
            kind = FrameKind.SnapshotContinued;
        }

        bytes.ResetWrittenCount();
        SnapshotWriter.WriteReset(emulator, bytes);
        Send(connection, FrameKind.Reset, channel, emulator.Position, bytes.WrittenSpan);
    }

    private static void Send(ClientConnection connection, FrameKind kind, int channel, long offset, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(kind, channel, offset, offset).Write(frame);
        payload.CopyTo(frame.AsSpan(FrameHeader.Size));
        connection.SendFrame(frame, static _ => { });
    }
}
