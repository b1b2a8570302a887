using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Layout;
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
internal sealed class DashboardProgram : IDisposable
{
    private const int ReconnectMilliseconds = 500;
    private const int ListMilliseconds = 100;

    private readonly FullScreenTerminal _terminal = FullScreenTerminal.Open(Environment.GetEnvironmentVariable, ClientEnvironment.Paths.Screens);

    private readonly SignalWaker _signals = new(
        PosixSignal.SIGWINCH, PosixSignal.SIGCONT, PosixSignal.SIGTSTP,
        PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT);

    private readonly BackgroundWork _background = new();
    private readonly FrameRenderer _renderer = new();
    private readonly LookedFile _lookedFile = LookedFile.In(ClientEnvironment.Paths);
    private readonly SettingsFile _settingsFile = new(SettingsFile.PathIn(ClientEnvironment.Paths), Schemes.Names);
    private readonly List<string> _warnings = [];
    private Frame _frame = new(80, 24);
    private long _listDue;
    private long _reconnectDue;
    private int _minute;

    private DashboardProgram()
    {
        (Book, var warning) = _lookedFile.Read();
        Fleet = new Fleet(Book, new SessionTraits(Environment.MachineName));
        Bindings = KeyBindings.Defaults(EscapeChord.Parse(ClientConfig.Find(EscapeChord.Variable)));
        (Settings, var settingWarnings) = _settingsFile.Read();
        Fleet.Grouping = Settings.Grouping;
        Weights = TileWeights.Parse(Settings.Sizes) ?? new TileWeights();
        _warnings.AddRange([.. settingWarnings, .. KeyFile.Read(KeyFile.PathIn(ClientEnvironment.Paths), Bindings)]);
        if (warning is not null)
        {
            _warnings.Add(warning);
        }

        Link = new DaemonLink(Connector.Open());
        Replicas = NewReplicas();
        Painter = NewPainter();
        Input = new DashboardInput(this);
    }

    public DaemonLink Link { get; private set; }

    public ReplicaSet Replicas { get; private set; }

    public DashboardPainter Painter { get; private set; }

    public DashboardState State { get; } = new();

    public Fleet Fleet { get; }

    public LookedBook Book { get; }

    public KeyBindings Bindings { get; }

    public DashboardSettings Settings { get; private set; }

    public TileWeights Weights { get; private set; }

    public DashboardInput Input { get; }

