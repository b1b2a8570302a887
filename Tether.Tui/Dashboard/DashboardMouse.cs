using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Actions;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Rendering;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard;

/// <summary>
/// The mouse: a click focuses, on what is focused it types; a drag selects and copies, two clicks a word, three a line; the wheel scrolls. While a session
/// is live that asked for the mouse, everything in its tile is the session's.
/// </summary>
internal sealed class DashboardMouse(DashboardContext context, DashboardActions actions)
{
    private const int ClickMilliseconds = 400;

    // Rows of cells count from the first one of the screen; those of the scrollback are negative.
    private (int Row, int Column)? _anchor;
    private (string? Session, int Row, int Column, long At, int Count) _click;
    private bool _isSelecting;
    private bool _typesOnRelease;
    private bool _typesByClick;

    private DashboardState State => context.State;

    public void Take(in MouseEvent mouse)
    {
        if (State.Layout?.At(mouse.Column, mouse.Row) is not { } at)
        {
            return;
        }

        var isPress = mouse is { Action: MouseAction.Press, Button: 1 };
        State.IsDirty |= mouse.Action != MouseAction.Move || _anchor is not null;
        if (_anchor is not null && (mouse.Action is MouseAction.Release || mouse is { Action: MouseAction.Move, Button: 1 }))
        {
            Drag(mouse);
        }
        else if (at.Part == DashboardPart.Tiles && State.Tiles.At(mouse.Column, mouse.Row) is { } slot)
        {
            TakeInTile(mouse, slot, isPress);
        }
        else if (at.Part == DashboardPart.List && isPress && at.Row < State.ListRows.Length)
        {
            TakeInList(State.ListRows[at.Row]);
        }
        else if (at.Part == DashboardPart.Card)
        {
            TakeInCard(mouse, at.Column, at.Row);
        }
        else if (at.Part == DashboardPart.Queue && isPress)
        {
            TakeInQueue(at.Row);
        }
    }

    private void TakeInQueue(int row)
    {
        var items = context.Fleet.Queue.Items;
        var first = QueueStrip.FirstOf(items.Count, State.Layout!.Queue.Rows, State.Mode == DashboardMode.Queue ? State.QueueIndex : null);
        if (first + row < items.Count && items[first + row] is { Asked: not null } asked)
        {
            actions.Attention.Choose(asked.Key);
        }
        else if (first + row < items.Count)
        {
            actions.Moving.GoTo(items[first + row].Session);
        }
    }

    private void TakeInCard(in MouseEvent mouse, int column, int row)
    {
        if (mouse is { Action: MouseAction.Press, Button: 4 or 5 })
        {
            State.Card.Wheel(mouse.Button == 4 ? -1 : 1);
        }
        else if (mouse is { Action: MouseAction.Press, Button: 1 } && State.Card.At(column, row) is { } command)
        {
            actions.Do(command);
        }
    }

    private void TakeInList(ListEntry? entry)
    {
        if (entry?.Id is { } id)
        {
            actions.Moving.Focus(id);
            State.IsListInFront = false;
        }
        else if (entry is not null && context.Fleet.Groups.FirstOrDefault(group => group.Name == entry.Title) is { } group)
        {
            context.Roster.Toggle(group);
        }
    }

    private void TakeInTile(in MouseEvent mouse, TileSlot slot, bool isPress)
    {
        var id = State.TileSessions[slot.Index];
        var isFocused = id == State.Focused;
        if (isFocused && actions.Typing.Live is { } live && (SessionTyping.WantsMouse(live) || IsAlternateWheel(live, mouse)))
        {
            Pass(mouse, slot, live);
            return;
        }

        switch (mouse)
        {
            case { Action: MouseAction.Press, Button: 4 or 5 }:
                actions.Moving.Focus(id);
                actions.History.Wheel(mouse.Button == 4 ? -1 : 1);
                break;
            case { Action: MouseAction.Press, Button: 1 } when !slot.IsCard && CellAt(mouse, slot) is { } cell:
                actions.Moving.Focus(id);
                Press(cell, isFocused);
                break;
            default:
                if (isPress)
                {
                    actions.Moving.Focus(id);
                    TypeWithoutScreen(mouse, slot, isFocused);
                }

                break;
        }
    }

    // Before its screen has come there is nothing to select.
    private void TypeWithoutScreen(in MouseEvent mouse, TileSlot slot, bool wasFocused)
    {
        var inner = slot.Area.Inset(1);
        var isInside = mouse.Column >= inner.Column && mouse.Column < inner.Right && mouse.Row >= inner.Row && mouse.Row < inner.Bottom;
        if (wasFocused && isInside && !slot.IsCard && State.Mode == DashboardMode.Navigate && context.Replicas.Find(State.TileSessions[slot.Index]) is not { HasScreen: true })
        {
            actions.Do(DashboardCommand.Type);
        }
    }

