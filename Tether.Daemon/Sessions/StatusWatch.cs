using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Agents.Status;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Keeps the truth about the agent of one session: reads its screen, its title and what it tells its terminal, takes what hooks and protocols tell, and says
/// when the state has changed. Nothing happens here while nothing is printed, told or due. Owned by the session's thread.
/// </summary>
internal sealed class StatusWatch
{
    // A screen is read so soon after the first output, and not more often, however much is printed.
    private static readonly TimeSpan ReadSoon = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(100);

    // A program in the middle of a synchronized update is waited for this often, for a ReadSoon each.
    private const int MostPostponed = 4;

    // A hook that asks the same as the prompt on the screen comes within it.
    private static readonly TimeSpan HookLead = TimeSpan.FromMilliseconds(500);

    private readonly string _session;
    private readonly AgentKind _kind;
    private readonly ScreenRules _rules;
    private readonly TerminalEmulator _emulator;
    private readonly Deadlines _deadlines;
    private readonly Pty _pty;
    private readonly ISessionHost _host;
    private readonly Action _changed;
    private readonly StatusDesk _desk;
    private readonly TerminalSigns _signs;
    private readonly ScreenImage _image = new();
    private long _readAt;
    private long _wakeAt = long.MaxValue;
    private string _title = "";
    private bool _isReadDue;
    private bool _isTold;
    private int _postponed;

    public StatusWatch(
        SessionRecord record, AgentKind kind, ScreenRules rules, TerminalEmulator emulator, Deadlines deadlines, Pty pty, ISessionHost host, Action changed)
    {
        _session = record.Id;
        _kind = kind;
        _rules = rules;
        _emulator = emulator;
        _deadlines = deadlines;
        _pty = pty;
        _host = host;
        _changed = changed;
        _signs = new TerminalSigns(kind, rules);
        var now = Now();

        // A session that has printed before was taken over: it starts nothing now.
        var isNew = emulator.Position == 0;
        _desk = new StatusDesk(now, record.Status ?? (isNew ? null : new AgentStatus { State = AgentState.Unknown, Since = now, Source = SignalSource.Process, Rule = "taken-over" }));
        if (!isNew)
        {
            _isReadDue = true;
            deadlines.After(TimeSpan.Zero, ReadScreen);
        }
    }

    public AgentKind Kind => _kind;

    public ScreenRules Rules => _rules;

    public AgentStatus Status => _desk.Status;

    /// <summary>The prompt that the host was told of; null when none was.</summary>
    public ScreenPrompt? Prompt { get; private set; }

    /// <summary>What the program told its terminal. Weighed after the feed.</summary>
    public void Raised(TerminalEvent raised) => _isTold |= _signs.Take(raised, _desk, Now());

    /// <summary>The program printed, and the emulator has it.</summary>
    public void Printed()
    {
        if (_isTold)
        {
            _isTold = false;
            Settle();
        }

        ReadSoonAgain();
    }

    /// <summary>A hook or a protocol told something.</summary>
    public void Signal(AgentSignal signal)
    {
        _desk.Take(signal);
        Settle();
    }

    /// <summary>The controller typed.</summary>
    public void Typed()
    {
        _desk.Typed(Now());
        if (_desk.Status.State is AgentState.Done or AgentState.Failed)
        {
            Settle();
        }
    }

    /// <summary>A person has seen what the agent did.</summary>
    public void Seen()
    {
        _desk.Seen();
        Settle();
    }

    /// <summary>The program has ended, or nobody knows what became of it. The session's last record is told by the session.</summary>
    public void Ended(AgentState state, string detail)
    {
        _desk.End(state, detail, Now());
        TellPrompt(null);
        TellEvent();
    }

    /// <summary>Everything that is weighed, with what the screen says now.</summary>
    public (ExplainedSignal[] Signals, AgentStatus[] Past) Explain()
    {
        ReadScreen();
        var facts = ProcessFacts.Of(_pty.Leader.ProcessId, _pty.ForegroundGroup);
        var process = new ExplainedSignal
        {
            Signal = new AgentSignal { Source = SignalSource.Process, State = AgentState.Unknown, Rule = $"{_kind.Name}.process", At = Now(), Detail = facts },
            Weight = "tells nothing of the state",
        };
        var signals = _desk.Explain(Now());
        return (Array.Exists(signals, signal => signal.Signal.Source == SignalSource.Process) ? signals : [.. signals, process], [.. _desk.Past]);
    }

