using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Tests.Support;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard;

/// <summary>Every view at every size in one theme, and at one size in every theme; the pictures are in Snapshots.</summary>
public sealed class ViewSnapshotTests
{
    public static TheoryData<int, int> Sizes => Pairs(Scene.Sizes);

    // Beyond 200×60 a popup only stands further from the edges.
    public static TheoryData<int, int> PopupSizes => Pairs(Scene.Sizes.Where(size => size.Columns <= 200));

    public static TheoryData<string> Themes => [.. Schemes.Names];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Bars_at_a_size(int columns, int rows) => Matches(Bars(Schemes.Dark, columns), $"bars-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void Bars_in_a_theme(string theme) => Matches(Bars(Schemes.Find(theme)!, 80), $"bars-{theme}");

    [Theory]
    [InlineData(40, 1)]
    [InlineData(64, 2)]
    [InlineData(80, 3)]
    [InlineData(200, 3)]
    public void The_queue_at_a_size(int columns, int rows) => Matches(Queue(Schemes.Dark, columns, rows), $"queue-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void The_queue_in_a_theme(string theme) => Matches(Queue(Schemes.Find(theme)!, 80, 3), $"queue-{theme}");

    [Theory]
    [InlineData(40, 8)]
    [InlineData(24, 18)]
    [InlineData(24, 22)]
    [InlineData(30, 38)]
    [InlineData(36, 58)]
    public void The_list_at_a_size(int columns, int rows) => Matches(List(Schemes.Dark, columns, rows), $"list-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void The_list_in_a_theme(string theme) => Matches(List(Schemes.Find(theme)!, 30, 22), $"list-{theme}");

    [Theory]
    [InlineData(40, 8)]
    [InlineData(56, 20)]
    [InlineData(90, 38)]
    [InlineData(164, 56)]
    public void A_tile_at_a_size(int columns, int rows) => Matches(
        Scene.Draw(columns, rows, canvas => TileView.Draw(canvas, Schemes.Dark, Scene.Look(Schemes.Dark, SessionStatus.Working), Scene.Agent(), null, new Dimming(null))),
        $"tile-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void Tiles_in_a_theme(string theme) => Matches(Tiles(Schemes.Find(theme)!, isAscii: false), $"tiles-{theme}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void Cards_in_a_theme(string theme) => Matches(Cards(Schemes.Find(theme)!, isAscii: false), $"cards-{theme}");

    [Theory]
    [InlineData(20, 4)]
    [InlineData(30, 7)]
    [InlineData(40, 7)]
    public void A_card_at_a_size(int columns, int rows) => Matches(
        Scene.Draw(columns, rows, canvas => CardView.Draw(canvas, Schemes.Dark, Scene.Look(Schemes.Dark, SessionStatus.NeedsYou, Scene.Hostile), Scene.Agent())),
        $"card-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void History_in_a_theme(string theme) => Matches(History(Schemes.Find(theme)!), $"history-{theme}");

    [Theory]
    [MemberData(nameof(PopupSizes))]
    public void Help_at_a_size(int columns, int rows) => Matches(Help(Schemes.Dark, columns, rows), $"help-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void Help_in_a_theme(string theme) => Matches(Help(Schemes.Find(theme)!, 80, 24), $"help-{theme}");

    [Theory]
    [MemberData(nameof(PopupSizes))]
    public void The_palette_at_a_size(int columns, int rows) => Matches(Palette(Schemes.Dark, columns, rows), $"palette-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void The_palette_in_a_theme(string theme) => Matches(Palette(Schemes.Find(theme)!, 80, 24), $"palette-{theme}");

    [Fact]
    public void Everything_in_ascii()
    {
        var scheme = Schemes.Mono;
        var frames = new[] { Bars(scheme, 80), Queue(scheme, 80, 3, true), List(scheme, 30, 22, true), Tiles(scheme, true), Cards(scheme, true), Help(scheme, 80, 24), Palette(scheme, 80, 24) };
        Snapshot.Matches(string.Join('\n', frames.Select(frame => FrameText.Of(Ascii(frame)))), "Views/Dashboard/Snapshots/ascii");
    }

    private static TheoryData<int, int> Pairs(IEnumerable<(int Columns, int Rows)> sizes)
    {
        var pairs = new TheoryData<int, int>();
        foreach (var (columns, rows) in sizes)
        {
            pairs.Add(columns, rows);
        }

        return pairs;
    }

    private static void Matches(Frame frame, string name) => Snapshot.Matches(frame, $"Views/Dashboard/Snapshots/{name}");

    private static Frame Ascii(Frame frame)
    {
        var renderer = new FrameRenderer { UsesUnicode = false };
        var terminal = new Protocol.Terminal.TerminalEmulator(new Protocol.Terminal.TerminalOptions { Columns = frame.Columns, Rows = frame.Rows });
        terminal.Feed(renderer.Render(frame).Span);
        var shown = new Frame(frame.Columns, frame.Rows) { Cursor = frame.Cursor, CursorShape = frame.CursorShape };
        new Canvas(shown, new Area(0, 0, frame.Columns, frame.Rows)).Draw(terminal, terminal.TopRow, 0);
        return shown;
    }

    // The top line in three moods, the bottom line in every mode and with a message.
    private static Frame Bars(Scheme scheme, int columns)
    {
        const string Host = "workstation.example.org";
        var bindings = Scene.Bindings;
        return Scene.Draw(columns, 10, canvas =>
        {
            TopLine.Draw(Line(0), scheme, new TopLineLook(3, 2, 1, Host, "14:07"));
            TopLine.Draw(Line(1), scheme, new TopLineLook(0, 1, 0, Host, "14:07"));
            TopLine.Draw(Line(2), scheme, new TopLineLook(0, 0, 0, Host, "14:07") { Alarm = "the daemon is gone; sessions go on, reconnecting …" });
            BottomLine.Draw(Line(3), scheme, DashboardMode.Navigate, "parser", KeyHints.For(bindings, new HintSituation(DashboardMode.Navigate) { HasSession = true, NeedsYou = true }), "");
            BottomLine.Draw(Line(4), scheme, DashboardMode.Navigate, "", KeyHints.For(bindings, new HintSituation(DashboardMode.Navigate)), "");
            BottomLine.Draw(Line(5), scheme, DashboardMode.Type, "a session with a title that is rather long", KeyHints.For(bindings, new HintSituation(DashboardMode.Type) { HasSession = true }), "");
            BottomLine.Draw(Line(6), scheme, DashboardMode.Queue, "parser", KeyHints.For(bindings, new HintSituation(DashboardMode.Queue) { HasSession = true, NeedsYou = true }), "");
            BottomLine.Draw(Line(7), scheme, DashboardMode.Scroll, Scene.Hostile, KeyHints.For(bindings, new HintSituation(DashboardMode.Scroll) { HasSession = true }), "");
            BottomLine.Draw(Line(8), scheme, DashboardMode.Type, Scene.Hostile, [], $"{Scene.Hostile} has taken control of this session and of some others");
            BottomLine.Draw(Line(9), scheme, DashboardMode.Navigate, "", [], "copied 12 lines");

            Canvas Line(int row) => canvas.Part(new Area(0, row, columns, 1));
        });
    }

    // Not in the queue, in it at the first and at the last item, and empty.
    private static Frame Queue(Scheme scheme, int columns, int rows, bool isAscii = false)
    {
        var items = Scene.Queue(scheme, isAscii);
        return Scene.Draw(columns, 4 * rows, canvas =>
        {
            QueueStrip.Draw(canvas.Part(new Area(0, 0, columns, rows)), scheme, items, null);
            QueueStrip.Draw(canvas.Part(new Area(0, rows, columns, rows)), scheme, items, 0);
            QueueStrip.Draw(canvas.Part(new Area(0, 2 * rows, columns, rows)), scheme, items, items.Count - 1);
            QueueStrip.Draw(canvas.Part(new Area(0, 3 * rows, columns, rows)), scheme, [], null);
        });
    }

    private static Frame List(Scheme scheme, int columns, int rows, bool isAscii = false) =>
        Scene.Draw(columns, rows, canvas => SessionListView.Draw(canvas, scheme, Scene.Entries(scheme, isAscii), "s3", isDimmed: false));

    // Every state, then the focused, the live, a dimmed one, one without a screen, and one whose title wants to break out.
    private static Frame Tiles(Scheme scheme, bool isAscii)
    {
        var dimming = new Dimming(null);
        var agent = Scene.Agent();
        var states = Enum.GetValues<SessionStatus>();
        var looks = states.Select(state => (Look: Scene.Look(scheme, state, $"{state}", (int)state + 1, isAscii), Replica: (SessionReplica?)agent)).ToList();
        var working = Scene.Look(scheme, SessionStatus.Working, isAscii: isAscii);
        looks.Add((working with { IsFocused = true, Note = "12 lines, 2 commands, 1 failed since you left" }, agent));
        looks.Add((working with { IsFocused = true, IsLive = true }, agent));
        looks.Add((working with { IsDimmed = true }, agent));
        looks.Add((Scene.Look(scheme, SessionStatus.NeedsYou, Scene.Hostile, null, isAscii) with { Note = Scene.Hostile }, null));
        return Scene.Draw(120, 8 * ((looks.Count + 2) / 3), canvas =>
        {
            for (var i = 0; i < looks.Count; i++)
            {
                TileView.Draw(canvas.Part(new Area(i % 3 * 40, i / 3 * 8, 40, 8)), scheme, looks[i].Look, looks[i].Replica, null, dimming);
            }
        });
    }

    private static Frame Cards(Scheme scheme, bool isAscii)
    {
        var agent = Scene.Agent();
        var working = Scene.Look(scheme, SessionStatus.Working, isAscii: isAscii);
        (TileLook, SessionReplica?)[] cards =
        [
            .. Enum.GetValues<SessionStatus>().Select(state => (Scene.Look(scheme, state, $"{state}", (int)state + 1, isAscii), (SessionReplica?)agent)),
            (working with { IsFocused = true }, agent), (working with { IsFocused = true, IsLive = true }, agent), (working with { IsDimmed = true }, agent),
            (Scene.Look(scheme, SessionStatus.NeedsYou, Scene.Hostile, null, isAscii), null),
        ];
        return Scene.Draw(90, 4 * ((cards.Length + 2) / 3), canvas =>
        {
            for (var i = 0; i < cards.Length; i++)
            {
                CardView.Draw(canvas.Part(new Area(i % 3 * 30, i / 3 * 4, 30, 4)), scheme, cards[i].Item1, cards[i].Item2);
            }
        });
    }

    private static Frame History(Scheme scheme)
    {
        var replica = Scene.Replica(38, 8, "");
        var lines = Enumerable.Range(1, 30).Select(line => $"line {line} of what the test has printed 漢字");
        var captured = new Protocol.Wire.CaptureReply { Text = string.Join("\r\n", lines), Columns = 38, Rows = 8, CursorRow = 0, CursorColumn = 0 };
        var history = new TileHistory(SessionReplica.Paint(captured, 100), 8);
        Assert.True(Protocol.Terminal.Search.SearchPattern.TryRegex("line 1[0-9]|test", Protocol.Terminal.Search.SearchCase.Smart, out var pattern, out _));
        Assert.True(history.Search(pattern));
        history.Select((history.Top + 2, 10), (history.Top + 4, 3));
        return Scene.Draw(40, 10, canvas => TileView.Draw(
            canvas, scheme, Scene.Look(scheme, SessionStatus.Quiet) with { IsFocused = true, Note = "newest line" }, replica, history, new Dimming(null)));
    }

    private static Frame Help(Scheme scheme, int columns, int rows) => Scene.Draw(columns, rows, canvas => new HelpView(Scene.Bindings).Draw(canvas, scheme));

    private static Frame Palette(Scheme scheme, int columns, int rows)
    {
        var choices = CommandTable.All.Select(entry => new Choice<Action>(
            static () => { }, $"{entry.Name}: {entry.Description}", Scene.Bindings.LabelOf(DashboardMode.Navigate, entry.Command) ?? ""));
        var palette = new PaletteView([new(static () => { }, $"go to {Scene.Hostile}", $"{Scene.Hostile} · working"), .. choices]);
        return Scene.Draw(columns, rows, canvas => palette.Draw(canvas, scheme));
    }
}
