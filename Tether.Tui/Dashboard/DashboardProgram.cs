using System.Runtime.InteropServices;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Actions;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Native;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard;

/// <summary>`tether` without arguments: one loop that waits for the terminal, the daemon, signals and time, and draws when something has changed.</summary>
internal sealed class DashboardProgram : IDashboardHost, IDisposable
{
    private const int ZoomMilliseconds = 100;
    private const int LooksMilliseconds = 2000;

    private readonly FullScreenTerminal _terminal = FullScreenTerminal.Open(Environment.GetEnvironmentVariable, ClientEnvironment.Paths.Screens);

    private readonly SignalWaker _signals = new(
        PosixSignal.SIGWINCH, PosixSignal.SIGCONT, PosixSignal.SIGTSTP,
        PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT);

    private readonly BackgroundWork _background = new();
    private readonly TypingClock _typing = new();
    private readonly FrameRenderer _renderer = new();
    private readonly Clipboard _clipboard = new(Environment.GetEnvironmentVariable, ClientEnvironment.Paths.RuntimeDirectory);
    private readonly DashboardFiles _files = new(ClientEnvironment.Paths, EscapeChord.Read());
    private readonly DashboardContext _context;
    private readonly DashboardPainter _painter;
    private readonly DaemonFeed _feed;
    private readonly DashboardActions _actions;
    private readonly DashboardAlerts _alerts;
    private readonly DashboardInput _input;
    private Frame _frame = new(80, 24);
    private int? _status;
    private int _minute;
    private long _looksKeptAt;

    private DashboardProgram()
    {
        _context = new DashboardContext(this, _files, Connector.Open(), Environment.MachineName, ClientEnvironment.CurrentSession);
        _painter = new DashboardPainter(_context);
        _alerts = new DashboardAlerts(AlertWay.Of(Environment.GetEnvironmentVariable), _terminal.Visibility, _context.Fleet.Queue.Find);
        _feed = new DaemonFeed(_context)
        {
            ShowsAlerts = _alerts.CanShow,
            Alerted = alert => _terminal.Output.Send(_alerts.Take(alert, Milliseconds)),
            Came = TakeOfSession,
            Lost = LoseDaemon,
            Listed = KeepFocus,
            ItemChanged = (before, item) => _actions!.Sending.Changed(before, item),
            QueueListed = () => _actions!.Sending.Listed(),
        };
        _actions = new DashboardActions(_context, _feed);
        _input = new DashboardInput(_context, _actions);
    }

    // The session's last screen is not left behind on the main screen, and, unlike by ED 2, in no terminal's scrollback either.
    private static ReadOnlySpan<byte> ForgetSession => "\e[999;999H\e[1J\e[H"u8;

    TimeProvider IDashboardHost.Time => TimeProvider.System;

    public long Milliseconds => Environment.TickCount64;

    public long TypedSince => _typing.TypedSince;

    public (int Columns, int Rows) Size => _terminal.Size.Current;

    public bool IsDaemonStopped => StopMark.Exists;

    private DashboardState State => _context.State;

    public static int Run()
    {
        using var program = new DashboardProgram();
        return program.Loop();
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _signals.Dispose();
        _background.Dispose();
        _context.Link.Dispose();
    }

    public void Quit(int status) => _status = status;

    public void Redraw()
    {
        _renderer.Forget();
        State.IsDirty = true;
    }

    public void Zoom(SessionItem item)
    {
        _feed.Subscribe(isHere: false);
        _terminal.Suspend();
        var settings = AttachSettings.Read() with { ChordLeaves = true };
        var plan = new AttachPlan(item.Id) { Take = item.Record.Controller is null };
        try
        {
            var end = AttachClient.Visit(Connector.OpenClient(), plan, settings, _terminal.Device, out _);
            _status = end is VisitEnd.Terminated(var signal) ? LastWords.StatusOf(signal) : null;
        }
        catch (TetherException e)
        {
            _context.Say(e.Message);
        }

        _terminal.Device.Write(ForgetSession, ZoomMilliseconds);
        if (_status is null)
        {
            _terminal.Enter(Milliseconds);
            _terminal.Size.Note();
            _feed.Subscribe(isHere: true);
            Redraw();
        }
    }

