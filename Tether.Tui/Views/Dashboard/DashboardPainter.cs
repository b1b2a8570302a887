using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard.Cards;

namespace Tether.Tui.Views.Dashboard;

/// <summary>Draws the whole dashboard into a frame, and leaves in the state where everything is, for the mouse and for movements.</summary>
internal sealed class DashboardPainter(DashboardContext context)
{
    private readonly AbsenceNotes _notes = new(context);

    /// <summary>State signs and borders for terminals without Unicode.</summary>
    public bool IsAscii { get; set; }

    public Scheme Scheme { get; set; } = Schemes.Terminal;

    public Dimming Dimming { get; set; } = new(null);

    private DashboardState State => context.State;

    private Fleet Fleet => context.Fleet;

    public void Draw(Frame frame)
    {
        frame.Clear();
        var canvas = new Canvas(frame, new Area(0, 0, frame.Columns, frame.Rows));
        var layout = DashboardLayout.For(frame.Columns, frame.Rows, new DashboardOptions
        {
            IsListFolded = context.Settings.IsListFolded,
            IsListInFront = State.IsListInFront,
            QueueItems = Fleet.Queue.Items.Count,
            HasCard = Chosen is not null,
        });
        State.Layout = layout;
        canvas.Fill(Scheme.Text);
        DrawTiles(canvas, layout);
        DrawTop(canvas.Part(layout.Top));
        State.ListRows = layout.List.IsEmpty ? [] : SessionListView.Draw(canvas.Part(layout.List), Scheme, Entries(), State.Focused, State.Mode == DashboardMode.Type);
        if (!layout.Queue.IsEmpty)
        {
            QueueStrip.Draw(canvas.Part(layout.Queue), Scheme, QueueLooks(), State.Mode == DashboardMode.Queue ? State.QueueIndex : null);
        }

        DrawCard(canvas.Part(layout.Card));
        DrawBottom(canvas.Part(layout.Bottom));
        if (State.Popup is { } popup)
        {
            frame.Cursor = null;
            popup.Draw(canvas, Scheme);
        }
    }

    // The item of the daemon's queue that keys act on.
    private QueueItem? Chosen => State.Mode == DashboardMode.Queue && State.QueueIndex < Fleet.Queue.Items.Count ? Fleet.Queue.Items[State.QueueIndex].Asked : null;

    private IReadOnlyList<(DashboardCommand Command, string Hint)>? CardHints =>
        Chosen is { } item ? CardCommands.Of(item, State.Answers.Find(item.Id) is not null) : null;

    private void DrawCard(Canvas canvas)
    {
        State.Sight.Drawn(Chosen, State.QueueIndex, canvas.Area, State.Popup is not null, context.Host.Milliseconds);
        if (Chosen is not { } item || canvas.Whole.IsEmpty)
        {
            return;
        }

        var session = Fleet.Find(item.Session)?.Record.Title ?? item.Session;
        var (agent, title) = (PlainText.Of(item.Agent), PlainText.Of(session));
        var sign = StatusText.Sign(AskedText.StatusOf(item), IsAscii);
        var waiting = Waiting(item);
        State.Card.Draw(canvas, Scheme, item, new CardLook($"{sign} {(agent == title ? agent : $"{agent} · {title}")}", waiting ?? $"asked {AgeText.Of(item.AskedAt, context.Now)} ago", Buttons())
        {
            IsAnswered = waiting is not null,
        }, context.Now);
    }

    private List<(DashboardCommand Command, string Keys, string Hint)> Buttons() =>
    [
        .. (CardHints ?? []).Where(hint => hint.Command is not (DashboardCommand.Leave or DashboardCommand.Help))
            .Select(hint => (hint.Command, Keys: context.Bindings.LabelOf(DashboardMode.Queue, hint.Command), hint.Hint))
            .Where(button => button.Keys is not null)
            .Select(button => (button.Command, button.Keys!, button.Hint)),
    ];

    // What becomes of an answer that was given; null while none was.
    private string? Waiting(QueueItem item)
    {
        if (State.Answers.Find(item.Id) is { } pending)
        {
            return $"{AskedText.Decided(pending.Request.Decision)} in {State.Answers.SecondsLeft(item.Id, context.Host.Milliseconds)} s · {context.Bindings.LabelOf(DashboardMode.Queue, DashboardCommand.Undo) ?? "undo"} takes it back";
        }

        return item.State == QueueState.Answering ? "its answer is on its way" : null;
    }

