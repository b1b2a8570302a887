using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Terminal.FullScreen;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>
/// Typing into the focused session: asks for control, keeps what is typed until it is there or while the daemon is gone, and never lets a key that was
/// meant for a session become a command because control was lost.
/// </summary>
internal sealed class TypingActions(DashboardContext context) : IActionGroup
{
    private const int MostKept = 4096;

    // Bytes written to a connection that breaks so soon afterwards may not have arrived.
    private const int DoubtMilliseconds = 1000;

    private readonly SessionTyping _typing = new(context);
    private readonly Queue<InputEvent> _kept = [];
    private int _askedChannel;
    private bool _takes;
    private int _unsent;
    private long _lastSentAt = long.MinValue / 2;
    private (KittyFlags Keys, bool Motion) _heard;

    /// <summary>The replica that is typed into; null while keys go nowhere.</summary>
    public SessionReplica? Live => State.Typing == TypingPhase.Live ? context.FocusedReplica : null;

    private DashboardState State => context.State;

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Type when context.Focused is { } item: Begin(item, isTaken: false); break;
            case DashboardCommand.TakeControl when context.Focused is { } item: Begin(item, isTaken: true); break;
            case DashboardCommand.Leave when State.Mode == DashboardMode.Type: Leave(); break;
            default: return false;
        }

        return true;
    }

    /// <summary>A key, a paste, the mouse on a cell of the session, or the focus, in the order in which the person did them.</summary>
    public void Take(InputEvent input)
    {
        switch (State.Typing)
        {
            case TypingPhase.Live when Live is { } replica:
                Send(replica, input);
                break;
            case TypingPhase.Asked when _kept.Count < MostKept:
                _kept.Enqueue(input is InputEvent.Pasted pasted ? pasted with { Piece = pasted.Piece.ToArray() } : input);
                Note();
                break;
            case TypingPhase.Asked or TypingPhase.Blocked when input is InputEvent.Pressed { Press.Action: not KeyAction.Release } or InputEvent.Pasted:
                _unsent++;
                Note();
                break;
        }
    }

    /// <summary>Something came of the focused session.</summary>
    public void Came(Incoming incoming)
    {
        switch (incoming.Message)
        {
            case ControlNotice { Mode: AttachMode.Control }:
                GoLive();
                break;
            case ControlNotice { Cause: "taken" } taken when State.Typing != TypingPhase.Off:
                // Whoever takes it leaves us waiting for it; nobody here expects to be live again all of a sudden.
                context.Link.Tell(new ReleaseControlRequest { Channel = taken.Channel });
                Block($"{taken.By} has taken control");
                break;
            case ControlNotice { Cause: "refused" } refused when State.Typing == TypingPhase.Asked && context.Focused is { } item:
                Leave();
                AskPerson(item, refused.By ?? "somebody else");
                break;
            case ExitedNotice ended when State.Typing != TypingPhase.Off:
                Block($"{ended.Session.Title} has ended{(StatusText.End(ended.Session) is { Length: > 0 } how ? $" ({how})" : "")}");
                break;
        }
    }

    /// <summary>The connection is gone: what is typed from now on is kept.</summary>
    public void Lost()
    {
        if (State.Typing is TypingPhase.Live or TypingPhase.Asked)
        {
            var isDoubtful = context.Host.Milliseconds - _lastSentAt < DoubtMilliseconds;
            (State.Typing, _askedChannel) = (TypingPhase.Asked, 0);
            State.TypingNote = isDoubtful ? "the daemon is gone: the last key may be lost, the next ones are kept" : "the daemon is gone: keys are kept";
        }
    }

    /// <summary>Does what has become possible: asks again after a reconnection, and tells the terminal what the session wants to hear.</summary>
    public void Advance()
    {
        if (State.Typing == TypingPhase.Asked && _askedChannel == 0 && !context.Link.IsLost)
        {
            Ask();
        }

        var modes = Live?.Emulator.Modes;
        var wanted = modes is null ? default : (modes.KittyFlags, modes.MouseTracking == MouseTracking.AnyMotion);
        if (wanted != _heard)
        {
            _heard = wanted;
            context.Host.Listen(wanted.Item1, wanted.Item2);
        }
    }

    /// <summary>Keys belong to the dashboard again.</summary>
    public void Leave()
    {
        if (State.Mode != DashboardMode.Type)
        {
            return;
        }

        if (context.FocusedReplica is { IsOver: false } replica)
        {
            if (State.Typing == TypingPhase.Live)
            {
                _typing.Focus(replica, hasFocus: false);
            }

            context.Link.Tell(new ReleaseControlRequest { Channel = replica.Channel });
        }

        var lost = _unsent + _kept.Count;
        Stop();
        context.Fleet.Watch(null, context.Now);
        if (State.Focused is { } id)
        {
            context.Looked(id);
        }

        State.Announce("NAVIGATE: keys belong to the dashboard", context.Host.Milliseconds);
        if (lost > 0)
        {
            context.Say($"{lost} {(lost == 1 ? "key was" : "keys were")} not sent");
        }
    }

    private void Begin(SessionItem item, bool isTaken)
    {
        if (item.Record.State != SessionState.Running)
        {
            context.Say($"{item.Record.Title} has ended{(StatusText.End(item.Record) is { Length: > 0 } how ? $" ({how})" : "")}; nobody reads what is typed");
            return;
        }

        if (context.Replicas.IsOwn(item.Id))
        {
            context.Say("this is the session that the dashboard runs in");
            return;
        }

        (State.Mode, State.History, State.Typing, State.TypingNote) = (DashboardMode.Type, null, TypingPhase.Asked, "");
        context.Looked(item.Id);
        context.Fleet.Watch(item.Id, context.Now);
        State.Announce($"TYPE: keys belong to {item.Record.Title}; {context.Bindings.LabelOf(DashboardMode.Type, DashboardCommand.Leave)} goes back", context.Host.Milliseconds);
        _takes = isTaken;
        Ask();
    }

    // Enter would be too easily meant for the session.
    private void AskPerson(SessionItem item, string other)
    {
        State.Confirmed = () => Begin(item, isTaken: true);
        State.Popup = new Dialog($"Take control of {PlainText.Of(item.Record.Title)}?", [])
        {
            Text = [$"{PlainText.Of(other)} types into it now, and would only see it from then on."],
            Hint = "y takes it · Esc leaves it",
            NeedsYes = true,
        };
    }

    private void Ask()
    {
        if (context.FocusedReplica is not { IsOver: false } replica)
        {
            if (context.Focused is null or { Record.State: not SessionState.Running })
            {
                Block("the session is gone");
            }

            return;
        }

        _askedChannel = replica.Channel;
        context.Link.Ask<OkReply>(
            new TakeControlRequest { Channel = replica.Channel, IfFree = !_takes },
            _ =>
            {
                if (replica == context.FocusedReplica && replica.Mode == AttachMode.Control)
                {
                    GoLive();
                }
            },
            Block);
    }

    private void GoLive()
    {
        if (State.Typing != TypingPhase.Asked || context.FocusedReplica is not { } replica)
        {
            return;
        }

        (State.Typing, State.TypingNote, State.IsDirty) = (TypingPhase.Live, "", true);
        _typing.Focus(replica, hasFocus: true);
        while (_kept.TryDequeue(out var input))
        {
            Send(replica, input);
        }

        Note();
    }

    private void Block(string reason)
    {
        _unsent += _kept.Count;
        _kept.Clear();
        (State.Typing, State.TypingNote) = (TypingPhase.Blocked, reason);
        Note();
    }

    private void Stop()
    {
        _kept.Clear();
        (_askedChannel, _unsent) = (0, 0);
        Note();
        (State.Mode, State.Typing, State.TypingNote, State.History, State.IsDirty) = (DashboardMode.Navigate, TypingPhase.Off, "", null, true);
    }

    private void Note() => (State.KeysKept, State.KeysUnsent, State.IsDirty) = (_kept.Count, _unsent, true);

    private void Send(SessionReplica replica, InputEvent input)
    {
        _lastSentAt = context.Host.Milliseconds;
        switch (input)
        {
            case InputEvent.Pressed(var press): _typing.Key(replica, press); break;
            case InputEvent.Pasted(var piece, var isLast): _typing.Paste(replica, piece.Span, isLast); break;
            case InputEvent.Pointed(var mouse): _typing.Mouse(replica, mouse); break;
            case InputEvent.Focused(var hasFocus): _typing.Focus(replica, hasFocus); break;
        }
    }
}
