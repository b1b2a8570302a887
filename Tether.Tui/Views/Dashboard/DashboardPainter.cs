using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>Draws the whole dashboard into a frame, and leaves in the state where everything is, for the mouse and for movements.</summary>
internal sealed class DashboardPainter(Fleet fleet, ReplicaSet replicas, DashboardState state, KeyBindings bindings)
{
    public required string Host { get; init; }

    /// <summary>State signs and borders for terminals without Unicode.</summary>
    public bool IsAscii { get; set; }

    public Scheme Scheme { get; set; } = Schemes.Terminal;

    public Dimming Dimming { get; set; } = new(null);

    public void Draw(Frame frame, DashboardSettings settings, TileWeights weights, DateTimeOffset now)
    {
        frame.Clear();
        state.KeepFocus(fleet);
        var canvas = new Canvas(frame, new Area(0, 0, frame.Columns, frame.Rows));
        var layout = DashboardLayout.For(frame.Columns, frame.Rows, new DashboardOptions
        {
            IsListFolded = settings.IsListFolded,
            IsListInFront = state.IsListInFront,
            QueueItems = fleet.Queue.Items.Count,
        });
        state.Layout = layout;
        canvas.Fill(Scheme.Text);
        var counts = fleet.Counts;
        TopLine.Draw(canvas.Part(layout.Top), Scheme, new TopLineLook(counts.Working, counts.NeedYou, counts.Done, Host, $"{now.ToLocalTime():HH:mm}") { Alarm = state.Alarm });
        DrawTiles(canvas, settings, weights, layout);
        if (!layout.List.IsEmpty)
        {
            state.ListRows = SessionListView.Draw(canvas.Part(layout.List), Scheme, Entries(), state.Focused, state.Mode == DashboardMode.Type);
        }

        if (!layout.Queue.IsEmpty)
        {
            QueueStrip.Draw(canvas.Part(layout.Queue), Scheme, QueueLooks(now), state.Mode == DashboardMode.Queue ? state.QueueIndex : null);
        }

        DrawBottom(canvas.Part(layout.Bottom), counts);
        if (state.Popup is { } popup)
        {
            frame.Cursor = null;
            popup.Draw(canvas, Scheme);
        }
    }

    private void DrawBottom(Canvas line, FleetCounts counts)
    {
        if (state.SearchLine is { } search)
        {
            line.Fill(Scheme.Bar);
            var column = line.Write(0, 0, " / ", Scheme.Focus);
            search.Draw(line.Part(new Area(column, 0, line.Columns - column, 1)), Scheme);
            return;
        }

        var subject = state.Focused is { } id && fleet.Find(id) is { } item ? item.Record.Title : "";
        BottomLine.Draw(line, Scheme, state.Mode, subject, KeyHints.For(bindings, state.Mode, fleet.Sessions.Count > 0, counts.NeedYou > 0), state.Message);
    }

    private void DrawTiles(Canvas canvas, DashboardSettings settings, TileWeights weights, DashboardLayout layout)
    {
        var sessions = fleet.Sessions;
        if (sessions.Count == 0)
        {
            DrawEmpty(canvas.Part(layout.Tiles));
            state.Tiles = TilePage.Empty;
            return;
        }

        var ids = sessions.Select(session => session.Id).ToArray();
        var focused = Array.IndexOf(ids, state.Focused);
        state.Tiles = TileLayout.Arrange(new TileRequest
        {
            Area = layout.Tiles,
            Sessions = ids,
            Arrangement = settings.Layout,
            Focused = focused,
            Main = Math.Max(0, Array.IndexOf(ids, state.Main)),
            Page = state.Page,
            Weights = weights,
        });
        state.Page = state.Tiles.Number;
        foreach (var slot in state.Tiles.Slots)
        {
            var item = sessions[slot.Index];
            var look = LookOf(item, slot.Index);
            var part = canvas.Part(slot.Area);
            var replica = replicas.Find(item.Id);
            if (slot.IsCard)
            {
                CardView.Draw(part, Scheme, look, replica);
            }
            else
            {
                TileView.Draw(part, Scheme, look, replica, look.IsFocused ? state.History : null, Dimming);
            }
        }
    }

    private TileLook LookOf(SessionItem item, int index)
    {
        var isFocused = item.Id == state.Focused;
        var isTyping = state.Mode == DashboardMode.Type;
        return new TileLook(index < 9 ? index + 1 : null, item.Record.Title, item.Record.Provider, item.Sign(IsAscii), $"{item.Word} {item.Age}", StyleOf(item.Status))
        {
            IsFocused = isFocused,
            IsLive = isFocused && isTyping,
            IsDimmed = !isFocused && isTyping,
            Note = isFocused && state.History is { } history ? HistoryNote(history) : "",
        };
    }

    private static string HistoryNote(TileHistory history) => history.IsAtEnd ? "newest line" : $"{history.Below} lines below";

    private List<ListEntry> Entries()
    {
        var entries = new List<ListEntry>();
        var index = 0;
        foreach (var group in fleet.Groups)
        {
            if (group.Name.Length > 0)
            {
                entries.Add(ListEntry.Heading(group.Name));
            }

            foreach (var item in group.Sessions)
            {
                index++;
                entries.Add(new ListEntry(
                    item.Id, index <= 9 ? index : null, item.Sign(IsAscii), item.Record.Title, item.Record.Provider, item.Age, item.LastLine, StyleOf(item.Status)));
            }
        }

        return entries;
    }

    private List<QueueLook> QueueLooks(DateTimeOffset now)
    {
        var looks = new List<QueueLook>();
        foreach (var item in fleet.Queue.Items)
        {
            if (fleet.Find(item.Session) is { } session)
            {
                var style = item.Kind is AttentionKind.Failed or AttentionKind.Lost ? Scheme.Failed : item.Kind == AttentionKind.Finished ? Scheme.Done : Scheme.NeedsYou;
                looks.Add(new QueueLook(session.Sign(IsAscii), AgeText.Of(item.Since, now), session.Record.Title, item.Words, style));
            }
        }

        return looks;
    }

    private void DrawEmpty(Canvas canvas)
    {
        string[] lines =
        [
            "No sessions yet.",
            "",
            $"{bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Create)}  starts one here: codex, claude, opencode, pi or a shell",
            "or type `tether run codex` in any terminal: it appears here",
            "",
            $"{bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Help)}  shows all keys",
        ];
        var top = Math.Max(0, (canvas.Rows - lines.Length) / 2);
        var left = Math.Max(1, (canvas.Columns - lines.Max(line => TextWidth.Of(line))) / 2);
        for (var i = 0; i < lines.Length; i++)
        {
            canvas.Write(top + i, left, lines[i], i == 0 ? Scheme.Strong : Scheme.Text);
        }
    }

    private Style StyleOf(SessionStatus status) => status switch
    {
        SessionStatus.Working => Scheme.Working,
        SessionStatus.NeedsYou or SessionStatus.WaitingQuietly => Scheme.NeedsYou,
        SessionStatus.Done => Scheme.Done,
        SessionStatus.Failed or SessionStatus.Lost => Scheme.Failed,
        _ => Scheme.Muted,
    };
}
