using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Native;

namespace Tether.Tui.Attach;

/// <summary>
/// One attachment, from the answer to its end. A single loop waits for the daemon, signals and, where they are ours to read, keys; everything
/// here belongs to it.
/// </summary>
internal sealed class Visit(AttachContext context, AttachedReply attached, AttachPlan plan, SessionScreen screen, ColorDesk colors)
{
    private readonly Keyboard _keyboard = new(context, attached, plan, screen, colors);
    private readonly ResizeThrottle _resizes = new();
    private bool _isOrderly;
    private VisitEnd? _end;

    /// <summary>Runs until something ends it. The terminal shows no trace of this screen then, except after <see cref="VisitEnd.Lost"/>.</summary>
    public VisitEnd Run()
    {
        try
        {
            // Also what comes while the menu asks the daemon something.
            context.Daemon.Unasked = Take;
            _keyboard.TypeAhead(plan.TypedAhead);
            _keyboard.ShowMessage(plan.Message);
            if (context.Terminal.Size != (attached.Session.Columns, attached.Session.Rows))
            {
                // It may have changed since the request.
                _resizes.Note();
            }

            while (_end is null)
            {
                TakeFromDaemon();
                if (_end is null)
                {
                    WaitForAnything();
                }
            }

            context.Daemon.Unasked = null;
            return Leave(_end);
        }
        catch
        {
            screen.Leave(isOrderly: false);
            throw;
        }
    }

    private void WaitForAnything()
    {
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = context.Daemon.Connection.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = context.Signals.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = _keyboard.Reads ? context.Terminal.WaitDescriptor : -1, Events = LibC.PollIn },
        };
        Poller.Wait(entries, Ticks.Sooner(Ticks.Sooner(_keyboard.NextTick, screen.NextTick), _resizes.NextTick));

        // Keys first: a flood of output must not hold a key back.
        if (entries[2].Returned != 0)
        {
            _end = _keyboard.Read() ?? _end;
        }

        while (_end is null && context.Signals.TryTake(out var signal))
        {
            TakeSignal(signal);
        }

        if (_end is null && entries[0].Returned != 0 && !context.Daemon.Connection.Fill())
        {
            _end = new VisitEnd.Lost();
        }

        if (_end is null)
        {
            Tick();
        }
    }

    private void Tick()
    {
        screen.Tick();
        _end = _keyboard.Tick() ?? _end;
        if (_resizes.TakeDue())
        {
            var (columns, rows) = context.Terminal.Size;
            Tell(new ResizeRequest { Columns = columns, Rows = rows });
            CheckFit();
        }
    }

    private void TakeFromDaemon()
    {
        while (_end is null && context.Daemon.Connection.TryRead(out var incoming))
        {
            Take(incoming);
        }
    }

    private void Take(Incoming incoming)
    {
        if (incoming.Message is { } message)
        {
            TakeMessage(message);
        }
        else if (incoming.Header.Channel == attached.Channel)
        {
            _isOrderly = incoming.Header.Kind == FrameKind.Reset;
            if (incoming.Header.Kind == FrameKind.Snapshot)
            {
                colors.BeforeSnapshot();
            }

            screen.Show(incoming.Header, incoming.Payload.Span);
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
                _end = _keyboard.OpenMenu(chord.Rest) ?? _end;
                break;
            case ControlNotice control:
                _end = ControlChange.Answer(control, plan, attached, context.Settings.Chord);
                break;
            case ResizedNotice resized:
                _keyboard.Session = _keyboard.Session with { Columns = resized.Columns, Rows = resized.Rows };
                CheckFit();
                break;
            case ColorsAnsweredNotice:
                colors.Answered();
                break;
            case TextNotice text:
                Note(text.Text);
                break;
            case AlertNotice alert when context.Settings.Alerts is { } way:
                context.Terminal.Write(DesktopAlert.Encode(way, alert.Item, alert.Title, alert.Text));
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

    // A lent terminal cannot be painted over while its program prints.
    private void Note(string text)
    {
        if (!attached.Lent)
        {
            _keyboard.ShowMessage(text);
        }
        else if (!context.Notes.Contains(text))
        {
            context.Notes.Add(text);
        }
    }

    private void CheckFit()
    {
        var session = _keyboard.Session;
        if (!screen.Resize((session.Columns, session.Rows), context.Terminal.Size))
        {
            _end = new VisitEnd.GoTo(plan with { Session = session.Id, Take = false, Message = null, Scrollback = 0 });
        }
    }

    // Answers to these say nothing that the notices do not say.
    private void Tell(ChannelRequest request) => context.Daemon.Tell(request with { Channel = attached.Channel });

    private VisitEnd Leave(VisitEnd end)
    {
        switch (end)
        {
            case VisitEnd.Lost:
                return new VisitEnd.Lost { Typed = colors.TakeLate() };
            case VisitEnd.Exited:
                screen.Keep();
                screen.Leave(_isOrderly);
                break;
            default:
                _keyboard.ClearScreen();
                screen.Leave(Farewell.Say(context.Daemon, attached, screen) || _isOrderly);
                break;
        }

        colors.TakeLate();
        return end;
    }
}
