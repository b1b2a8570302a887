using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Native;

namespace Tether.Tui.Attach;

/// <summary>
/// One attachment, from the request to its end. A single loop waits for the daemon, signals and, where they are ours to read, keys; everything
/// here belongs to it.
/// </summary>
internal sealed class Visit(AttachContext context, AttachedReply attached, AttachPlan plan)
{
    private const int MessageMilliseconds = 4000;

    private readonly SessionScreen _screen = ScreenChoice.For(context, attached);
    private readonly ResizeThrottle _resizes = new();
    private readonly byte[] _keys = new byte[64 << 10];
    private ChordMatcher _matcher = new(context.Settings.Chord.Byte);
    private SessionRecord _session = attached.Session;
    private Menu? _menu;
    private long _messageUntil;
    private bool _isOrderly;
    private VisitEnd? _end;

    /// <summary>Runs until something ends it. The terminal shows no trace of this screen then, except after <see cref="VisitEnd.Lost"/>.</summary>
    public VisitEnd Run()
    {
        try
        {
            ShowMessage(plan.Message);
            while (_end is null)
            {
                TakeFromDaemon();
                if (_end is null)
                {
                    WaitForAnything();
                }
            }

            Leave(_end);
            return _end;
        }
        catch
        {
            _screen.Leave(isOrderly: false);
            throw;
        }
    }

