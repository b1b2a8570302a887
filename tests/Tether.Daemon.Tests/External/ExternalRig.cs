using System.Text.Json;
using Tether.Daemon.External;
using Tether.Daemon.Journal;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Daemon.Tests.Approvals;
using Tether.Daemon.Tests.Events;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests.External;

/// <summary>Agents that register, with real sessions and terminals; log, policy and clock are in the test's hands.</summary>
internal sealed class ExternalRig : IDisposable
{
    public static readonly ApiCaller Caller = new("test", ApiScope.Observe | ApiScope.Input, "t1", 0);

    public static readonly ApiCaller Admin = new("admin", ApiScope.Admin, null, 0);

    public ExternalRig()
    {
        Host = new FakeHost(Table);
        Start = new SessionStart(
            new SessionSettings
            {
                JournalsDirectory = Scratch.File("sessions"),
                Journal = new JournalLimits(ScrollbackRows: 10_000, TotalBytes: 64 << 20),
                StopGrace = TimeSpan.FromSeconds(5),
                Terminal = new TerminalOptions { ScrollbackRows = 10_000 },
            },
            Host);
        Directory.CreateDirectory(Home);
        Agents = NewAgents();
    }

    public ScratchDirectory Scratch { get; } = new();

    public string Home => Scratch.File("home");

    public SessionTable Table { get; } = new();

    public FakeHost Host { get; }

    public SessionStart Start { get; }

    public LineEnds Ends { get; } = new();

    public FakeEventLog Log { get; } = new();

    public QueueRig Desk { get; private set; } = new();

    public ExternalAgents Agents { get; private set; }

    public SessionRecord Register(string name = "Reviewer", string? title = null) => Agents.Create(new ExternalAgent { Name = name }, title, null, null, Caller);

    public Task<Daemon.Events.LoggedEvent> Push(string session, string type, string data) => Agents.PushAsync(session, type, JsonElement.Parse(data), Caller);

    public string Ask(string session, string data)
    {
        Desk.Sessions[session] = Table.FindRecord(session)!;
        return Agents.AskAsync(session, JsonElement.Parse(data), Caller).Result();
    }

    public QueueItem Answer(string item, QueueDecision decision, string reason = "", params string[][] answers) =>
        Desk.Queue.Answer(new AnswerRequest { Item = item, Decision = decision, Reason = reason, Answers = answers, Surface = "cli" }, "ann").Result();

    public JsonElement Decision(string session, string request) =>
        Agents.DecisionAsync(session, request, Soon.Limit, CancellationToken.None).Result() ?? throw new TimeoutException("no decision");

    public Session Live(string session) => Table.FindLive(session) ?? throw new InvalidOperationException("it is over");

    /// <summary>The rows of the screen that are not empty.</summary>
    public string[] Screen(string session)
    {
        var live = Live(session);
        return [.. live.Ask(() => ScreenRows.Of(live.Emulator)).Result()!.Where(row => row.Length > 0)];
    }

    public void AwaitRow(string session, string row) => Soon.Is(() => Screen(session).Contains(row));

    public void AwaitState(string session, params AgentState[] states)
    {
        var live = Live(session);
        Soon.Is(() => live.Ask(live.Describe).Result() is { Status: { } status } && states.Contains(status.State));
    }

    /// <summary>Keys of whoever is in control.</summary>
    public void Type(string session, string keys)
    {
        var live = Live(session);
        live.Post(() => live.Type(System.Text.Encoding.UTF8.GetBytes(keys)));
    }

    /// <summary>The daemon is killed and another one comes: the queue has what was kept, sessions go on from their journals.</summary>
    public void Restart()
    {
        var sessions = Table.Live.ToArray();
        foreach (var session in sessions)
        {
            session.Park();
            session.Over.Ends();
            Table.RemoveLive(session.Id);
        }

        var kept = Desk.Saved.Values.Where(item => item.Item.State is QueueState.Open or QueueState.Answering).ToArray();
        Desk = new QueueRig();
        Desk.Queue.Restore(kept);
        Agents = NewAgents();
        foreach (var record in sessions.Select(session => Table.FindRecord(session.Id)!))
        {
            Desk.Sessions[record.Id] = record;
            var session = Start.TakeOver(record, Ends.Open(record.Id, record.Columns, record.Rows));
            Table.AddLive(session);
            session.Start();
            Agents.Recovered(session);
        }
    }

    public void Dispose()
    {
        foreach (var session in Table.Live)
        {
            session.Park();
            session.Over.Ends();
        }

        Ends.Dispose();
        Scratch.Dispose();
    }

    private ExternalAgents NewAgents()
    {
        var sessions = new ExternalSessions(Table, Start, Host, Ends, 80, 24, ApprovalMode.Ask);
        var agents = new ExternalAgents(Table, sessions, Ends, Log, Desk.Queue, Desk.Flush, Home, directory => directory, Desk.Clock);
        Desk.Published = agents.Changed;
        Ends.Typed = agents.Typed;
        return agents;
    }
}
