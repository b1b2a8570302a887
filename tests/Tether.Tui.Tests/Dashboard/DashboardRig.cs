using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Actions;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Tests.Support;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

/// <summary>
/// The whole dashboard without a process around it: a daemon that answers, a clock that stands still, a terminal that is a frame. Whatever is done is
/// followed by all that the loop does until nothing is left to do, and by a new frame.
/// </summary>
internal sealed class DashboardRig : IDashboardHost, IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly Queue<Action> _background = [];
    private readonly DaemonFeed _feed;
    private readonly DashboardInput _input;

    public DashboardRig(int columns = 80, int rows = 24, string? ownSession = null, TetherPaths? paths = null)
    {
        Size = (columns, rows);
        Paths = paths ?? NewPaths();
        Files = new DashboardFiles(Paths, EscapeChord.Default);
        Context = new DashboardContext(this, Files, Desk.Connection, "box", ownSession);
        Painter = new DashboardPainter(Context) { Scheme = Schemes.Dark };
        _feed = new DaemonFeed(Context)
        {
            Came = CameOfSession, Lost = Lost, Listed = () => Actions!.Moving.Keep(),
            ItemChanged = (before, item) => Actions!.Sending.Changed(before, item), QueueListed = () => Actions!.Sending.Listed(),
        };
        Actions = new DashboardActions(Context, _feed);
        _input = new DashboardInput(Context, Actions);
    }

    public FakeDaemonDesk Desk { get; } = new();

    public FakeClock Clock { get; } = new(Start);

    public DashboardFiles Files { get; }

    public TetherPaths Paths { get; }

    public DashboardContext Context { get; }

    public DashboardActions Actions { get; }

    public DashboardPainter Painter { get; }

    public DashboardState State => Context.State;

    public (int Columns, int Rows) Size { get; set; }

    /// <summary>The last picture.</summary>
    public Frame Frame { get; private set; } = new(1, 1);

    public int? Status { get; private set; }

    public List<string> Zoomed { get; } = [];

    public List<string> Copied { get; } = [];

    /// <summary>What the terminal was asked to tell, each time that changed.</summary>
    public List<(KittyFlags Keys, bool Motion)> Heard { get; } = [];

    public int Redraws { get; private set; }

    public int Restyles { get; private set; }

    public bool IsDaemonStopped { get; set; }

    /// <summary>For each time that a connection was looked for: whether the daemon was to be started.</summary>
    public List<bool> Connects { get; } = [];

    /// <summary>Whether one is found.</summary>
    public bool IsDaemonBack { get; set; }

    TimeProvider IDashboardHost.Time => Clock;

    public long Milliseconds => Clock.Milliseconds;

    public long TypedSince => Clock.Milliseconds;

    public string[] Lines => FrameText.Lines(Frame);

    public string Text => string.Join('\n', Lines);

    public string TopLine => Lines[0];

    public string BottomLine => Lines[^1];

    public string Message => State.Message;

    public IReadOnlyList<string> Typed => [.. Desk.Connection.Typed.Select(typed => typed.Text)];

    public string TypedText => string.Concat(Typed);

    public static TetherPaths NewPaths()
    {
        var folder = TestEnvironment.NewPath();
        return new TetherPaths { ConfigDirectory = $"{folder}/config", DataDirectory = $"{folder}/data", RuntimeDirectory = $"{folder}/run" };
    }

    /// <summary>A session that runs since an hour, silent for a while, of 30×6.</summary>
    public static SessionRecord Record(string id, int createdSeconds = -3600) => FakeDaemon.Session with
    {
        Id = id, Title = id, Provider = "shell", Directory = "/home/me", Columns = 30, Rows = 6, Offset = 100,
        CreatedAt = Start.AddSeconds(createdSeconds), LastOutputAt = Start.AddSeconds(createdSeconds),
    };

    public static SessionRecord Ended(string id, int exitCode = 0, double endedSeconds = -1800) => Record(id) with
    {
        State = SessionState.Exited, ExitCode = exitCode, EndedAt = Start.AddSeconds(endedSeconds),
    };

    /// <summary>A dashboard with these sessions, in this order, the first one focused; each shows its id.</summary>
    public static DashboardRig With(params string[] sessions) => new DashboardRig().Sessions(sessions);

    public DashboardRig Sessions(params string[] sessions) => Sessions([.. sessions.Select((id, i) => Record(id, -3600 + i))]);

    public DashboardRig Sessions(params SessionRecord[] sessions)
    {
        foreach (var session in sessions)
        {
            Desk.Put(session);
            Desk.Shows(session.Id, $"this is {session.Id}\r\n");
        }

        return Begin();
    }

    /// <summary>The loop begins.</summary>
    public DashboardRig Begin()
    {
        _feed.Start();
        return Go();
    }

    /// <summary>Keys by name: `enter`, `ctrl-]`, `g`.</summary>
    public DashboardRig Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            Assert.True(KeyNames.TryParse(key, out var press), $"{key} is no key");
            Take(new InputEvent.Pressed(press));
        }

        return this;
    }

    /// <summary>A character a key.</summary>
    public DashboardRig Type(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            Take(new InputEvent.Pressed(rune.Value == '\r' ? KeyPress.Of(Key.Enter) : KeyPress.Of(rune.Value)));
        }

        return this;
    }

    public DashboardRig Paste(params string[] pieces)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            Take(new InputEvent.Pasted(Encoding.UTF8.GetBytes(pieces[i]), i == pieces.Length - 1));
        }

        return this;
    }

    public DashboardRig Take(InputEvent input)
    {
        _input.Take(input);
        return Go();
    }

    /// <summary>Several in one read of the terminal: nothing comes of the daemon in between.</summary>
    public DashboardRig TakeAtOnce(params InputEvent[] inputs)
    {
        foreach (var input in inputs)
        {
            _input.Take(input);
        }

        return Go();
    }

    public DashboardRig Do(DashboardCommand command)
    {
        Actions.Do(command);
        return Go();
    }

    /// <summary>What a session's tile shows inside its border, without blanks behind.</summary>
    public string[] Tile(string session)
    {
        var slot = State.SlotOf(session);
        Assert.NotNull(slot);
        var area = slot.Value.Area.Inset(1);
        return [.. Lines.Skip(area.Row).Take(area.Rows).Select(line => line.Substring(area.Column, area.Columns).TrimEnd())];
    }

    /// <summary>Where a cell inside the border of a session's tile is on the terminal.</summary>
    public (int Column, int Row) InTile(string session, int row, int column)
    {
        var slot = State.SlotOf(session);
        Assert.NotNull(slot);
        return (slot.Value.Area.Column + 1 + column, slot.Value.Area.Row + 1 + row);
    }

    public DashboardRig Mouse(MouseAction action, int button, (int Column, int Row) at) =>
        Take(new InputEvent.Pointed(new MouseEvent(action, button, at.Row, at.Column, KeyModifiers.None)));

    public DashboardRig Click((int Column, int Row) at, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Mouse(MouseAction.Press, 1, at).Mouse(MouseAction.Release, 1, at);
        }

        return this;
    }

    public DashboardRig Drag((int Column, int Row) from, (int Column, int Row) to) =>
        Mouse(MouseAction.Press, 1, from).Mouse(MouseAction.Move, 1, to).Mouse(MouseAction.Release, 1, to);

    /// <summary>Negative: away from the person, towards older rows.</summary>
    public DashboardRig Wheel((int Column, int Row) at, int notches)
    {
        for (var i = 0; i < Math.Abs(notches); i++)
        {
            Mouse(MouseAction.Press, notches < 0 ? 4 : 5, at);
        }

        return this;
    }

    public DashboardRig Come(Message message)
    {
        Desk.Connection.Come(message);
        return Go();
    }

    /// <summary>A session prints.</summary>
    public DashboardRig Prints(string session, string output)
    {
        var record = Desk.Record(session);
        var end = record.Offset + Encoding.UTF8.GetByteCount(output);
        Desk.Put(record with { Offset = end, LastOutputAt = Clock.Now });
        Desk.Connection.Come(FrameKind.Output, Desk.ChannelOf(session), output, end);
        Go();
        Desk.Put(Desk.Record(session) with { LastLine = Context.Fleet.Find(session)?.LastLine ?? "" });
        return this;
    }

    /// <summary>The daemon tells of something.</summary>
    public DashboardRig Happens(string session, string kind, string text = "") =>
        Come(new SessionEventNotice { Session = session, Kind = kind, At = Clock.Now, Text = text });

    /// <summary>A session's program ends.</summary>
    public DashboardRig Ends(string session, int exitCode = 0)
    {
        var ended = Desk.Record(session) with { State = SessionState.Exited, ExitCode = exitCode, EndedAt = Clock.Now };
        Desk.Put(ended);
        Desk.Connection.Come(new ExitedNotice { Channel = Desk.ChannelOf(session), Session = ended });
        return Happens(session, "exited").Pass(1);
    }

    /// <summary>The daemon goes away without a word.</summary>
    public DashboardRig Lose()
    {
        Desk.Connection.IsGone = true;
        return Go();
    }

    /// <summary>Time passes, and what was due in it is done.</summary>
    public DashboardRig Pass(double seconds)
    {
        Clock.Pass(seconds);
        return Go();
    }

    public DashboardRig Resize(int columns, int rows)
    {
        (Size, State.IsDirty) = ((columns, rows), true);
        return Go();
    }

    public Frame Draw()
    {
        Frame = new Frame(Size.Columns, Size.Rows);
        _feed.Settle();
        (State.IsDirty, State.IsStale) = (false, false);
        Painter.Draw(Frame);
        _feed.SetPaces(isHidden: false);
        return Frame;
    }

    /// <summary>When the feed has something to do; 0 for never.</summary>
    public long NextFeedChange => _feed.NextChangeAt;

    /// <summary>Takes what has come, and no more: nothing is drawn.</summary>
    public void TakeComing() => _feed.Take();

    public void Dispose() => Context.Link.Dispose();

    void IDashboardHost.Quit(int status) => Status = status;

    void IDashboardHost.Zoom(SessionItem item) => Zoomed.Add(item.Id);

    void IDashboardHost.Redraw() => Redraws++;

    void IDashboardHost.Restyle() => Restyles++;

    void IDashboardHost.Listen(KittyFlags keys, bool motion) => Heard.Add((keys, motion));

    CopyOutcome IDashboardHost.Copy(string text)
    {
        Copied.Add(text);
        return new CopyOutcome(["OSC 52"], false);
    }

    void IDashboardHost.InBackground<T>(Func<T> work, Action<T> then) => _background.Enqueue(() => then(work()));

    IConnection? IDashboardHost.TryConnect(bool startsIt)
    {
        Connects.Add(startsIt);
        return IsDaemonBack ? Desk.Restart() : null;
    }

    private DashboardRig Go()
    {
        do
        {
            Advance();
            if (!Context.Link.IsLost)
            {
                Desk.Serve();
                _feed.Take();
                Advance();
            }

            Draw();
        }
        while (Work() || (!Context.Link.IsLost && Desk.HasOpen));

        return this;
    }

    private bool Work()
    {
        var hasWorked = _background.Count > 0;
        while (_background.TryDequeue(out var work))
        {
            work();
        }

        return hasWorked;
    }

    private void Advance()
    {
        State.Advance(Milliseconds);
        Context.Fleet.Advance(Context.Now);
        _feed.Advance();
        Actions.Typing.Advance();
        Actions.Transcript.Advance();
        Actions.Moving.Keep();
        Actions.Sending.Advance();
        Actions.Attention.Keep();
    }

    private void Lost()
    {
        Actions.Typing.Lost();
        Actions.Sending.Lost();
    }

    private void CameOfSession(string session, Incoming incoming)
    {
        if (session == State.Focused)
        {
            Actions.Typing.Came(incoming);
        }
    }
}
