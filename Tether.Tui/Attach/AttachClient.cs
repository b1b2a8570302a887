using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>
/// A terminal given to sessions until the person leaves, the session ends or this program is told to end: one <see cref="Visit"/> after
/// another, over one connection after another. However it ends, the terminal is as it was found.
/// </summary>
internal sealed class AttachClient : IDisposable
{
    private const int ControllerFirstMilliseconds = 300;

    private readonly AttachSettings _settings;
    private readonly TerminalDevice _terminal;
    private readonly SignalWaker _signals;
    private DaemonClient _daemon;
    private Reconnection? _reconnection;
    private readonly List<string> _notes = [];
    private bool _isShellPushedUp;
    private bool _hasShown;

    // A terminal that does not take a few bytes in this time hangs.
    private const int TitleMilliseconds = 200;

    // XTWINOPS 22 and 23: the window's title is put on a stack of the terminal, and taken from it.
    private static ReadOnlySpan<byte> KeepTitle => "\e[22;2t"u8;

    private static ReadOnlySpan<byte> RestoreTitle => "\e[23;2t"u8;

    private AttachClient(DaemonClient daemon, AttachSettings settings, TerminalDevice terminal)
    {
        _daemon = daemon;
        _settings = settings;
        _terminal = terminal;
        _signals = new SignalWaker(
            PosixSignal.SIGWINCH, PosixSignal.SIGCONT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT);
    }

    /// <summary>Attaches until it is over. The exit status.</summary>
    public static int Run(DaemonClient daemon, AttachPlan plan, AttachSettings settings, TerminalDevice terminal)
    {
        var end = Visit(daemon, plan, settings, terminal, out var notes);
        return LastWords.Say(end, notes);
    }

    /// <summary>The same for a caller that has more to show on the terminal afterwards: it says nothing itself.</summary>
    public static VisitEnd Visit(DaemonClient daemon, AttachPlan plan, AttachSettings settings, TerminalDevice terminal, out IReadOnlyList<string> notes)
    {
        using var client = new AttachClient(daemon, settings, terminal);
        notes = client._notes;
        AppDomain.CurrentDomain.UnhandledException += client.RestoreAfterCrash;
        try
        {
            terminal.EnterRawMode();
            terminal.Write(KeepTitle, TitleMilliseconds);
            return client.VisitUntilOver(plan);
        }
        catch (TerminationException e)
        {
            terminal.Write(TerminalReset.Conservative);
            return new VisitEnd.Terminated(e.Signal);
        }
        catch when (client._hasShown)
        {
            terminal.Write(TerminalReset.Conservative);
            throw;
        }
        finally
        {
            terminal.Write(RestoreTitle, TitleMilliseconds);
            terminal.LeaveRawMode();
        }
    }

    /// <summary>The terminal that this program stands on. Refuses before anything is created or shown when there is none.</summary>
    /// <param name="before">Looks, when there is none, for a mistake that is to be told before that one.</param>
    public static TerminalDevice OpenTerminal(Action? before = null)
    {
        if (TerminalDevice.TryOpen() is { } terminal)
        {
            return terminal;
        }

        before?.Invoke();
        throw new TetherException(ExitCodes.Usage,
            "attaching needs a terminal on standard input and output; "
            + "use `tether run -d …` to start a session without one, `tether input` and `tether capture` to use it");
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= RestoreAfterCrash;
        _signals.Dispose();
        _daemon.Dispose();
    }

    private VisitEnd VisitUntilOver(AttachPlan plan)
    {
        while (true)
        {
            switch (VisitOnce(ref plan))
            {
                case VisitEnd.GoTo goTo:
                    plan = goTo.Plan with { Inquiry = null };
                    break;
                case VisitEnd.Lost lost when _settings.Reconnects:
                    if (Reconnect(isController: plan.Take) is { } signal)
                    {
                        return new VisitEnd.Terminated(signal);
                    }

                    plan = plan with { TypedAhead = [.. plan.TypedAhead, .. lost.Typed, .. _reconnection!.TakeTyped()] };
                    break;
                case VisitEnd.Lost:
                    throw DaemonException.Gone();
                case var over:
                    return over;
            }
        }
    }

    // The plan becomes what is to be done if the daemon goes: the same session, in control if we were.
    private VisitEnd VisitOnce(ref AttachPlan plan)
    {
        // A lent terminal is painted before the answer is here.
        PushShellUp(unless: plan.Mode == AttachMode.Observe || !plan.IsKnown);
        _daemon.BeforeWait = AwaitDaemon;
        AttachedReply attached;
        try
        {
            attached = Admission.Ask(_daemon, plan, _settings, _terminal);
        }
        catch (DaemonException e) when (e.IsGone)
        {
            return new VisitEnd.Lost();
        }

        (_reconnection, _hasShown) = (null, true);
        StopMark.Clear();
        PushShellUp(unless: ScreenChoice.IsComposed(attached, _terminal.Size));
        plan = plan with { Session = attached.Session.Id, Message = plan.Message ?? ControlChange.Withheld(plan, attached, _settings.Chord) };
        var context = new AttachContext(_terminal, _signals, _settings, _daemon, _notes);
        var end = new Visit(context, attached, plan, ScreenChoice.For(context, attached), new ColorDesk(context, attached, plan)).Run();
        plan = plan with { Take = attached.Mode == AttachMode.Control, Scrollback = 0, Message = null, TypedAhead = [], Inquiry = null };
        return end;
    }

    // The signal that ended the wait; null when there is a daemon again.
    private PosixSignal? Reconnect(bool isController)
    {
        _daemon.Dispose();
        _reconnection ??= new Reconnection(_terminal, _signals, _settings.Chord);
        if (_reconnection.Open() is not { } daemon)
        {
            _terminal.Write(TerminalReset.Conservative);
            return _reconnection.Told;
        }

        _daemon = daemon;
        if (!isController)
        {
            // Whoever was in control comes back too, and first.
            Poller.Wait([], ControllerFirstMilliseconds);
        }

        _terminal.Write(TerminalReset.BeforeRepaint);
        return null;
    }

    // Nobody may be unable to end this program because a daemon does not answer.
    private void AwaitDaemon()
    {
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = _daemon.Connection.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = _signals.WaitDescriptor, Events = LibC.PollIn },
        };
        do
        {
            Poller.Wait(entries, -1);
            while (_signals.TryTake(out var signal))
            {
                if (signal is not (PosixSignal.SIGWINCH or PosixSignal.SIGCONT))
                {
                    throw new TerminationException(signal);
                }
            }
        }
        while (entries[0].Returned == 0);
    }

    // What the shell had on the screen moves into the terminal's own history; the session's screen takes its place.
    private void PushShellUp(bool unless)
    {
        if (unless || _isShellPushedUp)
        {
            return;
        }

        _isShellPushedUp = true;
        var lines = new byte[_terminal.Size.Rows - 1];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = (byte)'\n';
        }

        _terminal.Write(lines);
    }

    private void RestoreAfterCrash(object sender, UnhandledExceptionEventArgs e)
    {
        _terminal.Write(TerminalReset.Conservative);
        _terminal.LeaveRawMode();
    }
}
