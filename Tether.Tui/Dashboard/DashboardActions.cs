using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Terminal.Search;
using Tether.Protocol.Wire;
using Tether.Tui.Commands;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Terminal;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard;

/// <summary>Carries out commands.</summary>
internal sealed class DashboardActions(DashboardProgram program)
{
    private const int HistoryRows = 10_000;

    private readonly Clipboard _clipboard = new(Environment.GetEnvironmentVariable, ClientEnvironment.Paths.RuntimeDirectory);
    private Action? _confirmed;
    private string? _awaited;

    public SessionTyping Typing => new(program.Link);

    /// <summary>The replica that is typed into; null while control is not here yet.</summary>
    public SessionReplica? LiveReplica =>
        program.State.Focused is { } id && program.Replicas.Find(id) is { Mode: AttachMode.Control } replica ? replica : null;

    private DashboardState State => program.State;

    private SessionItem? Focused => State.Focused is { } id ? program.Fleet.Find(id) : null;

    public void Do(DashboardCommand command)
    {
        State.IsDirty = true;
        switch (command)
        {
            case DashboardCommand.Quit: program.Status = ExitCodes.Done; break;
            case DashboardCommand.Redraw: program.Redraw(); break;
            case DashboardCommand.Leave: Leave(isLost: false); break;
            case DashboardCommand.Help: State.Popup = new HelpView(program.Bindings); break;
            case DashboardCommand.Palette: State.Popup = new PaletteView(Choices()); break;
            case DashboardCommand.NextAttention: NextAttention(); break;
            case DashboardCommand.Queue: (State.Mode, State.QueueIndex) = (DashboardMode.Queue, 0); break;
            case DashboardCommand.QueueNext: MoveQueue(1); break;
            case DashboardCommand.QueuePrevious: MoveQueue(-1); break;
            case DashboardCommand.QueueOpen when QueueItem is { } item: GoTo(item.Session); break;
            case DashboardCommand.Dismiss: Dismiss(); break;
            case >= DashboardCommand.Focus1 and <= DashboardCommand.Focus9: FocusIndex(command - DashboardCommand.Focus1); break;
            case DashboardCommand.FocusNext: FocusBy(1); break;
            case DashboardCommand.FocusPrevious: FocusBy(-1); break;
            case DashboardCommand.FocusFirst: FocusIndex(0); break;
            case DashboardCommand.FocusLast: FocusIndex(program.Fleet.Sessions.Count - 1); break;
            case DashboardCommand.FocusLeft: FocusTowards(-1, 0); break;
            case DashboardCommand.FocusRight: FocusTowards(1, 0); break;
            case DashboardCommand.FocusUp: FocusTowards(0, -1); break;
            case DashboardCommand.FocusDown: FocusTowards(0, 1); break;
            case DashboardCommand.PageNext: FocusIndexOfPage(1); break;
            case DashboardCommand.PagePrevious: FocusIndexOfPage(-1); break;
            case DashboardCommand.Create: Create(); break;
            case DashboardCommand.LayoutNext: SetLayout((TileArrangement)(((int)program.Settings.Layout + 1) % 4)); break;
            case DashboardCommand.LayoutGrid: SetLayout(TileArrangement.Grid); break;
            case DashboardCommand.LayoutMain: SetLayout(TileArrangement.Main); break;
            case DashboardCommand.LayoutColumns: SetLayout(TileArrangement.Columns); break;
            case DashboardCommand.LayoutSingle: SetLayout(TileArrangement.Single); break;
            case DashboardCommand.FoldList: FoldList(); break;
            case DashboardCommand.GroupNext: SetGrouping((Grouping)(((int)program.Settings.Grouping + 1) % 4)); break;
            case DashboardCommand.GroupNone: SetGrouping(Grouping.None); break;
            case DashboardCommand.GroupDirectory: SetGrouping(Grouping.Directory); break;
            case DashboardCommand.GroupTag: SetGrouping(Grouping.Tag); break;
            case DashboardCommand.GroupHost: SetGrouping(Grouping.Host); break;
            case DashboardCommand.ThemeNext: NextTheme(); break;
            default:
                if (Focused is { } focused)
                {
                    DoWith(focused, command);
                }

                break;
        }
    }

