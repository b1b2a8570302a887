using System.Buffers;
using Tether.Daemon.Agents.External;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Journal;
using Tether.Daemon.Native;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// One running session: its pty, journal, emulator, viewers. All of it belongs to one thread with its own epoll; everyone else posts work or
/// reads the immutable <see cref="SessionRecord"/>s that it hands out. The thread wakes for the pty, for posted work, and for terminals lent to it.
/// </summary>
/// <remarks>
/// A round of the thread: posted work and keys first, so that a keystroke never waits behind output; then the pty:
/// read into the journal → emulator (answers to queries leave at once) → viewers.
/// </remarks>
internal sealed class Session
{
    private const int MailboxToken = 0;
    private const int PtyToken = 1;

    // A pty buffers less than this many rounds read; more is printed by somebody whom the program left behind, and does not count.
    private const int DrainRounds = 16;

    // Enough for the deepest path (a snapshot); each thread's stack costs memory only where it is touched.
    private const int StackSize = 256 * 1024;

    // A program may send a megabyte as its title; lists, the event log and subscribers need its beginning.
    private const int MaxEventText = 1000;

    private readonly ISessionHost _host;
    private readonly SessionMailbox _mailbox = new();
    private readonly TaskCompletionSource<SessionRecord> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // ---- owned by the thread ----
    private readonly Pty _pty;
    private readonly SessionJournal _journal;
    private readonly InputDesk _input;
    private readonly List<Viewer> _viewers = [];
    private readonly ControlDesk _control;
    private readonly EventThrottle _events;
    private readonly ProgramStop _stop;
    private readonly SizeDesk _size;
    private readonly PtyOutput _output;
    private readonly EchoPriority _priority;
    private readonly StatusWatch? _status;
    private SessionRecord _record;
    private SessionEnd? _end;
    private int _drainRounds = DrainRounds;
    private bool _isParking;
    private volatile bool _isOver;

    // Something may have happened since the record was made; written by the thread alone, behind the record.
    private volatile bool _isStale = true;

    public Session(
        SessionRecord record,
        Pty pty,
        SessionJournal journal,
        TerminalEmulator emulator,
        EmulatorListener listener,
        HiddenSpans hidden,
        ISessionHost host,
        SessionSettings settings)
    {
        _record = record;
        _pty = pty;
        _journal = journal;
        _host = host;
        Id = record.Id;
        Emulator = emulator;
        Output = new VisibleOutput(journal, emulator, hidden);
        Painter = new ScreenPainter(emulator);
        _control = new ControlDesk(this, _viewers);
        _events = new EventThrottle(Deadlines, ProgramTold);
        _stop = new ProgramStop(pty, Deadlines, settings.StopGrace);
        Waits = new Waits(Deadlines, emulator);
        HasProgram = record.External is null;
        var agent = HasProgram ? settings.AgentOf(record.Provider) : ExternalKind.Instance;
        _input = new InputDesk(this, record, agent, PtyToken, () => _host.Changed(Describe()));
        _size = new SizeDesk(this, _control, _viewers, journal, host);
        _priority = settings.EchoPriority;
        _output = new PtyOutput(pty, journal, emulator, hidden, settings.EchoPriority, host.Clock, Printed) { LastPrintedAt = record.LastOutputAt };
        if (agent is not null)
        {
            _status = new StatusWatch(record, agent, settings.Rules.For(agent.Name), emulator, Deadlines, pty, host, () => host.Changed(Describe()));
            _input.Follow(_status, ReadAll);
        }

        listener.Input = _input.Keys;
        listener.Raised = Raised;
        Poller.Add(_mailbox.Descriptor, MailboxToken, read: true, write: false);
        Poller.Add(pty.Descriptor, PtyToken, read: true, write: false);
    }

    public string Id { get; }

    /// <summary>False for one whose agent registered over the API: the other end of its pty is the daemon's too.</summary>
    public bool HasProgram { get; }

    /// <summary>Done when the session is over, with its last record.</summary>
    public Task<SessionRecord> Over => _ended.Task;

    /// <summary>For the keeper's next life: the pty that must be handed on.</summary>
    public Pty Pty => _pty;