    public void Listen(KittyFlags keys, bool motion)
    {
        _terminal.DemandKeys(keys);
        _terminal.ReportMotion(motion);
    }

    public CopyOutcome Copy(string text) => _clipboard.Copy(text, bytes => _terminal.Output.Send(bytes));

    public void InBackground<T>(Func<T> work, Action<T> then) => _background.Start(work, then);

    public IConnection? TryConnect(bool startsIt)
    {
        try
        {
            return startsIt ? Connector.Open() : Connector.TryOpen();
        }
        catch (TetherException)
        {
            // A daemon that is just ending, or cannot start yet; tried again.
            return null;
        }
    }

    /// <summary>Styles and abilities follow what the terminal has said.</summary>
    public void Restyle()
    {
        var known = _terminal.Capabilities;
        var colors = RendererChoice.ColorsOf(known);
        _painter.Scheme = Schemes.Find(_context.Settings.Theme) ?? Schemes.For(colors, known.IsDark);
        _painter.IsAscii = !known.HasUnicode;
        _painter.Dimming = new Dimming(colors == ColorDepth.TrueColor ? RendererChoice.PaletteOf(known) : null);
        RendererChoice.Apply(_renderer, known);
        Redraw();
    }

    private int Loop()
    {
        _terminal.Enter(Milliseconds);
        Restyle();
        _feed.Start();
        if (_files.Warnings.Count > 0)
        {
            State.Popup = new Dialog("Not understood", []) { Text = _files.Warnings, Hint = "Enter goes on; the rest counts" };
        }

        while (_status is null)
        {
            DrawWhenPossible();
            Wait();
            while (_status is null && _terminal.Input.TryTake(out var next))
            {
                if (next is InputEvent.Focused(var hasFocus))
                {
                    _terminal.Focus(hasFocus, Milliseconds);
                }
                else if (next is not InputEvent.Refined)
                {
                    _alerts.Typed(Milliseconds);
                }

                _input.Take(next);
            }

            Advance();
        }

        _actions.Sending.SendAll();
        _actions.Typing.Leave();
        _actions.Moving.TurnAway();
        _context.Book.Left(_context.Now);
        _files.WriteBook();
        _terminal.Leave();
        return _status.Value;
    }