    private void DrawTop(Canvas line)
    {
        if (State.Alarm is null && State.Banner.Length > 0)
        {
            var style = State.Mode == DashboardMode.Type ? Scheme.Live : Scheme.Focus;
            style = style with { Flags = style.Flags ^ StyleFlags.Inverse };
            line.Fill(style);
            line.Write(0, 1, TextWidth.Cut(State.Banner, line.Columns - 1), style);
            return;
        }

        var counts = Fleet.Counts;
        TopLine.Draw(line, Scheme, new TopLineLook(counts.Working, counts.NeedYou, counts.Done, context.Machine, $"{context.Host.Time.GetLocalNow():HH:mm}")
        {
            Failed = counts.Failed,
            Page = State.Tiles.Count > 1 ? $"{State.Tiles.Number + 1}/{State.Tiles.Count}" : "",
            Alarm = State.Alarm,
        });
    }

    private void DrawBottom(Canvas line)
    {
        if (State.SearchLine is { } search)
        {
            line.Fill(Scheme.Bar);
            var column = line.Write(0, 0, " / ", Scheme.Focus);
            search.Draw(line.Part(new Area(column, 0, line.Columns - column, 1)), Scheme);
            return;
        }

        var situation = new HintSituation(State.Mode)
        {
            HasSession = context.Focused is not null,
            HasEnded = context.Focused is { Record.State: not SessionState.Running },
            NeedsYou = Fleet.Queue.Items.Count > 0,
            IsNarrow = State.Layout is { IsOneColumn: true },
            IsSelecting = State.History is { Selection: not null },
            Card = CardHints,
        };
        BottomLine.Draw(line, Scheme, State.Mode, context.Focused?.Record.Title ?? "", KeyHints.For(context.Bindings, situation), Message());
    }

    // What happens to typed keys counts more than what was said.
    private string Message()
    {
        var leave = context.Bindings.LabelOf(DashboardMode.Type, DashboardCommand.Leave);
        return State.Typing switch
        {
            TypingPhase.Blocked when State.KeysUnsent > 0 => $"{State.TypingNote}; {Keys(State.KeysUnsent)} not sent · {leave} goes back",
            TypingPhase.Blocked => $"{State.TypingNote} · {leave} goes back",
            TypingPhase.Asked when State.KeysKept > 0 => $"{(State.TypingNote.Length > 0 ? State.TypingNote : "waiting for control")} ({State.KeysKept}) · {leave} gives up",
            TypingPhase.Asked when State.TypingNote.Length > 0 => $"{State.TypingNote} · {leave} gives up",
            _ => State.Pending.Length > 0 ? $"{State.Pending} …" : State.Message,
        };
    }

    private static string Keys(int count) => count == 1 ? "1 key was" : $"{count} keys were";

    private void DrawTiles(Canvas canvas, DashboardLayout layout)
    {
        var sessions = context.Roster.Sessions;
        if (sessions.Count == 0)
        {
            EmptyView.Draw(
                canvas.Part(layout.Tiles), Scheme, KeyOf(DashboardCommand.Create), KeyOf(DashboardCommand.Help),
                Fleet.Sessions.Count > 0 ? (Fleet.Sessions.Count, KeyOf(DashboardCommand.ShowEnded)) : null);
            (State.Tiles, State.TileSessions) = (TilePage.Empty, []);
            return;
        }

        State.TileSessions = [.. sessions.Select(session => session.Id)];
        State.Tiles = TileLayout.Arrange(new TileRequest
        {
            Area = layout.Tiles,
            Sessions = State.TileSessions,
            Arrangement = context.Settings.Layout,
            Focused = context.Roster.IndexOf(State.Focused),
            Main = Math.Max(0, context.Roster.IndexOf(State.Main)),
            Page = State.Page,
            Weights = context.Weights,
        });
        State.Page = State.Tiles.Number;
        if (State.SlotOf(State.Focused) is { } focused)
        {
            State.History?.Resize(Math.Max(1, focused.Area.Rows - TileView.Border));
        }

        foreach (var slot in State.Tiles.Slots)
        {
            var item = sessions[slot.Index];
            var look = LookOf(item, slot.Index);
            var part = canvas.Part(slot.Area);
            var replica = context.Replicas.Find(item.Id);
            var history = look.IsFocused ? State.History : null;
            if (slot.IsCard && history is null)
            {
                // A blank column keeps the heads of cards side by side apart.
                var isLast = slot.Area.Right == layout.Tiles.Right;
                CardView.Draw(part.Part(part.Whole with { Columns = part.Columns - (isLast ? 0 : 1) }), Scheme, look, replica);
            }
            else
            {
                TileView.Draw(part, Scheme, look, replica, history, Dimming);
            }
        }
    }

