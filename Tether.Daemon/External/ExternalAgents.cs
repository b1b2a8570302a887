using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Tether.Daemon.Approvals;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <inheritdoc cref="IExternalAgents"/>
/// <param name="table">All sessions.</param>
/// <param name="sessions">Makes new ones.</param>
/// <param name="ends">The agents' ends of their terminals.</param>
/// <param name="log">Where everything is kept, before anybody sees it.</param>
/// <param name="queue">Where asks stand.</param>
/// <param name="flush">Waits until what stands in the queue is on disk.</param>
/// <param name="home">The user's home directory.</param>
/// <param name="confine">Gives the real path of a directory that a caller may name, and refuses others.</param>
/// <param name="clock">For what they say, and for timeouts.</param>
internal sealed class ExternalAgents(
    SessionTable table, ExternalSessions sessions, LineEnds ends, IEventLog log, ApprovalQueue queue, Action flush, string home, Func<string, string> confine, TimeProvider clock) : IExternalAgents
{
    /// <summary>The type of the event that tells the agent to stop what it does: Control-C.</summary>
    public const string Interrupt = "interrupt";

    /// <summary>Longer ones are refused.</summary>
    public const int LongestInput = 1 << 20;

    private readonly ConcurrentDictionary<string, RegisteredAgent> _agents = [];

    public SessionRecord Create(ExternalAgent agent, string? title, string? directory, ApprovalMode? approval, ApiCaller by)
    {
        if (approval is { } mode && !Enum.IsDefined(mode))
        {
            throw ApiError.Invalid("no such approval mode: ask, edits or bypass");
        }

        if (approval == ApprovalMode.Bypass && !by.May(ApiScope.Admin))
        {
            throw new ApiError(403, ApiError.Forbidden, "bypass takes a token of the scope admin");
        }

        var known = AgentFacts.Check(agent);
        var session = sessions.Make(known, AgentFacts.Title(title ?? known.Name), directory is null ? home : confine(directory), approval);
        Add(session, AgentState.Unknown);
        return table.FindRecord(session.Id)!;
    }

    /// <summary>A session of an earlier daemon goes on, before anybody can ask for it. What its agent asked can be answered as before.</summary>
    public void Recovered(Session session)
    {
        var record = table.FindRecord(session.Id)!;
        var told = record.Status?.State switch
        {
            AgentState.Done or AgentState.Waiting => AgentState.Waiting,
            AgentState.Failed => AgentState.Failed,
            AgentState.Working or AgentState.NeedsApproval or AgentState.NeedsAnswer => AgentState.Working,
            _ => AgentState.Unknown,
        };
        var agent = Add(session, told);
        foreach (var asked in queue.TakeBack(session.Id, DeliverAsync))
        {
            agent.Named(asked.Key, asked.Item.Id);
            agent.Changed(asked.Item);
            Expire(agent, asked.Item);
        }

        agent.TellAgain();
    }

    /// <summary>An item of the queue is another now. Called under the queue's lock.</summary>
    public void Changed(QueueItem item)
    {
        if (_agents.TryGetValue(item.Session, out var agent))
        {
            agent.Changed(item);
        }
    }

    /// <summary>A person typed a line into a session; null for Control-C. Does not wait.</summary>
    /// <returns>Done once it is kept, or the person was told that it is not.</returns>
    public Task Typed(string session, string? line)
    {
        var by = table.FindRecord(session)?.Controller ?? "terminal";
        if (line is null)
        {
            ends.PrintAsync(session, "\n"u8.ToArray());
            return LogTypedAsync(session, Interrupt, Said(null, by, "terminal"));
        }

        return OutputText.Clean(line).Trim() is { Length: > 0 } text ? LogTypedAsync(session, EventTypes.UserInput, Said(text, by, "terminal")) : Task.CompletedTask;
    }

    public SessionRecord Record(string session) => table.FindRecord(session) switch
    {
        null => throw ApiError.Missing($"no session {CleanText.Line(session, 40)}"),
        { External: null } => throw new ApiError(409, ApiError.InvalidState, $"session {session} has a program, which speaks for itself"),
        var record => record,
    };

    public bool IsRunning(string session) => table.FindRecord(session)?.State == SessionState.Running;

    public Task<LoggedEvent> InterruptAsync(string session, string by, string surface) =>
        LogAsync(Running(session), session, Interrupt, Said(null, by, surface), OutputText.Show("\e[1m^C"));

    public async Task<LoggedEvent> PushAsync(string session, string type, JsonElement data, ApiCaller by)
    {
        var agent = Running(session);
        var push = Read(() => ExternalPush.Read(type, data));
        var logged = await LogAsync(agent, session, push.Type, push.Data, push.Shown).ConfigureAwait(false);
        agent.Told(push.State, push.Detail);
        return logged;
    }

    public Task<string> AskAsync(string session, JsonElement data, ApiCaller by)
    {
        var agent = Running(session);
        if (agent.IsFull)
        {
            throw new ApiError(409, ApiError.InvalidState, $"{RegisteredAgent.MostOpen} requests are open already");
        }

        var ask = Read(() => ExternalAsk.Read(data, table.FindRecord(session)!, Guid.NewGuid().ToString("N"), clock.GetUtcNow()));
        return Task.Run(() =>
        {
            var id = queue.Open(ask, DeliverAsync);
            agent.Named(ask.Key, id);
            if (Find(session, id) is { } item)
            {
                Expire(agent, item);
            }

            flush();
            return id;
        });
    }

    public async Task<JsonElement?> DecisionAsync(string session, string request, TimeSpan wait, CancellationToken stop)
    {
        var agent = Known(session);
        var item = Asked(agent, session, request);
        if (IsOver(item))
        {
            return Decision(item);
        }

        // It may be over by now.
        var over = agent.Await(item.Id);
        if (Find(session, item.Id) is { } later && IsOver(later))
        {
            return Decision(later);
        }

        try
        {
            return Decision(await over.WaitAsync(wait, clock, stop).ConfigureAwait(false));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Withdraw(string session, string request, string reason)
    {
        var item = Asked(Known(session), session, request);
        if (IsOver(item))
        {
            throw new ApiError(409, ApiError.InvalidState, "the request is over");
        }

        queue.CloseItem(item.Id, CleanText.Line(reason));
    }

    public Task<LoggedEvent> SayAsync(string session, string text, string by, string surface)
    {
        var agent = Running(session);
        if (text.Length > LongestInput)
        {
            throw new ApiError(413, ApiError.TooLarge, $"a text of {text.Length} characters: at most {LongestInput}");
        }

        var shown = OutputText.Show($"\e[1m› {OutputText.Clean(text)}");
        return LogAsync(agent, session, EventTypes.UserInput, Said(text, by, surface), shown);
    }

    // A text that JSON can write and no string can hold is found when it is read.
    private static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw ApiError.Invalid("a text has half of a surrogate pair");
        }
    }

    private static bool IsOver(QueueItem item) => item.State is QueueState.Answered or QueueState.Closed;

    // The agent reads it from the log, into which each change of an item goes.
    private static Task<string> DeliverAsync(QueueAnswer answer) => Task.FromResult("delivered");

    private static JsonElement Decision(QueueItem item) => JsonElement.Parse(ItemEvents.Resolution(item));

    // What somebody said; null when he only interrupted.
    private byte[] Said(string? text, string by, string surface) => EventJson.Write(json =>
    {
        if (text is not null)
        {
            json.WriteString("text", text);
        }

        json.WriteString("by", by);
        json.WriteString("surface", surface);
        json.WriteString("timestamp", EventJson.TimeText(clock.GetUtcNow()));
    });

    private QueueItem Asked(RegisteredAgent agent, string session, string request) => Find(session, agent.IdOf(request))
        ?? throw ApiError.Missing($"session {session} has no request {CleanText.Line(request, 40)}, or it was over long ago: its events tell");

    private QueueItem? Find(string session, string id) => Array.Find(queue.Items(session, withOver: true), item => item.Id == id);

    private RegisteredAgent Add(Session session, AgentState told)
    {
        var agent = _agents[session.Id] = new RegisteredAgent(told, (state, detail) => Signal(session.Id, state, detail));
        session.Over.ContinueWith(over => Ended(over.Result), TaskScheduler.Default);
        return agent;
    }

    // A session that only sleeps while no daemon runs keeps what it asked.
    private void Ended(SessionRecord record)
    {
        if (record.State != SessionState.Running)
        {
            queue.Close(record.Id, _ => true, "the session ended");
            _agents.TryRemove(record.Id, out _);
        }
    }

    private void Signal(string session, AgentState state, string detail) => table.Signal(session, new AgentSignal
    {
        Source = SignalSource.Protocol,
        State = state,
        Rule = "external.told",
        At = clock.GetUtcNow(),
        Detail = detail,
    });

    private void Expire(RegisteredAgent agent, QueueItem item)
    {
        if (item.ExpiresAt is { } end && !IsOver(item))
        {
            var left = end - clock.GetUtcNow();
            agent.Expires(item.Id, clock.CreateTimer(
                _ => queue.CloseItem(item.Id, "timeout: nobody answered in time", QueueDecision.Deny, DecisionText.TimeoutSurface),
                null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }
    }

    private async Task<LoggedEvent> LogAsync(RegisteredAgent agent, string session, string type, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> shown)
    {
        try
        {
            return await agent.Pushes
                .PushAsync(() => log.AppendAsync(session, type, data), () => shown.IsEmpty ? Task.CompletedTask : ends.PrintAsync(session, shown))
                .ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ApiError(503, ApiError.Storage, $"it could not be kept, and nobody will see it: {e.Message}");
        }
    }

    private async Task LogTypedAsync(string session, string type, ReadOnlyMemory<byte> data)
    {
        try
        {
            await log.AppendAsync(session, type, data).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await ends.PrintAsync(session, Encoding.UTF8.GetBytes($"\e[31mnot kept, and not told to the agent: {e.Message}\e[0m\n")).ConfigureAwait(false);
        }
    }

    private RegisteredAgent Running(string session) => Record(session) is { State: SessionState.Running } && _agents.TryGetValue(session, out var agent)
        ? agent
        : throw new ApiError(409, ApiError.InvalidState, $"session {session} is over");

    private RegisteredAgent Known(string session)
    {
        Record(session);
        return _agents.GetValueOrDefault(session) ?? new RegisteredAgent(AgentState.Unknown, (_, _) => { });
    }
}
