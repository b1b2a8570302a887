using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Events;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>The daemon around the sessions: what they tell goes to the table, the registry, the event log, the subscribers, and their end to the keeper.</summary>
internal sealed class SessionHost(SessionTable table, Registry registry, IEventLog events, string journals, TimeProvider clock) : ISessionHost
{
    /// <summary>The kind of event that tells what became of a journal that cannot be written.</summary>
    public const string JournalHole = "journal-hole";

    private readonly StateEvents _states = new(events, clock);

    /// <summary>Tells subscribers; set once the server is there.</summary>
    public Action<StoredEvent>? Published { get; set; }

    /// <summary>The end of a session is recorded; set once the keeper is there.</summary>
    public Action<string>? Released { get; set; }

    /// <summary>A session is over: what is too old may go.</summary>
    public Action? Sweep { get; set; }

    /// <summary>Hears everything that happens, on the thread where it does; must not wait.</summary>
    public Action<StoredEvent>? Observed { get; set; }

    /// <summary>Hears each new record of a session that runs, and its last one.</summary>
    public Action<SessionRecord>? RecordChanged { get; set; }

    /// <summary>Hears of prompts that only a screen shows, true when one came and false when it went; set once the queue is there.</summary>
    public Action<string, ScreenPrompt, bool>? Prompted { get; set; }

    public TimeProvider Clock => clock;

    /// <summary>What earlier daemons told of a session's state is not told again.</summary>
    public void Recovered(SessionRecord record) => _states.Know(record);

    public void Changed(SessionRecord record)
    {
        table.Remember(record);
        registry.Save(record, table.FindLive(record.Id)?.Pty.Leader.StartTime ?? 0);
        _states.Changed(record);
        RecordChanged?.Invoke(record);
    }

    public void Happened(string session, string kind, string text)
    {
        var happened = new StoredEvent(session, StoredTime.Grain(clock.GetUtcNow()), kind, text);
        Log(happened);
        Published?.Invoke(happened);
        Observed?.Invoke(happened);
        if (kind == JournalHole)
        {
            // Who looks at the session should know that its history will lack something.
            table.FindLive(session)?.Notify(text);
        }
    }

    private void Log(StoredEvent happened)
    {
        if (happened.Kind == EventTypes.Deleted)
        {
            _states.Forget(happened.Session);
            events.Forget(happened.Session);
            return;
        }

        events.Post(happened.Session, happened.At, happened.Kind, EventJson.Text(happened.Text));
        if (happened.Kind == EventTypes.Created && table.FindRecord(happened.Session) is { } record)
        {
            _states.Changed(record);
        }
    }

    public void PromptSeen(string session, ScreenPrompt prompt) => Prompted?.Invoke(session, prompt, true);

    public void PromptGone(string session, ScreenPrompt prompt) => Prompted?.Invoke(session, prompt, false);

    private static string Describe(SessionRecord record) =>
        record.EndReason ?? (record.Signal is { } signal ? $"signal {signal}" : $"code {record.ExitCode}");

    public void Ended(SessionRecord record)
    {
        table.Remember(record);
        SessionFile.Write(Path.Combine(journals, record.Id), record);
        registry.Save(record, 0);
        table.RemoveLive(record.Id);
        if (record is { State: SessionState.Exited, External: null })
        {
            // The keeper has kept the exit status for us until now.
            Released?.Invoke(record.Id);
        }

        _states.Changed(record);
        RecordChanged?.Invoke(record);
        Happened(record.Id, record.State == SessionState.Exited ? "exited" : "lost", Describe(record));
        Sweep?.Invoke();
    }
}
