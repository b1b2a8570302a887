using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Rendering;
using Tether.Tui.Tests.Support;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

/// <summary>The whole dashboard at every size in every mode; the pictures are in Snapshots.</summary>
public sealed class DashboardSnapshotTests
{
    private const string Agent =
        "\e[H\e[2J\e[1m● Read\e[0m src/Parser.cs\r\n  \e[2m⎿ 214 lines\e[0m\r\n\r\n\e[32m+ added\e[0m \e[31m- removed\e[0m\r\n\r\n"
        + "╭──────────────────────────────────────────────────────────╮\r\n│ > fix the failing test                                   │"
        + "\r\n╰──────────────────────────────────────────────────────────╯\r\n  ? for shortcuts\e[7;25H";

    private static readonly (string Name, Action<DashboardRig> Do)[] Situations =
    [
        ("navigate", static _ => { }),
        ("type", static rig => rig.Press("enter").Type("yes")),
        ("queue", static rig => rig.Press("a", "j")),
        ("card", static rig =>
        {
            rig.Desk.Items.AddRange([Asked.Command(), Asked.Low("low", "docs"), Asked.Question("ask", "docs") with { SnoozedUntil = DashboardRig.Start.AddHours(2) }]);
            rig.Come(new ItemNotice { Item = rig.Desk.Items[0] }).Press("a", "j").Pass(0.3).Press("y").Pass(0.3);
        }),
        ("card-form", static rig =>
        {
            rig.Desk.Items.Add(Asked.Questions());
            rig.Come(new ItemNotice { Item = rig.Desk.Items[0] }).Press("a").Pass(0.3).Press("y");
        }),
        ("history", static rig => rig.Press("/").Type("line 4").Press("enter", "v", "k", "k")),
        ("search", static rig => rig.Press("/").Type("line 4")),
        ("alarm", static rig => rig.Lose()),
        ("taken", static rig =>
        {
            rig.Desk.IsControlledBy(rig.State.Focused!, "laptop");
            rig.Press("enter");
        }),
        ("create", static rig => rig.Press("c")),
        ("broadcast", static rig => rig.Press("b").Type("run the tests")),
        ("receipts", static rig =>
        {
            rig.Desk.On<InputRequest>(request => request.Session switch
            {
                "docs" => new ErrorReply { Re = request.Id, Code = ErrorCode.ControlTaken, Message = "laptop is in control; --take types anyway" },
                "shell" => new InputReply { Re = request.Id, Receipt = "unconfirmed" },
                "htop" => null,
                _ => new InputReply { Re = request.Id, Receipt = "submitted" },
            });
            rig.Press("b").Type("run the tests").Press("tab", "a", "enter");
        }),
        ("search-all", static rig => rig.Press("g", "/").Type("line [45]").Press("enter")),
        ("palette", static rig => rig.Press(":").Type("ren")),
    ];

    public static TheoryData<string, int, int> Pictures
    {
        get
        {
            var pictures = new TheoryData<string, int, int>();
            foreach (var (name, _) in Situations)
            {
                foreach (var (columns, rows) in Sizes)
                {
                    pictures.Add(name, columns, rows);
                }
            }

            return pictures;
        }
    }

    public static TheoryData<int, int> EmptySizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (var (columns, rows) in Sizes)
            {
                sizes.Add(columns, rows);
            }

            return sizes;
        }
    }

    private static (int Columns, int Rows)[] Sizes => [(40, 10), (64, 20), (80, 24), (120, 40), (200, 60)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void All_of_it_at_a_size(string situation, int columns, int rows)
    {
        using var rig = Scene(columns, rows);
        Array.Find(Situations, known => known.Name == situation).Do(rig);
        Snapshot.Matches(rig.Frame, $"Dashboard/Snapshots/{situation}-{columns}x{rows}");
    }

    [Theory]
    [MemberData(nameof(EmptySizes))]
    public void Without_a_session(int columns, int rows)
    {
        using var rig = new DashboardRig(columns, rows).Begin();
        Snapshot.Matches(rig.Frame, $"Dashboard/Snapshots/empty-{columns}x{rows}");
    }

    [Fact]
    public void Without_a_session_that_runs()
    {
        using var rig = new DashboardRig();
        rig.Context.Book.Left(DashboardRig.Start.AddMinutes(-1));
        rig.Sessions(DashboardRig.Ended("old"), DashboardRig.Ended("older"));
        Snapshot.Matches(rig.Frame, "Dashboard/Snapshots/ended-80x24");
    }

    [Fact]
    public void In_ascii()
    {
        using var rig = Scene(120, 40);
        (rig.Painter.IsAscii, rig.Painter.Scheme) = (true, Schemes.Mono);
        rig.Draw();
        var renderer = new FrameRenderer { UsesUnicode = false };
        var terminal = new Protocol.Terminal.TerminalEmulator(new Protocol.Terminal.TerminalOptions { Columns = 120, Rows = 40 });
        terminal.Feed(renderer.Render(rig.Frame).Span);
        var shown = new Frame(120, 40);
        new Canvas(shown, new Area(0, 0, 120, 40)).Draw(terminal, terminal.TopRow, 0);
        Snapshot.Matches(shown, "Dashboard/Snapshots/ascii-120x40");
    }

    // Seven sessions: an agent that works and was left a while ago, one that asks, one that is quiet, one that failed, one that finished, one whose
    // screen is larger than any tile, and one with a title from elsewhere.
    private static DashboardRig Scene(int columns, int rows)
    {
        var rig = new DashboardRig(columns, rows);
        rig.Context.Book.Looked("parser", new Look(DashboardRig.Start.AddMinutes(-12), 100, 20));
        rig.Context.Book.Left(DashboardRig.Start.AddMinutes(-12));
        rig.Desk.Printed("parser", [.. Enumerable.Range(1, 60).Select(i => $"line {i} of what the agent has said")]);
        rig.Sessions(
            Agentic("parser", "claude", 0) with { Offset = 5000, OutputRow = 60 },
            Agentic("docs", "codex", 1),
            DashboardRig.Record("shell", -3598),
            DashboardRig.Record("check", -3597),
            Agentic("release notes", "opencode", 4),
            DashboardRig.Record("htop", -3595) with { Columns = 160, Rows = 48 },
            DashboardRig.Record("漢字 👩‍👩‍👧‍👦", -3594));
        rig.Prints("docs", Agent).Prints("htop", "\e[H\e[7m  PID USER      CPU%\e[0m\e[48;1HF1Help F2Setup F10Quit").Pass(60);
        rig.Happens("docs", "notification", "May I run `rm -rf build`?").Pass(65);
        rig.Ends("check", exitCode: 2).Pass(3).Ends("release notes").Pass(2);
        rig.Prints("parser", Agent).Prints("shell", "$ make\r\ncc -O2 queue.c\r\n");
        return rig.Pass(0.5);
    }

    private static SessionRecord Agentic(string title, string provider, int second) =>
        DashboardRig.Record(title, -3600 + second) with { Provider = provider, Columns = 60, Rows = 12, Directory = "/usr/lib" };
}