    private void Wait()
    {
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = _terminal.WaitDescriptor, Events = _terminal.WaitEvents },
            new() { Descriptor = _signals.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = _context.Link.IsLost ? -1 : _context.Link.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = _background.WaitDescriptor, Events = LibC.PollIn },
        };
        var (from, timeout) = (Milliseconds, NextTick());
        var isOver = !Poller.Wait(entries, timeout);
        _typing.Waited(from, timeout, isOver);
        var now = Milliseconds;
        if (!_terminal.Serve(entries[0].Returned, now))
        {
            _status = LastWords.StatusOf(PosixSignal.SIGHUP);
        }

        _terminal.Tick(now);
        while (_signals.TryTake(out var signal))
        {
            TakeSignal(signal, now);
        }

        if (_terminal.Size.TakeChange(now))
        {
            Redraw();
        }

        if (entries[2].Returned != 0)
        {
            _feed.Take();
        }

        _background.Take();
    }

    private int NextTick()
    {
        var now = Milliseconds;
        var tick = Ticks.Sooner(_terminal.NextTick(now), _terminal.Size.NextTick(now));
        if (State.IsDirty)
        {
            tick = Ticks.Sooner(tick, _terminal.Output.DelayBeforeFrame(now));
        }

        else if (State.IsStale)
        {
            tick = Ticks.Sooner(tick, _terminal.Output.DelayBeforeFrame(now, isCalm: true));
        }

        foreach (var due in (ReadOnlySpan<long>)
            [_typing.Due(State.Sight.SettlesAt), State.NextChangeAt, _feed.NextChangeAt, _actions.Transcript.NextLookAt, _actions.Sending.NextChangeAt, _context.Book.IsChanged ? _looksKeptAt + LooksMilliseconds : 0])
        {
            tick = due > 0 ? Ticks.Sooner(tick, (int)Math.Clamp(due - now, 0, int.MaxValue)) : tick;
        }

        if (_context.Fleet.NextChangeAt is { } change)
        {
            tick = Ticks.Sooner(tick, (int)Math.Clamp((change - _context.Now).TotalMilliseconds + 1, 1, 60_000));
        }

        return Ticks.Sooner(tick, 60_000 - (_context.Now.Second * 1000) + 20);
    }

    private void Advance()
    {
        State.Advance(Milliseconds);
        var (version, now) = (_context.Fleet.Version, _context.Now);
        _context.Fleet.Advance(now);

        // Ages count on: nobody waits for that.
        State.IsStale |= version != _context.Fleet.Version || now.Minute != _minute;
        _minute = now.Minute;
        KeepLooks();
        _feed.Advance();
        _actions.Typing.Advance();
        _actions.Transcript.Advance();
        _actions.Moving.Keep();
        _actions.Sending.Advance();
        _actions.Attention.Keep();
    }

    // Also for a dashboard that is killed, and for another one beside it.
    private void KeepLooks()
    {
        if (_context.Book.IsChanged && Milliseconds - _looksKeptAt >= LooksMilliseconds)
        {
            _looksKeptAt = Milliseconds;
            if (_files.WriteBook() is { } warning)
            {
                _context.Say(warning);
            }
        }
    }

    private void TakeSignal(PosixSignal signal, long now)
    {
        switch (signal)
        {
            case PosixSignal.SIGWINCH:
                _terminal.Size.Note();
                break;
            case PosixSignal.SIGTSTP:
                _actions.Sending.SendAll();
                _feed.Subscribe(isHere: false);
                _terminal.Stop();
                _feed.Subscribe(isHere: true);
                Redraw();
                break;
            case PosixSignal.SIGCONT:
                _terminal.Enter(now);
                Redraw();
                break;
            default:
                _status = LastWords.StatusOf(signal);
                break;
        }
    }

    private void TakeOfSession(string session, Incoming incoming)
    {
        if (session == State.Focused)
        {
            _actions.Typing.Came(incoming);
        }
    }

    private void LoseDaemon()
    {
        _actions.Typing.Lost();
        _actions.Sending.Lost();
    }

    private void KeepFocus() => _actions.Moving.Keep();

    // Nobody waits for what is drawn: other sessions print, or the person is in another window.
    private bool IsCalm => !State.IsDirty || !_terminal.Visibility.HasFocus;

    private void DrawWhenPossible()
    {
        var now = Milliseconds;
        if (_terminal.Visibility.IsHidden)
        {
            _feed.SetPaces(_terminal.Visibility.IsHidden);
            return;
        }

        if (!(State.IsDirty || State.IsStale) || _terminal.Output.DelayBeforeFrame(now, IsCalm) != 0)
        {
            return;
        }

        _feed.Settle();
        (State.IsDirty, State.IsStale) = (false, false);
        var (columns, rows) = _terminal.Size.Current;
        if ((_frame.Columns, _frame.Rows) != (columns, rows))
        {
            _frame = new Frame(columns, rows);
        }

        _painter.Draw(_frame);
        _feed.SetPaces(_terminal.Visibility.IsHidden);
        var bytes = _renderer.Render(_frame);
        if (!bytes.IsEmpty)
        {
            _terminal.Output.SendFrame(bytes.Span, now);
        }
    }
}
