using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>
/// A session's screen as far as this client has seen it: an emulator of our own, fed by one channel. It answers nobody.
/// </summary>
internal sealed class SessionReplica
{
    public SessionReplica(int channel, AttachMode mode, SessionRecord session)
    {
        (Channel, Mode) = (channel, mode);
        Emulator = NewEmulator(session.Columns, session.Rows, 0);
    }

    private SessionReplica(int columns, int rows) => Emulator = NewEmulator(columns, rows, 0);

    /// <summary>The last screen of a session that has ended, as a capture with SGR holds it.</summary>
    public static SessionReplica OfCapture(CaptureReply captured)
    {
        var replica = new SessionReplica(captured.Columns, captured.Rows) { IsOver = true, HasScreen = true };
        replica.Emulator.Feed(Encoding.UTF8.GetBytes(captured.Text.TrimEnd('\n').Replace("\n", "\r\n", StringComparison.Ordinal)));
        return replica;
    }

    public int Channel { get; }

    /// <summary>The session has ended; nothing comes any more.</summary>
    public bool IsOver { get; private set; }

    public AttachMode Mode { get; set; }

    public TerminalEmulator Emulator { get; private set; }

    /// <summary>True once a screen has come.</summary>
    public bool HasScreen { get; private set; }

    /// <summary>The next snapshot brings so many rows of history along; 0: the screen alone.</summary>
    public int AwaitedScrollback { get; set; }

    /// <summary>True while the program has asked that nothing half-done be shown (mode 2026).</summary>
    public bool IsSynchronizing => Emulator.Modes.SynchronizedOutput;

    /// <summary>Takes a frame of its channel.</summary>
    public void Take(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == FrameKind.Reset)
        {
            // For a terminal that is given back; the last screen stays.
            return;
        }

        if (header.Kind == FrameKind.Snapshot && (AwaitedScrollback > 0 || Emulator.Options.ScrollbackRows > 0))
        {
            Emulator = NewEmulator(Emulator.Columns, Emulator.Rows, AwaitedScrollback);
            AwaitedScrollback = 0;
        }

        Emulator.Feed(payload);
        HasScreen = true;
    }

    /// <summary>The session has ended.</summary>
    public void End() => (IsOver, Mode) = (true, AttachMode.Observe);

    public void Resize(int columns, int rows) => Emulator.Resize(columns, rows);

    private static TerminalEmulator NewEmulator(int columns, int rows, int scrollback) =>
        new(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = scrollback }) { SuppressAnswers = true };
}