    public FullScreenTerminal Terminal => _terminal;

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Set when the dashboard is to end.</summary>
    public int? Status { get; set; }

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
        Link.Dispose();
    }

    public void Say(string message) => State.Say(message, Environment.TickCount64);

    /// <summary>Changes what is remembered from one start to the next.</summary>
    public void Remember(DashboardSettings settings)
    {
        (Settings, State.IsDirty) = (settings, true);
        Fleet.Grouping = settings.Grouping;
        if (_settingsFile.Write(settings) is { } warning)
        {
            Say(warning);
        }

        ChooseScheme();
    }

    /// <summary>The list of sessions is asked for again soon.</summary>
    public void AskList() => _listDue = _listDue == 0 ? Environment.TickCount64 + ListMilliseconds : _listDue;

    /// <summary>The whole terminal goes to a session, and comes back at the chord.</summary>
    public void Zoom(SessionItem item)
    {
        _terminal.Suspend();
        var settings = AttachSettings.Read() with { ChordLeaves = true };
        var plan = new AttachPlan(item.Id) { Take = item.Record.Controller is null };
        try
        {
            var end = AttachClient.Visit(Connector.OpenClient(), plan, settings, _terminal.Device, out _);
            Status = end is VisitEnd.Terminated(var signal) ? LastWords.StatusOf(signal) : null;
        }
        catch (TetherException e)
        {
            Say(e.Message);
        }

        if (Status is null)
        {
            _terminal.Enter(Environment.TickCount64);
            _renderer.Forget();
            _terminal.Size.Note();
            State.IsDirty = true;
        }
    }

    /// <summary>The person has seen a session up to now.</summary>
    public void Looked(string id)
    {
        if (Fleet.Find(id) is { } item)
        {
            Fleet.Looked(id, new Look(Now, item.Record.Offset));
            State.IsDirty = true;
        }
    }

    public void Redraw()
    {
        _renderer.Forget();
        State.IsDirty = true;
    }

    private int Loop()
    {
        _terminal.Enter(Environment.TickCount64);
        ChooseScheme();
        Connected();
        if (_warnings.Count > 0)
        {
            Say(_warnings[0]);
        }

        while (Status is null)
        {
            DrawWhenPossible();
            WaitForAnything();
            Input.TakeAll();
            Advance();
        }

        Book.Left(Now);
        _lookedFile.Write(Book);
        _terminal.Leave();
        return Status.Value;
    }

    private void WaitForAnything()
    {
        Span<PollEntry> entries = stackalloc PollEntry[]
        {
            new() { Descriptor = _terminal.WaitDescriptor, Events = _terminal.WaitEvents },
            new() { Descriptor = _signals.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = Link.IsLost ? -1 : Link.WaitDescriptor, Events = LibC.PollIn },
            new() { Descriptor = _background.WaitDescriptor, Events = LibC.PollIn },
        };
        Poller.Wait(entries, NextTick());
        var now = Environment.TickCount64;
        if (!_terminal.Serve(entries[0].Returned, now))
        {
            Status = ExitCodes.Signalled + 1;
        }

        _terminal.Tick(now);
        while (_signals.TryTake(out var signal))
        {
            TakeSignal(signal, now);
        }

        if (_terminal.Size.TakeChange(now))
        {
            State.IsDirty = true;
        }

        if (entries[2].Returned != 0)
        {
            Link.Take(TakeUnasked);
        }

        _background.Take();
    }

    private int NextTick()
    {
        var now = Environment.TickCount64;
        var tick = Ticks.Sooner(_terminal.NextTick(now), _terminal.Size.NextTick(now));
        if (State.IsDirty)
        {
            tick = Ticks.Sooner(tick, _terminal.Output.DelayBeforeFrame(now));
        }

        foreach (var due in new[] { State.Message.Length > 0 ? State.MessageEnds : 0, _listDue, _reconnectDue })
        {
            tick = due > 0 ? Ticks.Sooner(tick, (int)Math.Max(0, due - now)) : tick;
        }

        if (Fleet.NextChangeAt is { } change)
        {
            tick = Ticks.Sooner(tick, (int)Math.Clamp((change - Now).TotalMilliseconds + 1, 1, 60_000));
        }

        return Ticks.Sooner(tick, 60_000 - (Now.Second * 1000) + 20);
    }

    private void Advance()
    {
        var now = Environment.TickCount64;
        State.Advance(now);
        var version = Fleet.Version;
        Fleet.Advance(Now);
        State.IsDirty |= version != Fleet.Version || Now.Minute != _minute;
        _minute = Now.Minute;
        if (Link.IsLost)
        {
            Reconnect(now);
        }
        else if (_listDue != 0 && now >= _listDue)
        {
            _listDue = 0;
            Link.Ask<SessionsReply>(new ListRequest { All = true }, TakeList, Say);
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
                _terminal.Stop();
                Redraw();
                break;
            case PosixSignal.SIGCONT:
                _terminal.Enter(now);
                Redraw();
                break;
            default:
                Status = LastWords.StatusOf(signal);
                break;
        }
    }

    private void Connected()
    {
        Link.Tell(new SubscribeRequest());
        Link.Ask<SessionsReply>(new ListRequest { All = true }, TakeList, Say);
        if (Book.LeftAt is { } left)
        {
            Link.Ask<EventsReply>(new EventsRequest { Since = left }, past =>
            {
                foreach (var notice in past.Events)
                {
                    Fleet.Take(notice, Now);
                }
            }, Say);
        }
    }

    private void TakeList(SessionsReply reply)
    {
        Fleet.Update(reply.Sessions, Now);
        Replicas.Follow(reply.Sessions);
        State.KeepFocus(Fleet);
        State.IsDirty = true;
    }

    private void TakeUnasked(Incoming incoming)
    {
        if (incoming.Message is SessionEventNotice notice)
        {
            if (Fleet.Take(notice, Now))
            {
                AskList();
            }

            State.IsDirty = true;
            return;
        }

        Replicas.Take(incoming);
        if (Replicas.SessionOf(incoming) is { } session)
        {
            State.IsDirty |= State.Tiles.Slots.Count > 0;
            if (incoming.Message is null && incoming.Header.Kind is FrameKind.Output or FrameKind.Snapshot && Replicas.Find(session) is { HasScreen: true } replica)
            {
                Fleet.Printed(session, Now, incoming.Header.End, CardView.LastLines(replica.Emulator, 1) is [var line] ? line : null);
            }

            Input.Changed(session, incoming);
        }
    }

    private void Reconnect(long now)
    {
        if (State.Alarm is null)
        {
            (State.Alarm, State.IsDirty) = ("the daemon is gone; sessions go on, reconnecting …", true);
            Input.Lost();
        }

        if (now < _reconnectDue)
        {
            return;
        }

        _reconnectDue = now + ReconnectMilliseconds;
        if (Connector.TryOpen() is { } connection)
        {
            Link.Dispose();
            Link = new DaemonLink(connection);
            Replicas = NewReplicas();
            Painter = NewPainter();
            (State.Alarm, _reconnectDue) = (null, 0);
            ChooseScheme();
            Connected();
        }
    }

    private ReplicaSet NewReplicas() => new(Link, ClientEnvironment.CurrentSession, Say);

    private DashboardPainter NewPainter() => new(Fleet, Replicas, State, Bindings) { Host = Environment.MachineName };

    /// <summary>Styles and abilities follow what the terminal has said.</summary>
    public void ChooseScheme()
    {
        var known = _terminal.Capabilities;
        var colors = known.RefusesColor ? ColorDepth.None : known.Colors;
        Painter.Scheme = Schemes.Find(Settings.Theme) ?? Schemes.For(colors, known.IsDark);
        Painter.IsAscii = !known.HasUnicode;
        (_renderer.Colors, _renderer.UsesSynchronizedOutput, _renderer.UsesBackgroundErase, _renderer.UsesClusters) =
            (colors, known.SynchronizedOutput, !known.IsScreen, !known.IsTmux && !known.IsScreen && !known.IsLinuxConsole);
        Redraw();
    }

    private void DrawWhenPossible()
    {
        var now = Environment.TickCount64;
        if (!State.IsDirty || _terminal.Output.DelayBeforeFrame(now) != 0)
        {
            return;
        }

        State.IsDirty = false;
        var (columns, rows) = _terminal.Size.Current;
        if ((_frame.Columns, _frame.Rows) != (columns, rows))
        {
            _frame = new Frame(columns, rows);
        }

        Painter.Draw(_frame, Settings, Weights, Now);
        Input.SetPaces();
        var bytes = _renderer.Render(_frame);
        if (!bytes.IsEmpty)
        {
            _terminal.Output.SendFrame(bytes.Span, now);
        }
    }

    private sealed class SessionTraits(string host) : ISessionTraits
    {
        public IReadOnlyList<string> TagsOf(SessionRecord session) => session.Tags;

        public string HostOf(SessionRecord session) => host;
    }
}
