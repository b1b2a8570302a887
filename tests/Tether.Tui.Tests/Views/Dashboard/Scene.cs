using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal;
using Tether.Tui.Tests.Support;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Tests.Views.Dashboard;

/// <summary>What the pictures of the views show: sessions with plain and with hostile texts, in every state.</summary>
internal static class Scene
{
    /// <summary>What someone else may have put into a title: wide characters, clusters, controls, another direction of writing.</summary>
    public const string Hostile = "漢字\e]0;x\a👩‍👩‍👧‍👦\ne\u0301\u202eRLO\t\u200fz";

    /// <summary>All sizes that views are drawn at; a view that is a strip takes as many rows as it gets there.</summary>
    public static readonly (int Columns, int Rows)[] Sizes = [(40, 10), (64, 20), (80, 24), (120, 40), (200, 60), (500, 150)];

    public static KeyBindings Bindings { get; } = KeyBindings.Defaults(EscapeChord.Default);

    public static Frame Draw(int columns, int rows, Action<Canvas> draw)
    {
        var frame = new Frame(columns, rows);
        draw(new Canvas(frame, new Area(0, 0, columns, rows)));
        return frame;
    }

    public static SessionReplica Replica(int columns, int rows, string output)
    {
        var replica = new SessionReplica(1, AttachMode.Observe, FakeDaemon.Session with { Columns = columns, Rows = rows });
        replica.Take(new FrameHeader(FrameKind.Snapshot, 1, 0, 0), Encoding.UTF8.GetBytes(output));
        return replica;
    }

    /// <summary>An agent's screen: colours of every depth, a frame, wide characters, a cursor in its prompt.</summary>
    public static SessionReplica Agent() => Replica(
        60,
        12,
        "\e[1m● Read\e[0m src/Parser.cs\r\n  \e[2m⎿ 214 lines\e[0m\r\n\r\n\e[32m+ added\e[0m \e[31m- removed\e[0m \e[38;5;208m208\e[0m \e[38;2;120;80;200mrgb\e[0m \e[7minverse\e[0m"
        + "\r\n漢字 かな 👩‍👩‍👧‍👦 e\u0301\r\n\r\n╭──────────────────────────────────────────────────────────╮\r\n│ > fix the failing test                                   │"
        + "\r\n╰──────────────────────────────────────────────────────────╯\r\n  ? for shortcuts\e[8;25H");

    public static TileLook Look(Scheme scheme, SessionStatus status, string title = "parser", int? number = 1, bool isAscii = false) =>
        new(number, title, "claude", StatusText.Sign(status, isAscii), $"{StatusText.Word(status)} 3m", StyleOf(scheme, status))
        {
            IsOver = status is SessionStatus.Done or SessionStatus.Failed or SessionStatus.Stopped or SessionStatus.Lost,
        };

    public static Style StyleOf(Scheme scheme, SessionStatus status) => status switch
    {
        SessionStatus.Working => scheme.Working,
        SessionStatus.WaitingQuietly => scheme.NeedsYou,
        _ when StatusText.NeedsPerson(status) => scheme.NeedsYou,
        SessionStatus.Done => scheme.Done,
        SessionStatus.Failed or SessionStatus.Lost or SessionStatus.LimitReached => scheme.Failed,
        _ => scheme.Muted,
    };

    public static List<ListEntry> Entries(Scheme scheme, bool isAscii = false)
    {
        var entries = new List<ListEntry> { ListEntry.Heading("/home/someone/projects/a/rather/long/way/tether") with { Count = 4 } };
        string[] titles = ["parser", Hostile, "a title that is longer than any list is wide, by far and without an end", "docs"];
        string[] lines = ["running 42 tests", Hostile, "", "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"];
        SessionStatus[] states = [SessionStatus.Working, SessionStatus.NeedsYou, SessionStatus.WaitingQuietly, SessionStatus.Quiet];
        for (var i = 0; i < titles.Length; i++)
        {
            entries.Add(Entry(scheme, $"s{i + 1}", i + 1, states[i], titles[i], i == 3 ? "docs" : "claude", $"{i}m", lines[i], isAscii));
        }

        entries.Add(ListEntry.Heading("review") with { Count = 12, IsFolded = true, Sign = StatusText.Sign(SessionStatus.NeedsYou, isAscii) });
        entries.Add(ListEntry.Heading(Hostile));
        states = [SessionStatus.Done, SessionStatus.Failed, SessionStatus.Stopped, SessionStatus.Lost];
        for (var i = 0; i < states.Length; i++)
        {
            entries.Add(Entry(scheme, $"e{i}", i < 2 ? i + 8 : null, states[i], $"{states[i]}", "codex", "2d", $"exit {i}", isAscii));
        }

        return entries;
    }

    public static List<QueueLook> Queue(Scheme scheme, bool isAscii = false)
    {
        (SessionStatus, string, string, string)[] items =
        [
            (SessionStatus.NeedsYou, "12m", "parser", "May I run `rm -rf build`?"),
            (SessionStatus.Failed, "3m", Hostile, $"failed: {Hostile}"),
            (SessionStatus.Done, "<1m", "a title that is longer than most queues are wide, by far and without an end", "finished"),
            (SessionStatus.WaitingQuietly, "12s", "docs", "went quiet"),
            (SessionStatus.Lost, "4d", "db", "lost: its terminal is gone"),
        ];
        return [.. items.Select(item => new QueueLook(StatusText.Sign(item.Item1, isAscii), item.Item2, item.Item3, item.Item4, StyleOf(scheme, item.Item1)))];
    }

    private static ListEntry Entry(
        Scheme scheme, string id, int? number, SessionStatus status, string title, string agent, string age, string line, bool isAscii) =>
        new(id, number, StatusText.Sign(status, isAscii), title, agent, age, line, StyleOf(scheme, status));
}