    // ---- for the thread's own parts ----

    public Poller Poller { get; } = new();

    public TerminalEmulator Emulator { get; }

    public VisibleOutput Output { get; }

    public Deadlines Deadlines { get; } = new();

    public Waits Waits { get; }

    public ScreenPainter Painter { get; }

    public bool IsInputBacklogged => _input.IsBacklogged;

    /// <summary>The last process that had the terminal open is gone.</summary>
    public bool IsPtyGone => _output.IsGone;

    /// <summary>True once the program has ended and everything it printed has been delivered, or the daemon ends.</summary>
    public bool IsOver => _isOver || _isParking;

    public IReadOnlyList<Viewer> Viewers => _viewers;

    public Viewer? Controller => _control.Controller;

    /// <summary>What is known of its agent; null when its program is none that is known.</summary>
    public StatusWatch? Status => _status;

    /// <summary>Its program stands at a prompt of its own: keys answer that.</summary>
    public bool AsksByPrompt => HasProgram && _status?.Status.State is AgentState.NeedsApproval or AgentState.NeedsAnswer;

    public void Start() => new Thread(Run, StackSize) { Name = $"session {Id}", IsBackground = true }.Start();

    /// <summary>Has work done on the session's thread. False when the session is over.</summary>
    public bool Post(Action work) => _mailbox.Post(work);

    /// <summary>Asks the session's thread; null when the session is over.</summary>
    public Task<T?> Ask<T>(Func<T> question)
        where T : class => _mailbox.Ask(question, () => IsOver);

    /// <summary>
    /// The session as it is now; null when it is over. Any thread may ask: the session's own is woken only when something has happened to it since its record was made, for
    /// a list of a thousand would wait for a thousand threads.
    /// </summary>
    public Task<SessionRecord?> DescribeAsync() => IsOver || _isStale ? Ask(Describe) : Task.FromResult<SessionRecord?>(_record);

    /// <summary>The keeper reaped the program.</summary>
    public void ProgramEnded(SessionEnd end) => Post(() => _end = end);

    /// <summary>The daemon ends and the session goes on without it: the journal is put in order and the thread ends.</summary>
    public void Park() => Post(() => _isParking = true);

    // ---- on the session's thread ----

    public SessionRecord Describe()
    {
        _record = Described();
        _isStale = false;
        return _record;
    }

    private SessionRecord Described() => _record with
    {
        Columns = Emulator.Columns,
        Rows = Emulator.Rows,
        ProgramTitle = Emulator.Title,
        WorkingDirectory = Emulator.WorkingDirectory,
        LastOutputAt = _output.LastPrintedAt,
        Offset = _journal.End,
        Controller = _control.Controller?.Client.Name,
        Viewers = _viewers.Count,
        HasJournalHole = _record.HasJournalHole || _journal.HasHole,
        LastLine = ScreenRows.LastLine(Emulator),
        OutputRow = Emulator.TopRow + Emulator.Cursor.Row,
        Status = _status?.Status,
        HasDraft = _input.HasDraft,
        WaitingSends = _input.WaitingSends,
    };

    /// <summary>A person changes what is remembered of the session: subscribers and lists follow.</summary>
    public SessionRecord Change(SessionChange change)
    {
        _record = change.Of(_record);
        _host.Happened(Id, change.Kind, change.Text);
        _host.Changed(Describe());
        return _record;
    }

    /// <summary>Adds a viewer: a controller's size counts before anything is painted. <paramref name="added"/> is called once its mode is known.</summary>
    public void Add(Viewer viewer, AttachMode wanted, bool take, Action added)
    {
        _viewers.Add(viewer);
        if (wanted == AttachMode.Control)
        {
            _control.Ask(viewer, take, ControlDesk.AtAttach);
        }
        else
        {
            ControlChanged();
        }

        added();
        ShareOut();
    }

    public void Remove(Viewer viewer, bool isClientGone)
    {
        if (!_viewers.Remove(viewer))
        {
            return;
        }

        viewer.Reset();
        LetGo(viewer, isClientGone);
        _control.Forget(viewer);
        ControlChanged();
    }

    public void TakeControl(Viewer viewer, bool ifFree) => _control.Take(viewer, ifFree);

