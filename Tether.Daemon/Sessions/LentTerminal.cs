using System.Buffers;
using Tether.Daemon.Native;
using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// A viewer whose terminal the session's thread reads and writes itself: two wake-ups less per key than a client that relays.
/// Only a controller's terminal is lent. The descriptor is the daemon's own (opened anew), so that O_NONBLOCK does not leak into the user's shell.
/// </summary>
internal sealed unsafe class LentTerminal : Viewer
{
    // A terminal that is not read for long is told no more than this of what it missed.
    private const int MostAlerts = 8;

    private readonly Session _session;
    private readonly TerminalDevice _device;
    private readonly byte[] _input = new byte[16 * 1024];
    private ArrayBufferWriter<byte>? _painting;
    private int _painted;
    private readonly ColorInquiry _colors;
    private readonly Queue<byte[]> _alerts = new();
    private ChordMatcher _chord;
    private bool _isWriteBlocked;
    private bool _isReadPaused;
    private bool _isSuspended;
    private bool _isHungUp;
    private bool _isClosed;

    public LentTerminal(int id, ClientConnection client, int channel, Session session, TerminalDevice device, byte chord, bool asksColors)
        : base(id, client, channel)
    {
        _session = session;
        _device = device;
        _chord = new ChordMatcher(chord);
        _colors = new ColorInquiry(asksColors);
        _session.Poller.Add(device.Descriptor, id, read: true, write: false);
    }

    public override string Sink => "terminal";

    public override void Repaint(int scrollbackRows)
    {
        var painting = new ArrayBufferWriter<byte>(16 * 1024);
        _session.Painter.Write(painting, scrollbackRows);
        (_painting, _painted) = (painting, 0);
        Cursor = _session.Output.PaintedUpTo;
        Deliver();
    }

    public override void Deliver()
    {
        if (_isClosed || _isHungUp || _isSuspended || _isWriteBlocked || !ContinuePainting())
        {
            return;
        }

        var cursor = Cursor;
        while (true)
        {
            if (!_session.Output.Has(cursor))
            {
                Repaint(0);
                return;
            }

            var piece = _session.Output.Next(ref cursor);
            if (piece.IsEmpty)
            {
                break;
            }

            if (!Write(piece, out var count))
            {
                break;
            }

            cursor += count;
        }

        Cursor = cursor;
        ShowAlerts();
    }

    public override void Alert(AlertNotice alert)
    {
        if (!DesktopAlert.IsSequence(Alerts))
        {
            Tell(alert);
        }
        else if (_alerts.Count < MostAlerts)
        {
            _alerts.Enqueue(DesktopAlert.Encode(Alerts!, alert.Item, alert.Title, alert.Text));
            Deliver();
        }
    }

    /// <summary>The terminal is ready for something.</summary>
    public void Handle(in Readiness ready)
    {
        if (ready.CanRead)
        {
            ReadInput();
        }
        else if (ready.HungUp)
        {
            HangUp();
        }

        if (ready.CanWrite)
        {
            ContinueWriting();
        }
    }

    public override void Finish()
    {
        _isSuspended = false;
        Deliver();
        Reset();
    }

    private void ContinueWriting()
    {
        _isWriteBlocked = false;
        Watch();
        Deliver();
    }

    private void ReadInput()
    {
        if (_isClosed || _isSuspended || _isReadPaused)
        {
            return;
        }

        int count;
        IoOutcome outcome;
        fixed (byte* buffer = _input)
        {
            outcome = Descriptors.Read(_device.Descriptor, buffer, _input.Length, out count);
        }

        if (outcome == IoOutcome.HungUp)
        {
            HangUp();
            return;
        }

        var isAsking = _colors.IsOpen;
        var typed = _colors.Take(_input.AsSpan(0, count));
        if (isAsking && !_colors.IsOpen)
        {
            base.Learned(_session, _colors.Colors);
            Tell(new ColorsAnsweredNotice { Channel = Channel, Colors = _colors.Colors });
        }

        if (_colors.IsHolding)
        {
            _session.Deadlines.After(ColorInquiry.Patience, LetGo);
        }

        if (_colors.MustAsk)
        {
            Repaint(0);
        }

        TakeTyped(typed);
    }

