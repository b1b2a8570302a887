using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>
/// A session's screen as far as this client has seen it: an emulator of our own, fed by one channel. It answers nobody.
/// </summary>
internal sealed class SessionReplica(int channel, AttachMode mode, SessionRecord session)
{
    /// <summary>The format of captures that <see cref="Paint"/> takes.</summary>
    public const string CaptureFormat = "vt";

    public int Channel => channel;

    public AttachMode Mode { get; set; } = mode;

    public TerminalEmulator Emulator { get; } = NewEmulator(session.Columns, session.Rows, 0);

    /// <summary>True once a whole screen has come.</summary>
    public bool HasScreen { get; private set; }

    /// <summary>The session has ended: its last screen stays, and the channel is gone.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True while the program has asked that nothing half-done be shown (mode 2026).</summary>
    public bool IsSynchronizing => Emulator.Modes.SynchronizedOutput;

    /// <summary>A session as it was at one moment.</summary>
    /// <param name="captured">In <see cref="CaptureFormat"/>.</param>
    /// <param name="scrollback">Rows of history that were asked for.</param>
    public static TerminalEmulator Paint(CaptureReply captured, int scrollback)
    {
        var emulator = NewEmulator(captured.Columns, captured.Rows, scrollback);
        emulator.Feed(Encoding.UTF8.GetBytes(captured.Text));
        return emulator;
    }

    /// <summary>Takes a frame of its channel.</summary>
    public void Take(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == FrameKind.Reset)
        {
            // For a terminal that is given back; the last screen stays.
            return;
        }

        Emulator.Feed(payload);

        // A snapshot is one synchronized update, however many frames it takes.
        HasScreen |= !IsSynchronizing || header.Kind == FrameKind.Output;
    }

    public void Resize(int columns, int rows) => Emulator.Resize(columns, rows);

    /// <summary>The session has ended.</summary>
    public void End() => (IsOver, Mode) = (true, AttachMode.Observe);

    private static TerminalEmulator NewEmulator(int columns, int rows, int scrollback) =>
        new(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = scrollback }) { SuppressAnswers = true };
}
