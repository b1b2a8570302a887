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

    private SessionReplica(int columns, int rows, int scrollback) => Emulator = NewEmulator(columns, rows, scrollback);

    /// <summary>The format of captures that <see cref="OfCapture"/> takes.</summary>
    public const string CaptureFormat = "vt";

    /// <summary>A screen as it was at one moment, and will stay.</summary>
    /// <param name="captured">What the daemon gave.</param>
    /// <param name="scrollback">Rows of history that it may hold above the screen.</param>
    public static SessionReplica OfCapture(CaptureReply captured, int scrollback = 0)
    {
        var replica = new SessionReplica(captured.Columns, captured.Rows, scrollback) { IsOver = true, HasScreen = true };
        replica.Emulator.Feed(Encoding.UTF8.GetBytes(captured.Text));
        return replica;
    }

    public int Channel { get; }

    /// <summary>The session has ended; nothing comes any more.</summary>
    public bool IsOver { get; private set; }

    public AttachMode Mode { get; set; }

    public TerminalEmulator Emulator { get; }

    /// <summary>True once a screen has come.</summary>
    public bool HasScreen { get; private set; }

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

        Emulator.Feed(payload);
        HasScreen = true;
    }

    /// <summary>The session has ended.</summary>
    public void End() => (IsOver, Mode) = (true, AttachMode.Observe);

    public void Resize(int columns, int rows) => Emulator.Resize(columns, rows);

    private static TerminalEmulator NewEmulator(int columns, int rows, int scrollback) =>
        new(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = scrollback }) { SuppressAnswers = true };
}
