using System.Runtime.InteropServices;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Connection;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>
/// Waits for a daemon after the last one went, starting one if nobody else does, until one has let us in again or too much time has passed. The person may
/// leave by the chord or Ctrl-C once they have been told so; until then keys are left to the terminal's queue. All other keys are for the program.
/// </summary>
internal sealed class Reconnection(TerminalDevice terminal, SignalWaker signals, EscapeChord chord)
{
    private const int QuietMilliseconds = 300;
    private const int RetryMilliseconds = 50;
    private const int GiveUpMilliseconds = 30_000;
    private const byte CtrlC = 3;

    private readonly long _started = Environment.TickCount64;
    private readonly List<byte> _typed = [];
    private bool _isShown;

    /// <summary>Keys that were typed since the last time and belong to the program.</summary>
    public byte[] TakeTyped()
    {
        byte[] typed = [.. _typed];
        _typed.Clear();
        return typed;
    }

    /// <summary>What told this program to end instead, when <see cref="Open"/> gave nothing.</summary>
    public PosixSignal Told { get; private set; }

    /// <summary>The new connection; null when this program was told to end.</summary>
    /// <exception cref="TetherException">There was none for too long.</exception>
    public DaemonClient? Open()
    {
        while (true)
        {
            if (Wait(RetryMilliseconds) is { } signal)
            {
                Told = signal;
                return null;
            }

            var elapsed = Environment.TickCount64 - _started;
            if (elapsed >= QuietMilliseconds && !_isShown)
            {
                _isShown = true;
                var line = StopMark.Exists ? " the daemon was stopped; waiting for `tether start`   Ctrl-C leaves" : " reconnecting…   Ctrl-C leaves";
                terminal.Write(Overlay.Paint([line], terminal.Size));
            }

            if (elapsed >= GiveUpMilliseconds)
            {
                throw new TetherException(ExitCodes.NoDaemon,
                    $"no daemon for {GiveUpMilliseconds / 1000} s; sessions go on without one. `tether debug` checks what is wrong, `tether attach` comes back");
            }

            // Whoever stopped the daemon may be starting the next one this moment.
            var startsIt = elapsed >= QuietMilliseconds / 2 && !StopMark.Exists;
            try
            {
                if ((startsIt ? Connector.Open() : Connector.TryOpen()) is { } connection)
                {
                    return new DaemonClient(connection);
                }
            }
            catch (TetherException)
            {
                // A daemon that is just ending, or cannot start yet; tried again.
            }
        }
    }

    private PosixSignal? Wait(int milliseconds)
    {
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = signals.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = terminal.WaitDescriptor, Events = _isShown ? LibC.PollIn : (short)0 },
        };
        if (!Poller.Wait(entries, milliseconds))
        {
            return null;
        }

        while (signals.TryTake(out var signal))
        {
            if (signal is not (PosixSignal.SIGWINCH or PosixSignal.SIGCONT))
            {
                return signal;
            }
        }

        return entries[1].Returned != 0 ? Read() : null;
    }

    private PosixSignal? Read()
    {
        Span<byte> typed = stackalloc byte[256];
        var count = terminal.Read(typed);
        if (count == 0)
        {
            return PosixSignal.SIGHUP;
        }

        typed = typed[..Math.Max(count, 0)];
        if (typed.Contains(CtrlC) || new ChordMatcher(chord.Byte).Scan(typed, out _, out _))
        {
            return PosixSignal.SIGINT;
        }

        _typed.AddRange(typed);
        return null;
    }
}