    public void ReleaseControl(Viewer viewer) => _control.Release(viewer);

    /// <summary>Keys of a viewer: only the controller's reach the program. False when they did not.</summary>
    public bool Type(Viewer viewer, ReadOnlySpan<byte> keys)
    {
        if (_control.Controller != viewer)
        {
            return false;
        }

        // The program first: what is remembered of a key can wait for it.
        _priority.Typed(_output);
        var isTaken = _input.Type(keys, byHand: true);
        viewer.Typed(keys, Emulator.Modes.FocusReports, _host.Clock.GetUtcNow());
        _status?.Typed();
        return isTaken;
    }

    /// <summary>Keys that are not a viewer's; who asks has looked whether it may.</summary>
    public bool Type(ReadOnlySpan<byte> keys) => _input.Type(keys, byHand: false);

    /// <summary>Types a text once nobody's draft is in its way; see <see cref="SendQueue"/>.</summary>
    public bool Send(Send send) => _input.Send(send);

    /// <summary>Answers the prompt that stands on the screen, by one key; see <see cref="PromptTyping.Answer"/>.</summary>
    public void AnswerPrompt(string fingerprint, Func<ScreenPrompt, PromptOption?> choose, Action<string> receipt)
    {
        if (IsOver)
        {
            receipt("prompt-gone");
            return;
        }

        _input.AnswerPrompt(fingerprint, choose, receipt);
    }

    /// <summary>Programs that ask are told the colours of this viewer's terminal, as far as they are known.</summary>
    public void ShowColorsOf(Viewer viewer) => Emulator.Colors = OuterColors.Over(Emulator.Colors, viewer.Colors);

    public void Resize(int columns, int rows, Viewer by) => _size.Ask(columns, rows, by);

    public void Stop(string by, bool isForced)
    {
        if (_end is null)
        {
            _stop.Begin(by, isForced);
            _end = HasProgram ? null : new SessionEnd(null, null);
        }
    }

    public void ControlChanged()
    {
        ShareOut();
        _host.Happened(Id, "control", _control.Controller?.Client.Name ?? "");
        _host.Changed(Describe());
    }

    /// <summary>Everything printed so far can be read from the segments after this.</summary>
    public void FlushJournal() => _journal.Flush();

    private void ShareOut()
    {
        var observers = _viewers.Count(viewer => viewer is StreamViewer && viewer != Controller);
        foreach (var viewer in _viewers)
        {
            viewer.Slow(viewer == Controller ? Pacer.None : Crowd.Interval(observers));
        }
    }

    private long Microseconds() => JournalTime.Of(_host.Clock.GetUtcNow());