    /// <summary>The screen as it is now.</summary>
    public ScreenText ReadText() => new(ScreenRows.Of(_emulator), _emulator.Title, _emulator.Columns, _emulator.Cursor.Row, _emulator.IsAlternateScreen);

    /// <summary>The prompt that stands on the screen now; null when there is none that is known.</summary>
    public ScreenPrompt? ReadPrompt()
    {
        try
        {
            return _kind.ReadPrompt(ReadText());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever stands on a screen must not end its session.
            _host.Happened(_session, "failure", e.ToString());
            return null;
        }
    }

    private DateTimeOffset Now() => _host.Clock.GetUtcNow();

    private void ReadSoonAgain()
    {
        if (!_isReadDue)
        {
            _isReadDue = true;
            var pause = _readAt + (long)ReadPause.TotalMilliseconds - Deadlines.Now;
            _deadlines.After(TimeSpan.FromMilliseconds(Math.Max(pause, ReadSoon.TotalMilliseconds)), ReadWhenWhole);
        }
    }

    private void ReadWhenWhole()
    {
        if (_emulator.Modes.SynchronizedOutput && _postponed++ < MostPostponed)
        {
            _deadlines.After(ReadSoon, ReadWhenWhole);
            return;
        }

        ReadScreen();
    }

    private void ReadScreen()
    {
        _isReadDue = false;
        _postponed = 0;
        _readAt = Deadlines.Now;
        var now = Now();
        _image.Take(_emulator);
        _desk.Take(_rules.OfScreen(_image, now) ?? Silence(SignalSource.Screen, now));
        if (_emulator.Title != _title)
        {
            _title = _emulator.Title;
            _desk.Take(_rules.OfTitle(_title, now) ?? Silence(SignalSource.Title, now));
        }

        if (_kind.Provider.IsLoginShell)
        {
            ReadForeground(now);
        }

        Settle();
    }

    // A shell is at work while another process group than its own has the terminal.
    private void ReadForeground(DateTimeOffset now)
    {
        if (_pty.ForegroundGroup is var group and > 0)
        {
            _desk.Take(new AgentSignal
            {
                Source = SignalSource.Process,
                State = group == _pty.Leader.ProcessId ? AgentState.Waiting : AgentState.Working,
                Rule = $"{_kind.Name}.process.foreground",
                At = now,
            });
        }
    }

    private AgentSignal Silence(SignalSource source, DateTimeOffset now) => new() { Source = source, State = AgentState.Unknown, Rule = $"{_kind.Name}.none", At = now };

    private void Settle()
    {
        var now = Now();
        if (_desk.Advance(now))
        {
            TellState();
        }

        ReadPromptOnScreen(now);
        if (_desk.NextChangeAt is { } next)
        {
            WakeAt(next, now);
        }
    }

    private void WakeAt(DateTimeOffset next, DateTimeOffset now)
    {
        var delay = (long)Math.Ceiling((next - now).TotalMilliseconds) + 1;
        var at = Deadlines.Now + delay;
        if (delay < int.MaxValue && at < _wakeAt)
        {
            _wakeAt = at;
            _deadlines.After(TimeSpan.FromMilliseconds(delay), () =>
            {
                _wakeAt = _wakeAt == at ? long.MaxValue : _wakeAt;
                Settle();
            });
        }
    }

    private void TellState()
    {
        TellEvent();
        _changed();
    }

    private void TellEvent() => _host.Happened(_session, "state", $"{RuleEntry.NameOf(_desk.Status.State)} {_desk.Status.Detail}".TrimEnd());

    private void ReadPromptOnScreen(DateTimeOffset now)
    {
        var status = _desk.Status;
        if (!StatusWindows.IsNeed(status.State) || status.Source <= SignalSource.Hook)
        {
            TellPrompt(null);
        }
        else if (now - status.Since >= HookLead)
        {
            TellPrompt(ReadPrompt());
        }
        else
        {
            WakeAt(status.Since + HookLead, now);
        }
    }

    private void TellPrompt(ScreenPrompt? prompt)
    {
        if (prompt?.Fingerprint == Prompt?.Fingerprint)
        {
            return;
        }

        if (Prompt is { } gone)
        {
            _host.PromptGone(_session, gone);
        }

        Prompt = prompt;
        if (prompt is not null)
        {
            _host.PromptSeen(_session, prompt);
        }
    }
}
