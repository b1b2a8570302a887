using Tether.Daemon.Journal;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>Makes running sessions: new ones, and those that a keeper held while no daemon ran. The caller starts their threads.</summary>
internal sealed class SessionStart(SessionSettings settings, ISessionHost host)
{
    /// <summary>A session around a program that has just been spawned.</summary>
    public Session New(SessionRecord record, int master, ProcessIdentity leader, int[]? colors = null)
    {
        var (emulator, listener, hidden) = MakeEmulator(record.Columns, record.Rows);
        emulator.Colors = OuterColors.Over(emulator.Colors, colors);
        var journal = SessionJournal.Create(DirectoryOf(record.Id), settings.Journal, emulator, JournalTime.Of(record.CreatedAt), ProblemOf(record.Id));
        return new Session(record, new Pty(master, leader), journal, emulator, listener, hidden, host, settings);
    }

    /// <summary>A session whose program ran on without a daemon: the journal goes on at the same offset, the screen is rebuilt.</summary>
    public Session TakeOver(SessionRecord record, HeldProcess process)
    {
        var session = TakeOver(record, new Pty(process.Master, new ProcessIdentity(process.Held.ProcessId, process.Held.StartTime)));
        if (process.Held.HasExited)
        {
            session.ProgramEnded(new SessionEnd(process.Held.ExitCode, process.Held.Signal));
        }

        return session;
    }

    /// <summary>A session without a program goes on: with a terminal of its own made anew, the journal as above. What was typed and not sent is gone.</summary>
    public Session TakeOver(SessionRecord record, int master) => TakeOver(record with { HasDraft = false }, new Pty(master, default));

    private Session TakeOver(SessionRecord record, Pty pty)
    {
        var (emulator, listener, hidden) = MakeEmulator(record.Columns, record.Rows);

        // Queries that the dead daemon had read but not answered are answered now.
        listener.Input = new PtyInput(pty);
        var time = JournalTime.Of(host.Clock.GetUtcNow());
        var journal = TakeOverJournal(record, ref emulator, listener, time);
        hidden.DropBefore(journal.OldestInMemory);

        // A daemon killed in the middle of a resize had not told the pty.
        pty.Resize(emulator.Columns, emulator.Rows);
        return new Session(record, pty, journal, emulator, listener, hidden, host, settings);
    }

    // A journal that cannot be read is no reason to let go of a program that runs.
    private SessionJournal TakeOverJournal(SessionRecord record, ref TerminalEmulator emulator, EmulatorListener listener, long time)
    {
        try
        {
            return JournalRestore.TakeOver(DirectoryOf(record.Id), settings.Journal, emulator, time, ProblemOf(record.Id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            emulator = new TerminalEmulator(settings.Terminal with { Columns = record.Columns, Rows = record.Rows }, listener) { Position = record.Offset };
            return JournalRestore.WithoutDisk(DirectoryOf(record.Id), settings.Journal, emulator, $"the journal cannot be read ({e.Message})", ProblemOf(record.Id));
        }
    }

    /// <summary>Brings the journal of a session that nobody will go on with to its end: the tail joins the segments, and nothing is left to take over.</summary>
    public SessionRecord Close(SessionRecord record)
    {
        var emulator = MakeEmulator(record.Columns, record.Rows).Emulator;
        emulator.SuppressAnswers = true;
        var time = JournalTime.Of(host.Clock.GetUtcNow());
        using var journal = JournalRestore.TakeOver(DirectoryOf(record.Id), settings.Journal, emulator, time, ProblemOf(record.Id));
        journal.RecordExit(null, null, emulator, time);
        return record with { Offset = journal.End, Columns = emulator.Columns, Rows = emulator.Rows, LastLine = ScreenRows.LastLine(emulator) };
    }

    /// <summary>The last screen of a session that is over, read back from its journal.</summary>
    public TerminalEmulator Reread(SessionRecord record)
    {
        var emulator = MakeEmulator(record.Columns, record.Rows).Emulator;
        JournalRestore.Replay(DirectoryOf(record.Id), emulator);
        return emulator;
    }

    public string DirectoryOf(string session) => Path.Combine(settings.JournalsDirectory, session);

    private (TerminalEmulator Emulator, EmulatorListener Listener, HiddenSpans Hidden) MakeEmulator(int columns, int rows)
    {
        var hidden = new HiddenSpans();
        var listener = new EmulatorListener(hidden);
        return (new TerminalEmulator(settings.Terminal with { Columns = columns, Rows = rows }, listener), listener, hidden);
    }

    private Action<string> ProblemOf(string session) => text => host.Happened(session, SessionHost.JournalHole, text);
}
