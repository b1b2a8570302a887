using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Tui.Dashboard.Tiles;

/// <summary>
/// A session's screen as far as this client has seen it: an emulator of our own, fed by one channel. It answers nobody.
/// </summary>
internal sealed class SessionReplica
{
    private TerminalEmulator? _coming;
    private bool _isAnswered;

    public SessionReplica(int channel, AttachMode mode, SessionRecord session)
    {
        (Channel, Mode) = (channel, mode);
        Emulator = NewEmulator(session.Columns, session.Rows, 0);
    }

    public int Channel { get; }

    public AttachMode Mode { get; set; }

    /// <summary>Another object once a snapshot with history, or the first one without it again, is here as a whole.</summary>
    public TerminalEmulator Emulator { get; private set; }

    /// <summary>True once a whole screen has come.</summary>
    public bool HasScreen { get; private set; }

    /// <summary>The session has ended: its last screen stays, and the channel is gone.</summary>
    public bool IsOver { get; set; }

    /// <summary>So many rows of history are asked for and not here as a whole; 0: none.</summary>
    public int AwaitedScrollback { get; private set; }

    /// <summary>True while the program has asked that nothing half-done be shown (mode 2026).</summary>
    public bool IsSynchronizing => Emulator.Modes.SynchronizedOutput;

    /// <summary>A snapshot with so many rows of history is asked for. Others may be on their way.</summary>
    public void AwaitScrollback(int rows) => (AwaitedScrollback, _isAnswered) = (rows, false);

    /// <summary>The next snapshot is the one with the history.</summary>
    public void ExpectScrollback() => _isAnswered = true;

    /// <summary>Takes a frame of its channel.</summary>
    public void Take(FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == FrameKind.Reset)
        {
            // For a terminal that is given back; the last screen stays.
            return;
        }

        var isHistory = AwaitedScrollback > 0 && _isAnswered;
        if (header.Kind == FrameKind.Snapshot)
        {
            var isKept = !isHistory && (AwaitedScrollback > 0 || Emulator.Options.ScrollbackRows == 0);
            _coming = isKept ? null : NewEmulator(Emulator.Columns, Emulator.Rows, isHistory ? AwaitedScrollback : 0);
        }

        var target = _coming ?? Emulator;
        target.Feed(payload);

        // A snapshot is one synchronized update, however many frames it takes.
        if (!target.Modes.SynchronizedOutput || header.Kind == FrameKind.Output)
        {
            AwaitedScrollback = _coming is not null && isHistory ? 0 : AwaitedScrollback;
            (Emulator, _coming, HasScreen) = (target, null, true);
        }
    }

    public void Resize(int columns, int rows)
    {
        Emulator.Resize(columns, rows);
        _coming?.Resize(columns, rows);
    }

    private static TerminalEmulator NewEmulator(int columns, int rows, int scrollback) =>
        new(new TerminalOptions { Columns = columns, Rows = rows, ScrollbackRows = scrollback }) { SuppressAnswers = true };
}
