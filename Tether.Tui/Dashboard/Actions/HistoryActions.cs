using Tether.Protocol.Terminal.Search;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>The focused session's scrollback: scrolling, searching, selecting, copying.</summary>
internal sealed class HistoryActions(DashboardContext context) : IActionGroup
{
    /// <summary>Rows that are fetched.</summary>
    public const int Rows = 10_000;

    /// <summary>Rows for one notch of the wheel.</summary>
    public const int WheelRows = 3;

    private readonly List<Action<TileHistory>> _then = [];
    private (string Session, DashboardMode Mode)? _asked;
    private long _outputRow;
    private long? _searchedFrom;
    private string _searched = "";

    // How the search ended before the history was here.
    private bool? _isKept;

    private DashboardState State => context.State;

    private bool IsAwaited => _asked is not null && State is { Mode: DashboardMode.Scroll, History: null };

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Scroll: Open(static history => history.Page(-1)); break;
            case DashboardCommand.Search: BeginSearch(); break;
            case DashboardCommand.Select: Open(static history => ToggleSelection(history)); break;
            case DashboardCommand.LastLook: Open(ToLastLook); break;
            case DashboardCommand.Copy when !IsAwaited: Copy(); break;
            case DashboardCommand.Leave when State.Mode == DashboardMode.Scroll: Leave(); break;
            case var _ when State.History is { } history: return TryMove(history, command);
            case var _ when IsAwaited && CommandTable.Of(command).Topic == CommandTopic.History:
                _then.Add(_ => TryDo(command));
                break;
            default: return false;
        }

        return true;
    }

    /// <summary>Shows the history of the focused session, and then does something with it.</summary>
    public void Open(Action<TileHistory> then)
    {
        if (State.Mode == DashboardMode.Scroll && State.History is { } history)
        {
            then(history);
            return;
        }

        if (context.Focused is not { } item || context.FocusedReplica is not { HasScreen: true })
        {
            context.Say("nothing of this session can be shown");
            return;
        }

        if (State.Mode != DashboardMode.Scroll)
        {
            (State.Mode, State.History) = (DashboardMode.Scroll, null);
            State.Announce($"HISTORY: keys move in what {item.Record.Title} printed", context.Host.Milliseconds);
        }

        Fetch(item.Id, then);
    }

    /// <summary>The wheel was turned over the focused tile; negative towards older rows.</summary>
    public void Wheel(int notches)
    {
        if (State.Mode == DashboardMode.Type)
        {
            Peek(notches);
        }
        else if (State.Mode == DashboardMode.Scroll || notches < 0)
        {
            Open(history => history.Scroll(notches * WheelRows));
        }
    }

    /// <summary>Something is typed: the session that gets it shows its live screen.</summary>
    public void EndPeek()
    {
        Forget();
        if (State is { Mode: DashboardMode.Type, History: not null })
        {
            (State.History, State.IsDirty) = (null, true);
        }
    }

    /// <summary>Shows the live screen again.</summary>
    public void Leave()
    {
        if (State.History is { Selection: not null } history && State.Mode == DashboardMode.Scroll)
        {
            history.Deselect();
            return;
        }

        Close();
    }

    /// <summary>The same whatever is selected.</summary>
    public void Close()
    {
        if (State.Mode == DashboardMode.Scroll)
        {
            (State.Mode, State.History, State.SearchLine, State.IsDirty) = (DashboardMode.Navigate, null, null, true);
        }

        Forget();
    }

    /// <summary>Copies a text and says how.</summary>
    public void CopyText(string text) => context.Say(text.Length == 0 ? "nothing to copy" : context.Host.Copy(text).ToString());

    /// <summary>A search was typed to its end, or given up.</summary>
    public void EndSearch(bool isKept)
    {
        State.SearchLine = null;
        if (State.History is not { } history)
        {
            _isKept = isKept;
            return;
        }

        if (!isKept)
        {
            history.Search(null);
            history.Scroll((_searchedFrom ?? history.Top) - history.Top);
        }
        else if (_searched.Length > 0 && history.Match is null)
        {
            context.Say(Wrong(_searched) ?? $"nothing matches {_searched}");
        }
    }

    // As terminals do: keys stay the session's, and bring its live screen back, as does the newest line.
    private void Peek(int notches)
    {
        if (State.History is { } history)
        {
            history.Scroll(notches * WheelRows);
            if (notches > 0 && history.IsAtEnd)
            {
                EndPeek();
            }
        }
        else if (notches < 0 && context.Focused is { } item)
        {
            Fetch(item.Id, shown => shown.Scroll(notches * WheelRows));
        }
    }

    // What is wanted of it before it is here is done in order once it is.
    private void Fetch(string id, Action<TileHistory> then)
    {
        var wanted = (id, State.Mode);
        if (_asked == wanted)
        {
            _then.Add(then);
            return;
        }

        Forget();
        _asked = wanted;
        _then.Add(then);
        context.Replicas.AskHistory(id, Rows, (emulator, outputRow) =>
        {
            if (_asked != wanted || (State.Focused, State.Mode) != wanted)
            {
                return;
            }

            var history = new TileHistory(emulator, ShownRows);
            (State.History, _outputRow, State.IsDirty) = (history, outputRow, true);
            Action<TileHistory>[] open = [.. _then];
            Forget();
            foreach (var action in open)
            {
                action(history);
            }
        });
    }

    private void Forget()
    {
        _asked = null;
        _then.Clear();
    }

    private int ShownRows => State.SlotOf(State.Focused) is { } slot ? Math.Max(1, slot.Area.Rows - TileView.Border) : 24;

    private static void ToggleSelection(TileHistory history)
    {
        if (history.Selection is null)
        {
            history.BeginSelection();
        }
        else
        {
            history.Deselect();
        }
    }

    private static string? Wrong(string text) => SearchPattern.TryRegex(text, SearchCase.Smart, out _, out var error) ? null : error;

    // The line is there at once: what is typed behind the key belongs to it, also before the history has come.
    private void BeginSearch()
    {
        (_searchedFrom, _searched, _isKept) = (null, "", null);
        State.SearchLine = new TextField { Placeholder = "a regular expression; Enter keeps the place, Esc goes back", HasFocus = true, Changed = Changed };
        Open(_ =>
        {
            SearchTyped();
            if (_isKept is { } isKept)
            {
                EndSearch(isKept);
            }
        });
        if (State.Mode != DashboardMode.Scroll)
        {
            State.SearchLine = null;
        }
    }

    private void Changed()
    {
        _searched = State.SearchLine?.Text ?? "";
        SearchTyped();
    }

    private void SearchTyped()
    {
        if (State.History is { } history)
        {
            _searchedFrom ??= history.Top;
            history.Search(_searched.Length > 0 && SearchPattern.TryRegex(_searched, SearchCase.Smart, out var pattern, out _) ? pattern : null);
        }
    }

    private void ToLastLook(TileHistory history)
    {
        var look = State.Arrival?.Look ?? (State.Focused is { } id ? context.Book.Find(id) : null);
        if (look is not { Row: { } row } || _outputRow <= row)
        {
            context.Say(look is null ? "you never looked at this session before" : "nothing was printed since you looked");
            return;
        }

        // Its first new line at the top, as far as the history goes on below.
        history.Scroll(history.OutputRow - (_outputRow - row) - history.Top);
        context.Say($"from the top: what came since you looked {AgeText.Of(look.At, context.Now)} ago");
    }

    private void Copy()
    {
        if (State.History is { Selection: not null } history)
        {
            CopyText(history.SelectedText());
            history.Deselect();
        }
        else if (State.History is { } shown)
        {
            CopyText(shown.ShownText(ShownRows));
        }
        else if (context.FocusedReplica is { HasScreen: true, Emulator: var emulator })
        {
            CopyText(new TileHistory(emulator, emulator.Rows).ShownText(emulator.Rows));
        }
    }

    private bool TryMove(TileHistory history, DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.LineUp: Move(history, -1); break;
            case DashboardCommand.LineDown: Move(history, 1); break;
            case DashboardCommand.ScreenUp: Move(history, 1 - ShownRows); break;
            case DashboardCommand.ScreenDown: Move(history, ShownRows - 1); break;
            case DashboardCommand.HalfScreenUp: Move(history, -ShownRows / 2); break;
            case DashboardCommand.HalfScreenDown: Move(history, ShownRows / 2); break;
            case DashboardCommand.Top when history.Selection is null: history.ToStart(); break;
            case DashboardCommand.Bottom when history.Selection is null: history.ToEnd(); break;
            case DashboardCommand.Top: Move(history, -history.OutputRow - 1); break;
            case DashboardCommand.Bottom: Move(history, history.OutputRow + 1); break;
            case DashboardCommand.CursorLeft: history.MoveHead(0, -1); break;
            case DashboardCommand.CursorRight: history.MoveHead(0, 1); break;
            case DashboardCommand.LineStart: history.MoveHeadInLine(toEnd: false); break;
            case DashboardCommand.LineEnd: history.MoveHeadInLine(toEnd: true); break;
            case DashboardCommand.SearchNext when !history.Previous(): context.Say("no older match"); break;
            case DashboardCommand.SearchPrevious when !history.Next(): context.Say("no newer match"); break;
            case DashboardCommand.SearchNext or DashboardCommand.SearchPrevious: break;
            case DashboardCommand.PromptPrevious or DashboardCommand.PromptNext: ToPrompt(history, isNext: command == DashboardCommand.PromptNext); break;
            default: return false;
        }

        return true;
    }

    private static void Move(TileHistory history, long rows)
    {
        if (history.Selection is null)
        {
            history.Scroll(rows);
        }
        else
        {
            history.MoveHead(rows, 0);
        }
    }

    private void ToPrompt(TileHistory history, bool isNext)
    {
        var emulator = history.Emulator;
        if ((isNext ? emulator.PromptAfter(history.Top) : emulator.PromptBefore(history.Top)) is { } mark)
        {
            history.Scroll(mark.Row - history.Top);
        }
        else
        {
            context.Say("no prompt there: the shell marks none (OSC 133)");
        }
    }
}
