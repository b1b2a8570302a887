using System.Runtime.InteropServices;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;

namespace Tether.Tui.Attach;

/// <summary>
/// What the person does during one <see cref="Visit"/>: keys for the program, the chord and its menu, messages that a key takes away. Belongs to the
/// visit's loop. Whatever gives back a <see cref="VisitEnd"/> gives null when the visit goes on.
/// </summary>
internal sealed class Keyboard(AttachContext context, AttachedReply attached, AttachPlan plan, SessionScreen screen, ColorDesk colors)
{
    private readonly PassingMessage _message = new(screen);
    private readonly InputSender _input = new(context.Daemon.Connection, attached.Channel);
    private readonly byte[] _buffer = new byte[64 << 10];
    private ChordMatcher _matcher = new(context.Settings.Chord.Byte);
    private Menu? _menu;
    private bool _mustRedraw;

    /// <summary>The session as it is now; its size and title change.</summary>
    public SessionRecord Session { get; set; } = attached.Session;

    /// <summary>True when the keys are ours to read. A lent terminal's are only while the menu is open.</summary>
    public bool Reads => screen.ReadsKeys || _menu is not null;

    /// <summary>Milliseconds until <see cref="Tick"/> is due; -1 for nothing.</summary>
    public int NextTick => Ticks.Sooner(Ticks.Sooner(_message.NextTick, colors.NextTick), _menu?.NextTick ?? -1);

    public VisitEnd? Tick()
    {
        _menu?.Tick();
        if (_message.IsDue)
        {
            HideMessage();
        }

        return TakeTyped(colors.TakeDue());
    }

    /// <summary>Reads and carries out what has been typed.</summary>
    public VisitEnd? Read()
    {
        var count = context.Terminal.Read(_buffer);
        if (count == 0)
        {
            return new VisitEnd.Terminated(PosixSignal.SIGHUP);
        }

        return TakeTyped(colors.Take(_buffer.AsSpan(0, Math.Max(count, 0))));
    }

    /// <summary>The chord was typed, and this behind it.</summary>
    public VisitEnd? OpenMenu(ReadOnlySpan<byte> rest)
    {
        _message.Forget();
        if (context.Settings.ChordLeaves)
        {
            return new VisitEnd.Detached(Session);
        }

        _menu = new Menu(screen, context.Settings.Chord, Whereabouts.Of(Session, attached));
        return rest.IsEmpty ? null : ChooseFrom(rest);
    }

    /// <summary>Keys that were typed before the session was there.</summary>
    public void TypeAhead(ReadOnlySpan<byte> typed) => _input.Send(typed);

    public void ShowMessage(string? text)
    {
        // On a lent terminal the daemon writes; it shows such texts itself or not at all.
        if (!string.IsNullOrEmpty(text) && _menu is null && !attached.Lent)
        {
            _message.Show(text);
        }
    }

    /// <summary>The session's last picture is to stay behind, without a line of ours.</summary>
    public void ClearScreen()
    {
        if (_menu is null)
        {
            HideMessage();
        }
    }

    private VisitEnd? TakeTyped(ReadOnlySpan<byte> typed) => typed.IsEmpty ? null
        : _menu is not null ? ChooseFrom(typed)
        : TypeUpToChord(typed, out var behind) ? OpenMenu(behind)
        : null;

    private VisitEnd? ChooseFrom(ReadOnlySpan<byte> typed)
    {
        if (_menu!.Take(typed, out var used) is not { } choice)
        {
            return null;
        }

        _menu = null;
        var end = MenuAction.End(choice, context.Daemon, Session, plan, attached);
        _mustRedraw |= screen.HideOverlay() || choice == MenuChoice.Redraw;
        if (choice == MenuChoice.SendChord && screen.Types)
        {
            Type([context.Settings.Chord.Byte]);
        }

        // What stands behind the menu's key is for the program again, and before a lent terminal is read again.
        if (end is null && TypeUpToChord(typed[used..], out var behind))
        {
            return OpenMenu(behind);
        }

        var redraws = _mustRedraw;
        _mustRedraw = false;
        if (attached.Lent)
        {
            // Also before leaving: the session's last picture stays on the terminal without the menu's line.
            context.Daemon.Tell(new ResumeRequest { Channel = attached.Channel, Redraw = redraws });
        }
        else
        {
            Redraw(redraws);
        }

        return end;
    }

    // False: there is no chord in it, and all of it has been typed.
    private bool TypeUpToChord(ReadOnlySpan<byte> typed, out ReadOnlySpan<byte> behind)
    {
        var isFound = _matcher.Scan(typed, out var start, out var length);
        Type(isFound ? typed[..start] : typed);
        behind = isFound ? typed[(start + length)..] : [];
        return isFound;
    }

    private void Type(ReadOnlySpan<byte> typed)
    {
        if (_message.IsShown && !typed.IsEmpty)
        {
            HideMessage();
        }

        if (screen.Types)
        {
            _input.Send(typed);
        }
        else
        {
            screen.TakeKeys(typed);
        }
    }

    private void HideMessage()
    {
        _message.Forget();
        Redraw(screen.HideOverlay());
    }

    private void Redraw(bool isNeeded)
    {
        if (isNeeded)
        {
            context.Daemon.Tell(new RedrawRequest { Channel = attached.Channel });
        }
    }
}