    private void Run()
    {
        try
        {
            Loop();
            if (_isParking)
            {
                _journal.Park(Emulator, Microseconds());
            }
            else
            {
                Finish();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _isParking = false;
            _host.Happened(Id, "failure", e.ToString());
            _record = _record with
            {
                State = SessionState.Lost,
                EndedAt = _host.Clock.GetUtcNow(),
                EndReason = $"the daemon failed: {e.Message}",
                Controller = null,
                Viewers = 0,
            };
            TellEnd();
        }

        Close();
    }

    private void Loop()
    {
        Span<Readiness> ready = stackalloc Readiness[16];
        while (!_isParking && !_isOver)
        {
            var count = Poller.Wait(ready, _end is null ? Deadlines.Timeout : 0);
            var isPtyReadable = false;
            for (var i = 0; i < count; i++)
            {
                Handle(ready[i], ref isPtyReadable);
            }

            using (Painter.Open())
            {
                _isStale |= Deadlines.RunDue();
            }

            if (isPtyReadable || _end is not null)
            {
                _output.Read(isDraining: _end is not null);
                if (_output.IsGone)
                {
                    Poller.Remove(_pty.Descriptor);
                }
            }

            _input.WatchWrites();
            _isOver = _end is not null && (!_output.MayHaveMore || --_drainRounds == 0);
        }
    }

    private void Handle(in Readiness ready, ref bool isPtyReadable)
    {
        switch (ready.Token)
        {
            case MailboxToken:
                _mailbox.Run(GrowStale);
                break;
            case PtyToken:
                _isStale = true;
                isPtyReadable = ready.CanRead || ready.HungUp;
                if (ready.CanWrite)
                {
                    _input.Continue();
                }

                break;
            default:
                _isStale = true;
                if (FindViewer(ready.Token) is LentTerminal terminal)
                {
                    terminal.Handle(ready);
                }

                break;
        }
    }

    private Viewer? FindViewer(int id)
    {
        foreach (var viewer in _viewers)
        {
            if (viewer.Id == id)
            {
                return viewer;
            }
        }

        return null;
    }

    private void GrowStale() => _isStale = true;

    private void Printed()
    {
        _isStale = true;
        foreach (var viewer in _viewers)
        {
            viewer.Deliver();
        }

        Waits.Printed();
        _input.Printed();
        _status?.Printed();
    }

    // Whatever the pty has now; false when a program prints on and on.
    private bool ReadAll()
    {
        _output.Read(isDraining: false);
        return !_output.MayHaveMore;
    }

    private void Raised(TerminalEvent raised)
    {
        _status?.Raised(raised);
        if (SessionEventText.Of(raised) is var (kind, text))
        {
            _events.Happened(kind, text.Length <= MaxEventText ? text : text[..MaxEventText]);
        }
    }

    private void ProgramTold(string kind, string text)
    {
        _record = SessionSigns.Seen(_record, kind, text, _host.Clock.GetUtcNow());
        _host.Happened(Id, kind, text);
    }

    /// <summary>A message to everybody who looks at this session.</summary>
    public void Notify(string text, Viewer? except = null)
    {
        foreach (var viewer in _viewers)
        {
            if (viewer != except)
            {
                viewer.Tell(new TextNotice { Channel = viewer.Channel, Text = text });
            }
        }
    }

    // Last output, then the exit, then the end of each channel; the last screen stays in the journal.
    private void Finish()
    {
        var end = _end.GetValueOrDefault();
        Attempt(() => _journal.RecordExit(end.ExitCode, end.Signal, Emulator, Microseconds()));
        _record = Describe() with
        {
            State = SessionState.Exited,
            EndedAt = _host.Clock.GetUtcNow(),
            ExitCode = end.ExitCode,
            Signal = end.Signal,
            EndReason = _stop.Reason ?? (end is { ExitCode: null, Signal: null } ? "ended; its exit status is unknown because the keeper that could see it was killed" : null),
            Controller = null,
            Viewers = 0,
        };
        TellEnd();
    }

    // Whoever is told finds the same in the lists.
    private void TellEnd()
    {
        if (_status is not null)
        {
            _status.Ended(_record.State == SessionState.Exited ? AgentState.Exited : AgentState.Lost, _record.EndReason ?? "");
            _record = _record with { Status = _status.Status };
        }

        _host.Changed(_record);
        foreach (var viewer in _viewers)
        {
            Attempt(viewer.Finish);
            viewer.Tell(new ExitedNotice { Channel = viewer.Channel, Session = _record });
        }

        Attempt(Waits.Ended);
        _input.Ended(Attempt);
    }

    private static void LetGo(Viewer viewer, bool isClientGone)
    {
        viewer.Close(isClientGone);
        viewer.Client.Channels.Remove(viewer.Channel);
    }

    // At its end a session does each thing that is left to do, although another one failed.
    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _host.Happened(Id, "failure", e.ToString());
        }
    }

    private void Close()
    {
        _isOver = true;
        foreach (var viewer in _viewers)
        {
            LetGo(viewer, isClientGone: false);
        }

        // Work that was posted too late finds nobody to remove.
        _viewers.Clear();
        foreach (var late in _mailbox.Close())
        {
            Attempt(late);
        }

        // Before the descriptors are closed: their numbers may soon mean something else.
        if (_isParking)
        {
            Attempt(() => _host.Changed(Describe() with { Controller = null }));
        }
        else
        {
            Attempt(() => _host.Ended(_record));
        }

        _pty.Dispose();
        _journal.Dispose();
        Poller.Dispose();
        _mailbox.Dispose();
        _ended.TrySetResult(_record);
    }
}