    // Full-screen programs without the mouse scroll by the arrow keys, as terminals do (mode 1007).
    private static bool IsAlternateWheel(SessionReplica live, in MouseEvent mouse) =>
        mouse is { Action: MouseAction.Press, Button: 4 or 5 } && live.Emulator.IsAlternateScreen;

    private void Pass(in MouseEvent mouse, TileSlot slot, SessionReplica live)
    {
        if (!SessionTyping.WantsMouse(live))
        {
            var arrow = KeyPress.Of(mouse.Button == 4 ? Key.Up : Key.Down);
            for (var i = 0; i < HistoryActions.WheelRows; i++)
            {
                actions.Typing.Take(new InputEvent.Pressed(arrow));
            }
        }
        else if (CellAt(mouse, slot) is { } cell)
        {
            actions.Typing.Take(new InputEvent.Pointed(mouse with { Row = cell.Row, Column = cell.Column }));
        }
    }

    private void Press((int Row, int Column) cell, bool wasFocused)
    {
        var now = context.Host.Milliseconds;
        var isAgain = (_click.Session, _click.Row, _click.Column) == (State.Focused, cell.Row, cell.Column) && now - _click.At < ClickMilliseconds;
        _click = (State.Focused, cell.Row, cell.Column, now, isAgain ? (_click.Count % 3) + 1 : 1);
        (_anchor, _isSelecting) = (cell, false);
        if (_click.Count == 2 && _typesByClick)
        {
            // What looked like one click was the first of two.
            actions.Typing.Leave();
        }

        _typesByClick = false;
        if (_click.Count > 1 && Hold() is { } history)
        {
            _isSelecting = true;
            if (_click.Count == 2)
            {
                history.SelectWord(history.Emulator.TopRow + cell.Row, cell.Column);
            }
            else
            {
                history.SelectLine(history.Emulator.TopRow + cell.Row);
            }
        }
        else if (wasFocused && State.Mode == DashboardMode.Navigate)
        {
            _typesOnRelease = true;
        }
    }

    private void Drag(in MouseEvent mouse)
    {
        if (mouse.Action == MouseAction.Release)
        {
            (var anchor, _anchor) = (_anchor, null);
            (var types, _typesOnRelease) = (_typesOnRelease, false);
            if (_isSelecting)
            {
                EndSelection();
            }
            else if (types && anchor is not null)
            {
                actions.Do(DashboardCommand.Type);
                _typesByClick = State.Mode == DashboardMode.Type;
            }

            return;
        }

        if (State.SlotOf(State.Focused) is { } slot && CellAt(mouse, slot, isClamped: true) is { } cell && (_isSelecting || cell != _anchor) && Hold() is { } history)
        {
            _isSelecting = true;
            var (top, anchor) = (history.Emulator.TopRow, _anchor!.Value);
            history.Select((top + anchor.Row, anchor.Column), (top + cell.Row, cell.Column));
        }
    }

    // What is selected must not move away: the tile shows the screen as it is now until the selection is over.
    private TileHistory? Hold()
    {
        if (State.History is null && context.FocusedReplica is { HasScreen: true } replica && State.SlotOf(State.Focused) is { } slot)
        {
            State.History = TileHistory.OfScreen(replica.Emulator, CropOf(replica, slot));
        }

        return State.History;
    }

    private void EndSelection()
    {
        if (State.History is { } history)
        {
            actions.History.CopyText(history.SelectedText());
            if (State.Mode != DashboardMode.Scroll)
            {
                State.History = null;
            }
        }

        (_isSelecting, _typesOnRelease) = (false, false);
    }

    // The cell of the session under the mouse; null on the border and beyond.
    private (int Row, int Column)? CellAt(in MouseEvent mouse, TileSlot slot, bool isClamped = false)
    {
        if (context.Replicas.Find(State.TileSessions[slot.Index]) is not { HasScreen: true } replica)
        {
            return null;
        }

        var history = State.TileSessions[slot.Index] == State.Focused ? State.History : null;
        var emulator = history?.Emulator ?? replica.Emulator;
        var inner = slot.Area.Inset(1);
        var (column, row) = (mouse.Column, mouse.Row);
        if (isClamped)
        {
            (column, row) = (Math.Clamp(column, inner.Column, inner.Right - 1), Math.Clamp(row, inner.Row, inner.Bottom - 1));
        }

        if (!inner.Contains(column, row))
        {
            return null;
        }

        var crop = CropOf(replica, slot);
        var firstRow = history is null ? crop.Row : (int)(history.Top - emulator.TopRow);
        var cell = (Row: firstRow + row - inner.Row, Column: (history?.Left ?? crop.Column) + column - inner.Column);
        return isClamped ? (Math.Min(cell.Row, emulator.Rows - 1), Math.Min(cell.Column, emulator.Columns - 1))
            : cell.Row < emulator.Rows && cell.Column < emulator.Columns ? cell
            : null;
    }

    private static TileCrop CropOf(SessionReplica replica, TileSlot slot) => TileView.CropOf(replica.Emulator, slot.Area.Inset(1));
}
