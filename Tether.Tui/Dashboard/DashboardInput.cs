using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Actions;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard;

/// <summary>What the person does: keys, pastes and the mouse go to a popup, to a search, to a session, or become commands.</summary>
internal sealed class DashboardInput(DashboardContext context, DashboardActions actions)
{
    private readonly KeyReader _keys = new(context.Bindings);
    private readonly DashboardMouse _mouse = new(context, actions);
    private readonly StringBuilder _pasted = new();
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    private DashboardState State => context.State;

    public void Take(InputEvent next)
    {
        switch (next)
        {
            case InputEvent.Pressed(var press):
                TakeKey(next, press);
                break;
            case InputEvent.Pasted(var piece, var isLast):
                TakePaste(next, piece.Span, isLast);
                break;
            case InputEvent.Pointed(var mouse) when State.Popup is { } popup:
                popup.TakeMouse(mouse);
                Settle(popup);
                break;
            case InputEvent.Pointed(var mouse):
                _mouse.Take(mouse);
                break;
            case InputEvent.Focused when State.Typing == TypingPhase.Live:
                actions.Typing.Take(next);
                break;
            case InputEvent.Refined:
                context.Host.Restyle();
                break;
        }
    }

    private void TakeKey(InputEvent input, KeyPress press)
    {
        var isTyping = State is { Mode: DashboardMode.Type, Popup: null };
        if (press.Action == KeyAction.Release && !isTyping)
        {
            return;
        }

        if (!isTyping)
        {
            State.IsDirty = true;
            State.Hush();
        }

        if (State.Popup is { } popup)
        {
            popup.TakeKey(press);
            Settle(popup);
        }
        else if (State.SearchLine is { } search)
        {
            TakeSearchKey(search, press);
        }
        else
        {
            TakeBound(input, press);
        }
    }

    private void TakeBound(InputEvent input, KeyPress press)
    {
        var match = _keys.Press(State.Mode, press);
        State.Pending = _keys.Pending?.Label ?? "";
        if (match.Command is { } command)
        {
            actions.Do(command);
        }
        else if (State.Mode == DashboardMode.Type)
        {
            if (press.Action != KeyAction.Release)
            {
                actions.History.EndPeek();
            }

            actions.Typing.Take(input);
        }
        else if (!match.IsPending && press is { Key: Key.Character, Action: not KeyAction.Release } && State.Mode == DashboardMode.Navigate)
        {
            context.Say($"{KeyStroke.Of(press).Label} means nothing here; {context.Bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Help)} shows all keys");
        }
    }

    private void TakeSearchKey(TextField field, KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Escape:
            case Key.Character when press is { CodePoint: 'c', Modifiers: KeyModifiers.Control }:
                actions.History.EndSearch(isKept: false);
                break;
            case Key.Enter or Key.KeypadEnter:
                actions.History.EndSearch(isKept: true);
                break;
            case Key.Up:
                State.History?.Previous();
                break;
            case Key.Down:
                State.History?.Next();
                break;
            default:
                field.TakeKey(press);
                break;
        }
    }

    private void TakePaste(InputEvent input, ReadOnlySpan<byte> piece, bool isLast)
    {
        if (State.Popup is null && State.SearchLine is null)
        {
            if (State.Mode == DashboardMode.Type)
            {
                actions.History.EndPeek();
                actions.Typing.Take(input);
            }
            else if (isLast)
            {
                context.Say($"pasted into no session; {context.Bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Type)} types into one first");
            }

            return;
        }

        var text = new char[Encoding.UTF8.GetMaxCharCount(piece.Length)];
        _pasted.Append(text, 0, _utf8.GetChars(piece, text, isLast));
        if (isLast)
        {
            _ = (State.Popup ?? State.SearchLine)!.TakePaste(_pasted.ToString());
            _pasted.Clear();
            State.IsDirty = true;
        }
    }

    // A popup that has done its work goes away; then follows what it was asked for.
    private void Settle(View popup)
    {
        State.IsDirty = true;
        Action? then = null;
        switch (popup)
        {
            case HelpView { IsClosed: true } or TranscriptView { IsClosed: true } or ReceiptsView { IsClosed: true } or Dialog { Result: DialogResult.Cancelled }:
                break;
            case PaletteView { IsClosed: true } palette:
                then = palette.Choice;
                break;
            case SearchAllView { IsClosed: true } search:
                then = search.Choice is { } line ? () => actions.SearchAll.GoTo(line) : null;
                break;
            case Dialog { Result: DialogResult.Confirmed }:
                then = State.Confirmed;
                break;
            default:
                return;
        }

        (State.Popup, State.PopupItem, State.Confirmed) = (null, null, popup is Dialog { Result: DialogResult.Confirmed } ? State.Confirmed : null);
        then?.Invoke();
    }
}