    private TileLook LookOf(SessionItem item, int index)
    {
        var isFocused = item.Id == State.Focused;
        var isTyping = State.Mode == DashboardMode.Type;
        return new TileLook(index < 9 ? index + 1 : null, item.Record.Title, AgentLabel.Of(item.Record, IsAscii), item.Sign(IsAscii), $"{item.Word} {item.Age}", StyleOf(item.Status))
        {
            IsFocused = isFocused,
            IsLive = isFocused && State.Typing == TypingPhase.Live,
            IsDimmed = !isFocused && (isTyping || State.Mode == DashboardMode.Queue),
            IsOver = item.Record.State != SessionState.Running,
            Blank = context.Replicas.IsOwn(item.Id) ? "the dashboard runs in this session" : "…",
            Note = isFocused && State.History is { IsScreen: false } history ? HistoryNote(history) : isTyping ? "" : _notes.Of(item),
        };
    }

    private static string HistoryNote(TileHistory history) => history.IsAtEnd ? "newest line" : $"{history.Below} lines below";

    private List<ListEntry> Entries()
    {
        var entries = new List<ListEntry>();
        var index = 0;
        foreach (var group in Fleet.Groups)
        {
            var isFolded = context.Roster.IsFolded(group);
            if (group.Name.Length > 0)
            {
                var signs = group.Sessions.Where(item => StatusText.NeedsPerson(item.Status) || item.Status == SessionStatus.WaitingQuietly).Select(item => item.Sign(IsAscii));
                entries.Add(ListEntry.Heading(group.Name) with { IsFolded = isFolded, Count = group.Sessions.Count, Sign = isFolded ? string.Concat(signs) : "" });
            }

            foreach (var item in isFolded ? [] : group.Sessions)
            {
                index++;
                entries.Add(new ListEntry(
                    item.Id, index <= 9 ? index : null, item.Sign(IsAscii), item.Record.Title, AgentLabel.Of(item.Record, IsAscii), item.Age, item.LastLine, StyleOf(item.Status)));
            }
        }

        return entries;
    }

    private List<QueueLook> QueueLooks()
    {
        var looks = new List<QueueLook>();
        foreach (var item in Fleet.Queue.Items)
        {
            var session = Fleet.Find(item.Session);
            var title = session?.Record.Title ?? item.Session;
            var status = item.Asked is { } asked ? AskedText.StatusOf(asked) : session?.Status ?? SessionStatus.Lost;
            var style = item.IsSnoozed ? Scheme.Muted : StyleOf(item, status);
            looks.Add(new QueueLook(StatusText.Sign(status, IsAscii), AgeText.Of(item.Since, context.Now), title, Text(item, title), style));
        }

        return looks;
    }

    private Style StyleOf(AttentionItem item, SessionStatus status) => item.Kind switch
    {
        AttentionKind.Asked or AttentionKind.Told => StyleOf(status),
        AttentionKind.Failed or AttentionKind.Lost => Scheme.Failed,
        AttentionKind.Finished => Scheme.Done,
        _ => Scheme.NeedsYou,
    };

    private string Text(AttentionItem item, string title) => item switch
    {
        { Asked: { } asked } when Waiting(asked) is { } waiting => $"{waiting} · {item.Words}",
        { Asked: { } asked, IsSnoozed: true } => $"later, {StatusText.Until(asked.SnoozedUntil!.Value, context.Now, Fleet.Zone)} · {item.Words}",
        _ => Without(title, item.Words),
    };

    // Programs that notify by name say it again.
    private static string Without(string title, string words) =>
        words.StartsWith($"{title}: ", StringComparison.OrdinalIgnoreCase) ? words[(title.Length + 2)..] : words;

    private string KeyOf(DashboardCommand command) => context.Bindings.LabelOf(DashboardMode.Navigate, command) ?? ":";

    private Style StyleOf(SessionStatus status) => status switch
    {
        SessionStatus.Working => Scheme.Working,
        SessionStatus.WaitingQuietly => Scheme.NeedsYou,
        _ when StatusText.NeedsPerson(status) => Scheme.NeedsYou,
        SessionStatus.Done => Scheme.Done,
        SessionStatus.Failed or SessionStatus.Lost or SessionStatus.LimitReached => Scheme.Failed,
        _ => Scheme.Muted,
    };
}