    // Its client has read the answer, while the menu was open.
    public override void Learned(Session session, int[]? colors)
    {
        _colors.Close();
        base.Learned(session, colors);
    }

    private void LetGo()
    {
        if (!_isClosed && !_isSuspended && _colors.IsHolding)
        {
            TakeTyped(_colors.LetGo());
        }
    }

    private void TakeTyped(ReadOnlySpan<byte> typed)
    {
        if (typed.IsEmpty)
        {
            return;
        }

        if (_chord.Scan(typed, out var start, out var length))
        {
            _session.Type(this, typed[..start]);
            Suspend();
            Tell(new ChordNotice { Channel = Channel, Rest = typed[(start + length)..].ToArray() });
            return;
        }

        _session.Type(this, typed);
        if (_session.IsInputBacklogged)
        {
            _isReadPaused = true;
            Watch();
        }
    }

    /// <summary>The program has read what waited.</summary>
    public void ContinueReading()
    {
        if (_isReadPaused)
        {
            _isReadPaused = false;
            Watch();
        }
    }

    /// <summary>The client's menu is closed: the terminal is read and written again.</summary>
    public void Resume(bool redraw)
    {
        _isSuspended = false;
        Watch();
        if (redraw)
        {
            Repaint(0);
        }
        else
        {
            Deliver();
        }
    }

    public override void Reset()
    {
        if (_isClosed)
        {
            return;
        }

        var reset = new ArrayBufferWriter<byte>();
        _session.Painter.WriteReset(reset);
        _device.WriteLast(reset.WrittenSpan);
    }

    public override void Close(bool isClientGone)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _painting = null;
        _session.Poller.Remove(_device.Descriptor);
        if (isClientGone)
        {
            _device.RestoreSettings();
        }

        _device.Dispose();
    }

    private void Suspend()
    {
        _session.Type(this, _colors.LetGo());
        _isSuspended = true;
        Watch();
    }

    private bool ContinuePainting()
    {
        while (_painting is { } painting)
        {
            if (!Write(painting.WrittenSpan[_painted..], out var count))
            {
                return false;
            }

            _painted += count;
            if (_painted == painting.WrittenCount)
            {
                _painting = null;
                AskColors();
            }
        }

        return true;
    }

    // Right behind a whole screen no sequence is unfinished.
    private void AskColors()
    {
        if (_colors.MustAsk)
        {
            _colors.Begin();
            (_painting, _painted) = (new ArrayBufferWriter<byte>(ColorInquiry.Questions.Length), 0);
            _painting.Write(ColorInquiry.Questions);
        }
    }

    // As a piece of the painting: what the terminal does not take at once goes out before any other output.
    private void ShowAlerts()
    {
        while (!_isWriteBlocked && Cursor >= _session.Output.End && _session.Output.IsWhole && _alerts.TryDequeue(out var alert))
        {
            (_painting, _painted) = (new ArrayBufferWriter<byte>(alert.Length), 0);
            _painting.Write(alert);
            ContinuePainting();
        }
    }

    private bool Write(ReadOnlySpan<byte> bytes, out int count)
    {
        var outcome = Descriptors.Write(_device.Descriptor, bytes, out count);
        if (outcome == IoOutcome.WouldBlock)
        {
            _isWriteBlocked = true;
            Watch();
        }

        return outcome == IoOutcome.Done;
    }

    // The terminal's window is gone; its client hears it too and will leave.
    private void HangUp()
    {
        _isHungUp = true;
        _session.Poller.Remove(_device.Descriptor);
    }

    private void Watch()
    {
        if (!_isClosed && !_isHungUp)
        {
            _session.Poller.Change(_device.Descriptor, Id, read: !_isSuspended && !_isReadPaused, write: _isWriteBlocked && !_isSuspended);
        }
    }
}