    public void Focus(string id)
    {
        if (State.Mode is DashboardMode.Type or DashboardMode.Scroll && id != State.Focused)
        {
            Leave(isLost: false);
        }

        (State.Focused, State.IsDirty) = (id, true);
    }

    /// <summary>Focuses a session wherever it is, and its news are seen.</summary>
    public void GoTo(string id)
    {
        State.Mode = State.Mode == DashboardMode.Queue ? DashboardMode.Navigate : State.Mode;
        Focus(id);
        program.Looked(id);
    }

    public void Wheel(int lines)
    {
        if (State.History is { } history)
        {
            history.Scroll(lines);
        }
        else if (lines < 0)
        {
            Do(DashboardCommand.Scroll);
        }
    }

    /// <summary>Keys belong to the dashboard again.</summary>
    public void Leave(bool isLost)
    {
        if (State.Mode == DashboardMode.Type && State.Focused is { } id)
        {
            if (!isLost && program.Replicas.Find(id) is { } replica)
            {
                Typing.Focus(replica, hasFocus: false);
                program.Link.Tell(new ReleaseControlRequest { Channel = replica.Channel });
            }

            program.Fleet.Watch(null, DashboardProgram.Now);
            program.Looked(id);
        }

        (State.Mode, State.History, State.SearchLine, _awaited, State.IsDirty) = (DashboardMode.Navigate, null, null, null, true);
        program.Terminal.ReportMotion(false);
    }

    /// <summary>Something came of a session.</summary>
    public void Changed(string session, Incoming incoming)
    {
        if (incoming.Message is ControlNotice control && session == State.Focused && State.Mode == DashboardMode.Type)
        {
            if (control.Mode == AttachMode.Control)
            {
                Typing.Focus(program.Replicas.Find(session)!, hasFocus: true);
            }
            else if (control.Cause == "taken")
            {
                Leave(isLost: true);
                program.Say($"{control.By} has taken control");
            }
        }
        else if (session == _awaited && incoming.Message is null && program.Replicas.Find(session) is { AwaitedScrollback: 0 } replica)
        {
            State.History ??= new TileHistory(replica.Emulator, TileRows());
            _awaited = null;
        }
    }

    public void AfterPopup(View popup)
    {
        switch (popup)
        {
            case HelpView { IsClosed: true }:
                State.Popup = null;
                break;
            case PaletteView { IsClosed: true } palette:
                State.Popup = null;
                palette.Choice?.Invoke();
                break;
            case Dialog { Result: not DialogResult.Open } dialog:
                State.Popup = null;
                if (dialog.Result == DialogResult.Confirmed)
                {
                    _confirmed?.Invoke();
                }

                break;
        }
    }