    private void WaitForAnything()
    {
        var readsKeys = _screen.ReadsKeys || _menu is not null;
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = context.Daemon.Connection.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = context.Signals.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = readsKeys ? context.Terminal.WaitDescriptor : -1, Events = LibC.PollIn },
        };
        Poller.Wait(entries, NextTick());

        // Keys first: a flood of output must not hold a key back.
        if (entries[2].Returned != 0)
        {
            TakeKeys();
        }

        while (_end is null && context.Signals.TryTake(out var signal))
        {
            TakeSignal(signal);
        }

        if (_end is null && entries[0].Returned != 0 && !context.Daemon.Connection.Fill())
        {
            _end = new VisitEnd.Lost();
        }

        Tick();
    }

    private int NextTick()
    {
        var message = _messageUntil == 0 ? -1 : (int)Math.Max(0, _messageUntil - Environment.TickCount64);
        var next = -1;
        foreach (var tick in (ReadOnlySpan<int>)[message, _screen.NextTick, _menu?.NextTick ?? -1, _resizes.NextTick])
        {
            next = tick < 0 ? next : next < 0 ? tick : Math.Min(tick, next);
        }

        return next;
    }

    private void Tick()
    {
        _screen.Tick();
        _menu?.Tick();
        if (_messageUntil != 0 && Environment.TickCount64 >= _messageUntil)
        {
            HideMessage();
        }

        if (_resizes.TakeDue())
        {
            SendSize();
        }
    }

    private void TakeFromDaemon()
    {
        while (_end is null && context.Daemon.Connection.TryRead(out var incoming))
        {
            if (incoming.Message is { } message)
            {
                TakeMessage(message);
            }
            else if (incoming.Header.Channel == attached.Channel)
            {
                _isOrderly = incoming.Header.Kind == FrameKind.Reset;
                _screen.Show(incoming.Header, incoming.Payload.Span);
            }
        }
    }

    private void TakeMessage(Message message)
    {
        if (message is ChannelNotice notice && notice.Channel != attached.Channel)
        {
            return;
        }

        switch (message)
        {
            case ChordNotice chord:
                OpenMenu(chord.Rest);
                break;
            case ControlNotice control:
                _end = ControlChange.Answer(control, plan, attached, context.Settings.Chord);
                break;
            case ResizedNotice resized:
                _session = _session with { Columns = resized.Columns, Rows = resized.Rows };
                CheckFit();
                break;
            case TextNotice text:
                ShowMessage(text.Text);
                break;
            case ExitedNotice exited:
                (_isOrderly, _end) = (_isOrderly || attached.Lent, new VisitEnd.Exited(exited.Session));
                break;
        }
    }

    private void TakeSignal(PosixSignal signal)
    {
        switch (signal)
        {
            case PosixSignal.SIGWINCH:
                _resizes.Note();
                break;
            case PosixSignal.SIGCONT:
                context.Terminal.EnterRawMode();
                Tell(new RedrawRequest());
                break;
            default:
                _end = new VisitEnd.Terminated(signal);
                break;
        }
    }

    private void TakeKeys()
    {
        var count = context.Terminal.Read(_keys);
        if (count == 0)
        {
            _end = new VisitEnd.Terminated(PosixSignal.SIGHUP);
            return;
        }

        var typed = _keys.AsSpan(0, Math.Max(count, 0));
        if (_menu is not null)
        {
            ChooseFrom(typed);
        }
        else if (_matcher.Scan(typed, out var start, out var length))
        {
            Type(typed[..start]);
            OpenMenu(typed[(start + length)..]);
        }
        else
        {
            Type(typed);
        }
    }

    private void Type(ReadOnlySpan<byte> typed)
    {
        HideMessageOnKey(typed);
        if (!_screen.Types)
        {
            _screen.TakeKeys(typed);
            return;
        }

        const int Piece = FrameHeader.MaxFrame / 2;
        for (; !typed.IsEmpty; typed = typed[Math.Min(Piece, typed.Length)..])
        {
            var piece = typed[..Math.Min(Piece, typed.Length)];
            context.Daemon.Connection.SendFrame(new FrameHeader(FrameKind.Input, attached.Channel, 0, 0), piece);
        }
    }

    private void OpenMenu(ReadOnlySpan<byte> rest)
    {
        _messageUntil = 0;
        _menu = new Menu(_screen, context.Settings.Chord, Whereabouts.Of(_session, attached));
        if (!rest.IsEmpty)
        {
            ChooseFrom(rest);
        }
    }

    private void ChooseFrom(ReadOnlySpan<byte> typed)
    {
        if (_menu!.Take(typed) is not { } choice)
        {
            return;
        }

        _menu = null;
        _end = MenuAction.End(choice, context.Daemon, _session, plan, attached);
        byte[]? chord = choice == MenuChoice.SendChord && _screen.Types ? [context.Settings.Chord.Byte] : null;
        var redraws = _screen.HideOverlay() || choice == MenuChoice.Redraw;
        if (attached.Lent)
        {
            // Also before leaving: the session's last picture stays on the terminal without the menu's line.
            Tell(new ResumeRequest { Input = chord, Redraw = redraws });
            return;
        }

        Type(chord);
        if (redraws)
        {
            Tell(new RedrawRequest());
        }
    }

    private void ShowMessage(string? text)
    {
        // A lent terminal is the daemon's to write on: it shows such texts itself or not at all.
        if (!string.IsNullOrEmpty(text) && _menu is null && !attached.Lent)
        {
            _messageUntil = Environment.TickCount64 + MessageMilliseconds;
            _screen.ShowOverlay([$" {text}"], holdsOutput: false);
        }
    }

    private void HideMessageOnKey(ReadOnlySpan<byte> typed)
    {
        if (_messageUntil != 0 && !typed.IsEmpty)
        {
            HideMessage();
        }
    }

    private void HideMessage()
    {
        _messageUntil = 0;
        if (_screen.HideOverlay())
        {
            Tell(new RedrawRequest());
        }
    }

    private void SendSize()
    {
        var (columns, rows) = context.Terminal.Size;
        Tell(new ResizeRequest { Columns = columns, Rows = rows });
        CheckFit();
    }

    private void CheckFit()
    {
        if (!_screen.Resize((_session.Columns, _session.Rows), context.Terminal.Size))
        {
            _end = new VisitEnd.GoTo(plan with { Session = _session.Id, Take = false, Message = null, Scrollback = 0 });
        }
    }

    // Answers to these say nothing that the notices do not say.
    private void Tell(ChannelRequest request) => context.Daemon.Tell(request with { Channel = attached.Channel });

    private void Leave(VisitEnd end)
    {
        switch (end)
        {
            case VisitEnd.Lost:
                break;
            case VisitEnd.Exited:
                _screen.Keep();
                _screen.Leave(_isOrderly);
                break;
            default:
                // The session's last picture stays behind, not a message of ours.
                if (_menu is null && _screen.HideOverlay())
                {
                    Tell(new RedrawRequest());
                }

                _screen.Leave(Farewell.Say(context.Daemon, attached, _screen) || _isOrderly);
                break;
        }
    }
}
