using System.Text;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard;

/// <summary>What the person does: keys, pastes and the mouse go to a popup, to a session, or become commands.</summary>
internal sealed class DashboardInput
{
    private readonly DashboardProgram _program;
    private readonly KeyReader _keys;
    private readonly DashboardActions _actions;
    private readonly StringBuilder _pasted = new();

    public DashboardInput(DashboardProgram program)
    {
        _program = program;
        _keys = new KeyReader(program.Bindings);
        _actions = new DashboardActions(program);
    }

    private DashboardState State => _program.State;

    public void TakeAll()
    {
        while (_program.Status is null && _program.Terminal.Input.TryTake(out var next))
        {
            Take(next);
        }
    }

    /// <summary>Something came of a session: control was given or lost, or its history is here.</summary>
    public void Changed(string session, Incoming incoming) => _actions.Changed(session, incoming);

    /// <summary>The daemon is gone: nothing can be typed.</summary>
    public void Lost() => _actions.Leave(isLost: true);

    /// <summary>What is seen comes often, what is typed into at once, the rest seldom.</summary>
    public void SetPaces()
    {
        var seen = State.Tiles.Slots.Select(slot => _program.Fleet.Sessions[slot.Index].Id).ToHashSet();
        foreach (var item in _program.Fleet.Sessions)
        {
            var isFocused = item.Id == State.Focused;
            var pace = isFocused && State.Mode == DashboardMode.Scroll ? ReplicaSet.Held
                : isFocused && State.Mode == DashboardMode.Type ? DashboardPace.Live
                : seen.Contains(item.Id) ? DashboardPace.Seen
                : DashboardPace.Listed;
            _program.Replicas.SetPace(item.Id, pace);
        }
    }

    private void Take(InputEvent next)
    {
        switch (next)
        {
            case InputEvent.Pressed(var press):
                TakeKey(press);
                break;
            case InputEvent.Pasted(var piece, var isLast):
                TakePaste(piece.Span, isLast);
                break;
            case InputEvent.Pointed(var mouse):
                TakeMouse(mouse);
                break;
            case InputEvent.Focused(var hasFocus) when State.Mode == DashboardMode.Type && _actions.LiveReplica is { } replica:
                new SessionTyping(_program.Link).Focus(replica, hasFocus);
                break;
            case InputEvent.Refined:
                _program.ChooseScheme();
                break;
        }
    }

    private void TakeKey(KeyPress press)
    {
        if (State.Mode != DashboardMode.Type && press.Action == KeyAction.Release)
        {
            return;
        }

        State.IsDirty |= State.Mode != DashboardMode.Type;
        if (State.Popup is { } popup)
        {
            popup.TakeKey(press);
            _actions.AfterPopup(popup);
        }
        else if (State.SearchLine is { } search)
        {
            _actions.TakeSearchKey(search, press);
        }
        else
        {
            var match = _keys.Press(State.Mode, press);
            if (match.Command is { } command)
            {
                _actions.Do(command);
            }
            else if (!match.IsPending && State.Mode == DashboardMode.Type && _actions.LiveReplica is { } replica)
            {
                new SessionTyping(_program.Link).Key(replica, press);
            }
        }
    }

    private void TakePaste(ReadOnlySpan<byte> piece, bool isLast)
    {
        if (State.Popup is null && State.SearchLine is null)
        {
            if (State.Mode == DashboardMode.Type && _actions.LiveReplica is { } replica)
            {
                _actions.Typing.Paste(replica, piece, isLast);
            }

            return;
        }

        _pasted.Append(Encoding.UTF8.GetString(piece));
        if (isLast)
        {
            _ = (State.Popup ?? State.SearchLine)!.TakePaste(_pasted.ToString());
            _pasted.Clear();
            State.IsDirty = true;
        }
    }

    private void TakeMouse(in MouseEvent mouse)
    {
        if (State.Popup is { } popup)
        {
            popup.TakeMouse(mouse);
            _actions.AfterPopup(popup);
            State.IsDirty = true;
            return;
        }

        if (State.Layout?.At(mouse.Column, mouse.Row) is not { } at)
        {
            return;
        }

        var slot = at.Part == DashboardPart.Tiles ? State.Tiles.At(mouse.Column, mouse.Row) : null;
        var isPress = mouse is { Action: MouseAction.Press, Button: 1 };
        if (slot is { } tile)
        {
            TakeTileMouse(mouse, _program.Fleet.Sessions[tile.Index].Id, tile, isPress);
        }
        else if (at.Part == DashboardPart.List && isPress && at.Row < State.ListRows.Length && State.ListRows[at.Row]?.Id is { } id)
        {
            _actions.Focus(id);
        }
        else if (at.Part == DashboardPart.Queue && isPress && at.Row < _program.Fleet.Queue.Items.Count)
        {
            _actions.GoTo(_program.Fleet.Queue.Items[at.Row].Session);
        }
    }

    private void TakeTileMouse(in MouseEvent mouse, string id, TileSlot tile, bool isPress)
    {
        if (State.Mode == DashboardMode.Type && id == State.Focused && _actions.LiveReplica is { } replica && SessionTyping.WantsMouse(replica))
        {
            var crop = TileCrop.Of(
                (replica.Emulator.Columns, replica.Emulator.Rows), (tile.Area.Columns - TileView.Border, tile.Area.Rows - TileView.Border), replica.Emulator.Cursor);
            var (row, column) = (mouse.Row - tile.Area.Row - 1 + crop.Row, mouse.Column - tile.Area.Column - 1 + crop.Column);
            if (row >= 0 && row < replica.Emulator.Rows && column >= 0 && column < replica.Emulator.Columns)
            {
                _actions.Typing.Mouse(replica, mouse with { Row = row, Column = column });
            }
        }
        else if (isPress && id == State.Focused && State.Mode == DashboardMode.Navigate)
        {
            _actions.Do(DashboardCommand.Type);
        }
        else if (isPress)
        {
            _actions.Focus(id);
        }
        else if (mouse is { Action: MouseAction.Press, Button: 4 or 5 } && id == State.Focused && State.Mode != DashboardMode.Type)
        {
            _actions.Wheel(mouse.Button == 4 ? -3 : 3);
        }

        State.IsDirty = true;
    }
}
