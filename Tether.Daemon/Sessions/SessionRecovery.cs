using Tether.Daemon.Events;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>What a new daemon finds: sessions that the keeper holds go on, and those that have no program; the others are over, and why is said.</summary>
/// <param name="openTerminal">Makes the terminal of a session without a program.</param>
internal sealed class SessionRecovery(SessionTable table, SessionStart start, Registry registry, IEventLog events, string journals, TimeProvider clock, Func<SessionRecord, int> openTerminal)
{
    /// <summary>Takes over what runs and settles what does not. The returned sessions are in the table; the caller starts them.</summary>
    public IReadOnlyList<Session> Recover(IReadOnlyList<StoredSession> stored, IReadOnlyList<HeldProcess> held)
    {
        foreach (var session in stored)
        {
            table.Remember(session.Record);
        }

        AddUnregistered();
        var external = table.Records.Where(record => record is { State: SessionState.Running, External: not null }).ToArray();
        var sessions = new Session?[held.Count + external.Length];
        Parallel.For(0, sessions.Length, i => sessions[i] = i < held.Count ? start.TakeOver(RecordOf(held[i].Held), held[i]) : TakeOver(external[i - held.Count]));
        foreach (var session in sessions.OfType<Session>())
        {
            table.AddLive(session);
        }

        foreach (var record in table.Records.Where(record => record.State == SessionState.Running && table.FindLive(record.Id) is null))
        {
            Lose(record, stored.FirstOrDefault(session => session.Record.Id == record.Id)?.ProcessStartTime ?? 0);
        }

        return [.. sessions.OfType<Session>()];
    }

    private Session? TakeOver(SessionRecord record)
    {
        try
        {
            return start.TakeOver(record, openTerminal(record));
        }
        catch (NativeError e)
        {
            events.Post(record.Id, clock.GetUtcNow(), "failure", EventJson.Text(e.Message));
            return null;
        }
    }

    // A daemon killed right after it made a session left it a folder but no row.
    private void AddUnregistered()
    {
        if (!Directory.Exists(journals))
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(journals))
        {
            if (table.FindRecord(Path.GetFileName(directory)) is null && SessionFile.Read(directory) is { } record)
            {
                table.Remember(record);
                registry.Save(record, 0);
            }
        }
    }

    private SessionRecord CloseJournal(SessionRecord record)
    {
        try
        {
            return start.Close(record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            events.Post(record.Id, clock.GetUtcNow(), SessionHost.JournalHole, EventJson.Text(e.Message));
            return record;
        }
    }

    private SessionRecord RecordOf(KeeperMessage.Held held)
    {
        var now = clock.GetUtcNow();
        var record = table.FindRecord(held.Session) ?? new SessionRecord
        {
            Id = held.Session,
            Title = "recovered",
            Provider = "unknown",
            Directory = "/",
            Columns = 80,
            Rows = 24,
            CreatedAt = now,
            LastOutputAt = now,
        };
        return record with { State = SessionState.Running, ProcessId = held.ProcessId, EndedAt = null, EndReason = null };
    }

    private void Lose(SessionRecord record, long startTime)
    {
        var bootTime = clock.GetUtcNow() - TimeSpan.FromMilliseconds(Environment.TickCount64);
        var isAlive = new ProcessIdentity(record.ProcessId, startTime).IsAlive;
        var reason = record.External is not null ? "no terminal could be had for it"
            : record.CreatedAt < bootTime ? "the machine was restarted"
            : isAlive ? $"keeper and daemon were killed; the program (pid {record.ProcessId}) still runs, but its terminal is gone"
            : "keeper and daemon were killed, and the program ended with its terminal";
        var lost = CloseJournal(record) with { State = SessionState.Lost, EndedAt = clock.GetUtcNow(), EndReason = reason, Controller = null, Viewers = 0 };
        table.Remember(lost);
        registry.Save(lost, startTime);
        new StateEvents(events, clock).Changed(lost);
        events.Post(lost.Id, clock.GetUtcNow(), "lost", EventJson.Text(reason));
        SessionFile.Write(Path.Combine(journals, lost.Id), lost);
    }
}