    public void TakeSearchKey(TextField field, in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Escape:
                State.SearchLine = null;
                break;
            case Key.Enter:
                State.SearchLine = null;
                Search(field.Text);
                break;
            default:
                field.TakeKey(press);
                break;
        }
    }

    private AttentionItem? QueueItem => State.QueueIndex < program.Fleet.Queue.Items.Count ? program.Fleet.Queue.Items[State.QueueIndex] : null;

    private void DoWith(SessionItem item, DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Type: Type(item, isTaken: false); break;
            case DashboardCommand.TakeControl: Type(item, isTaken: true); break;
            case DashboardCommand.Zoom:
                Leave(isLost: false);
                program.Zoom(item);
                program.Looked(item.Id);
                break;
            case DashboardCommand.Rename: Rename(item); break;
            case DashboardCommand.Tag: Tag(item); break;
            case DashboardCommand.Stop: Confirm($"Stop {item.Record.Title}?", "Its program is told to end.", new StopRequest { Session = item.Id }); break;
            case DashboardCommand.Delete: Confirm($"Forget {item.Record.Title}?", "Its history is deleted.", new DeleteRequest { Session = item.Id }); break;
            case DashboardCommand.MakeMain: State.Main = item.Id; break;
            case DashboardCommand.Grow: program.Weights.Grow(item.Id); SaveSizes(); break;
            case DashboardCommand.Shrink: program.Weights.Shrink(item.Id); SaveSizes(); break;
            case DashboardCommand.Copy: Copy(item); break;
            case DashboardCommand.Scroll or DashboardCommand.Search when State.History is null:
                (State.Mode, _awaited) = (DashboardMode.Scroll, item.Id);
                program.Replicas.AskHistory(item.Id, HistoryRows);
                State.SearchLine = command == DashboardCommand.Search ? NewSearch() : null;
                break;
            case DashboardCommand.Search: State.SearchLine = NewSearch(); break;
            default: ScrollBy(command); break;
        }
    }

    private static TextField NewSearch() => new() { Placeholder = "a regular expression", HasFocus = true };

    private void ScrollBy(DashboardCommand command)
    {
        if (State.History is not { } history)
        {
            return;
        }

        var emulator = program.Replicas.Find(State.Focused!)?.Emulator;
        switch (command)
        {
            case DashboardCommand.LineUp: history.Scroll(-1); break;
            case DashboardCommand.LineDown: history.Scroll(1); break;
            case DashboardCommand.ScreenUp: history.Page(-1); break;
            case DashboardCommand.ScreenDown: history.Page(1); break;
            case DashboardCommand.HalfScreenUp: history.Scroll(-TileRows() / 2); break;
            case DashboardCommand.HalfScreenDown: history.Scroll(TileRows() / 2); break;
            case DashboardCommand.Top: history.ToStart(); break;
            case DashboardCommand.Bottom: history.ToEnd(); break;
            case DashboardCommand.SearchNext when !history.Next(): program.Say("no newer match"); break;
            case DashboardCommand.SearchPrevious when !history.Previous(): program.Say("no older match"); break;
            case DashboardCommand.PromptPrevious when emulator?.PromptBefore(history.Top) is { } mark: history.Scroll(mark.Row - history.Top); break;
            case DashboardCommand.PromptNext when emulator?.PromptAfter(history.Top) is { } mark: history.Scroll(mark.Row - history.Top); break;
        }
    }

    private void Search(string text)
    {
        if (text.Length == 0 || State.History is not { } history)
        {
            return;
        }

        if (!SearchPattern.TryRegex(text, SearchCase.Smart, out var pattern, out var error))
        {
            program.Say(error ?? "not a regular expression");
        }
        else if (!history.Search(pattern))
        {
            program.Say($"nothing matches {text}");
        }
    }

    private int TileRows() => State.Tiles.Slots
        .Where(slot => program.Fleet.Sessions[slot.Index].Id == State.Focused)
        .Select(slot => Math.Max(1, slot.Area.Rows - TileView.Border)).FirstOrDefault(24);

    private void Type(SessionItem item, bool isTaken)
    {
        if (item.Record.State != SessionState.Running || program.Replicas.Find(item.Id) is not { } replica)
        {
            program.Say(item.Record.State == SessionState.Running ? "this is the session that the dashboard runs in" : "its program has ended");
            return;
        }

        if (item.Record.Controller is { } other && !isTaken && replica.Mode != AttachMode.Control)
        {
            _confirmed = () => Type(item, isTaken: true);
            State.Popup = new Dialog($"Take control of {item.Record.Title}?", []) { Text = [$"{other} types into it now and would only see it."] };
            return;
        }

        (State.Mode, State.History) = (DashboardMode.Type, null);
        program.Link.Ask<OkReply>(new TakeControlRequest { Channel = replica.Channel }, static _ => { }, refusal =>
        {
            Leave(isLost: true);
            program.Say(refusal);
        });
        program.Fleet.Watch(item.Id, DashboardProgram.Now);
        program.Terminal.ReportMotion(replica.Emulator.Modes.MouseTracking == Tether.Protocol.Terminal.MouseTracking.AnyMotion);
    }

    private void Create()
    {
        var agent = new TextField { Text = ProviderNames.Shell, Complete = typed => ProviderNames.Agents.Append(ProviderNames.Shell).FirstOrDefault(name => name.StartsWith(typed, StringComparison.Ordinal)) };
        var directory = new TextField { Text = Environment.CurrentDirectory, Complete = CompleteDirectory };
        var title = new TextField { Placeholder = "the agent's name" };
        _confirmed = () =>
        {
            var (columns, rows) = (Math.Max(80, program.Terminal.Size.Current.Columns * 2 / 3), Math.Max(24, program.Terminal.Size.Current.Rows - 6));
            program.Link.Ask<SessionReply>(new CreateRequest
            {
                Provider = agent.Text.Trim(),
                Directory = directory.Text.Trim(),
                Title = title.Text.Trim() is { Length: > 0 } name ? name : null,
                Environment = ClientEnvironment.All(without: ClientEnvironment.SessionVariable),
                FileLimit = ClientEnvironment.FileLimit(),
                Umask = ClientEnvironment.FileModeMask(),
                Columns = columns,
                Rows = rows,
            }, created =>
            {
                State.Focused = created.Session.Id;
                program.AskList();
            }, program.Say);
        };
        State.Popup = new Dialog("New session", [new("Agent", agent), new("Directory", directory), new("Title", title)])
        {
            Text = [$"{string.Join(", ", ProviderNames.Agents)} or {ProviderNames.Shell}; Tab completes and goes on"],
        };
    }

    private static string? CompleteDirectory(string typed)
    {
        try
        {
            var (parent, start) = (Path.GetDirectoryName(typed) ?? "/", Path.GetFileName(typed));
            return Directory.EnumerateDirectories(parent, start + "*").Order(StringComparer.Ordinal).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private void Rename(SessionItem item)
    {
        var title = new TextField { Text = item.Record.Title };
        _confirmed = () => program.Link.Ask<SessionReply>(new RenameRequest { Session = item.Id, Title = title.Text }, _ => program.AskList(), program.Say);
        State.Popup = new Dialog("Rename", [new("Title", title)]);
    }

    private void Tag(SessionItem item)
    {
        var tags = new TextField { Text = string.Join(' ', item.Tags) };
        _confirmed = () => program.Link.Ask<SessionReply>(
            new TagRequest { Session = item.Id, Tags = tags.Text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) }, _ => program.AskList(), program.Say);
        State.Popup = new Dialog($"Tags of {item.Record.Title}", [new("Tags", tags)]);
    }

    private void Confirm(string title, string text, Request request)
    {
        _confirmed = () => program.Link.Ask<Reply>(request, reply =>
        {
            if (reply is ErrorReply error)
            {
                program.Say(error.Message);
            }

            program.AskList();
        }, program.Say);
        State.Popup = new Dialog(title, []) { Text = [text] };
    }

    private void Copy(SessionItem item)
    {
        if (program.Replicas.Find(item.Id) is not { } replica)
        {
            return;
        }

        var emulator = replica.Emulator;
        var screen = Enumerable.Range(0, emulator.Rows).Select(row => emulator.GetText(emulator.RowAt(emulator.TopRow + row)));
        var text = State.History is { Selection: not null } history ? history.SelectedText() : string.Join('\n', screen).TrimEnd('\n');
        program.Say(_clipboard.Copy(text, bytes => program.Terminal.Output.Send(bytes)).ToString());
    }

    private List<Choice<Action>> Choices()
    {
        var choices = new List<Choice<Action>>();
        foreach (var item in program.Fleet.Sessions)
        {
            choices.Add(new(() => GoTo(item.Id), $"go to {item.Record.Title}", $"{item.Record.Provider} · {item.Word}"));
        }

        foreach (var entry in Settings.CommandTable.All)
        {
            choices.Add(new(() => Do(entry.Command), $"{entry.Name}: {entry.Description}", program.Bindings.LabelOf(DashboardMode.Navigate, entry.Command) ?? ""));
        }

        return choices;
    }

    private void NextAttention()
    {
        if (program.Fleet.Queue.Next(State.Focused) is { } next)
        {
            GoTo(next.Session);
        }
        else
        {
            program.Say("nothing needs you");
        }
    }

    private void MoveQueue(int by) => State.QueueIndex = Math.Clamp(State.QueueIndex + by, 0, Math.Max(0, program.Fleet.Queue.Items.Count - 1));

    private void Dismiss()
    {
        var item = State.Mode == DashboardMode.Queue ? QueueItem : program.Fleet.Queue.Items.FirstOrDefault(item => item.Session == State.Focused);
        if (item is not null)
        {
            program.Fleet.Dismiss(item, DashboardProgram.Now);
            MoveQueue(0);
        }
    }

    private int FocusedIndex => program.Fleet.Sessions.Select(item => item.Id).ToList().IndexOf(State.Focused ?? "");

    private void FocusIndex(int index)
    {
        if (index >= 0 && index < program.Fleet.Sessions.Count)
        {
            Focus(program.Fleet.Sessions[index].Id);
        }
    }

    private void FocusBy(int by)
    {
        if (program.Fleet.Sessions.Count > 0)
        {
            FocusIndex((FocusedIndex + by + program.Fleet.Sessions.Count) % program.Fleet.Sessions.Count);
        }
    }

    private void FocusIndexOfPage(int by)
    {
        var slots = State.Tiles.Slots;
        FocusIndex(slots.Count == 0 ? 0 : by > 0 ? slots.Max(slot => slot.Index) + 1 : slots.Min(slot => slot.Index) - 1);
    }

    // The nearest tile on that side; where there is none, the next or previous in the list.
    private void FocusTowards(int right, int down)
    {
        if (State.Tiles.Of(FocusedIndex) is not { } from)
        {
            FocusBy(right + down);
            return;
        }

        var (column, row) = (from.Area.Column + (from.Area.Columns / 2), from.Area.Row + (from.Area.Rows / 2));
        var best = State.Tiles.Slots
            .Where(slot => right != 0
                ? Math.Sign(slot.Area.Column - from.Area.Column) == right && slot.Area.Row < from.Area.Bottom && slot.Area.Bottom > from.Area.Row
                : Math.Sign(slot.Area.Row - from.Area.Row) == down && slot.Area.Column < from.Area.Right && slot.Area.Right > from.Area.Column)
            .OrderBy(slot => Math.Abs(slot.Area.Column + (slot.Area.Columns / 2) - column) + Math.Abs(slot.Area.Row + (slot.Area.Rows / 2) - row))
            .Select(slot => (int?)slot.Index).FirstOrDefault();
        FocusIndex(best ?? FocusedIndex + right + down);
    }

    private void SetLayout(TileArrangement layout) => program.Remember(program.Settings with { Layout = layout });

    private void SetGrouping(Grouping grouping) => program.Remember(program.Settings with { Grouping = grouping });

    private void SaveSizes() => program.Remember(program.Settings with { Sizes = program.Weights.ToString() });

    private void FoldList()
    {
        if (State.Layout is { IsOneColumn: true })
        {
            State.IsListInFront = !State.IsListInFront;
        }
        else
        {
            program.Remember(program.Settings with { IsListFolded = !program.Settings.IsListFolded });
        }
    }

    private void NextTheme()
    {
        string[] names = [DashboardSettings.DefaultTheme, .. Schemes.Names];
        var next = names[(Array.IndexOf(names, program.Settings.Theme) + 1) % names.Length];
        program.Remember(program.Settings with { Theme = next });
        program.Say($"theme: {next}");
    }
}
