using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Tether.Daemon.Events;
using Tether.Daemon.Sessions;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What clients ask about the daemon itself, and who is told what happens.</summary>
internal sealed class DaemonRequests(SessionTable table, SessionLookups lookups, DaemonFacts facts, EventLog log, Action shutdown)
{
    private const int ProtocolVersion = 1;
    private const int MaxClientName = 80;
    private const int MaxEvents = 1000;

    // What the API alone tells: its data is more than a text, and a deleted session has no past.
    private static readonly FrozenSet<string> NoNotices = new[]
    {
        EventTypes.SessionState, EventTypes.Output, EventTypes.Error, EventTypes.UserInput, EventTypes.PermissionRequest, EventTypes.PermissionResolved, EventTypes.Deleted,
    }.ToFrozenSet();

    private readonly ConcurrentDictionary<ClientConnection, Subscription> _subscribers = [];
    private long _subscriptions;
    private int _clients;

    public void Opened(ClientConnection connection) => Interlocked.Increment(ref _clients);

    public void Closed(ClientConnection connection)
    {
        Interlocked.Decrement(ref _clients);
        _subscribers.TryRemove(connection, out _);
    }

    public WelcomeReply Hello(ClientConnection connection, HelloRequest request)
    {
        if (Array.IndexOf(request.Versions, ProtocolVersion) < 0)
        {
            throw new RequestError(
                ErrorCode.Version, $"this daemon ({facts.Version}) speaks protocol {ProtocolVersion}, the client {string.Join(", ", request.Versions)}; use the same release of both");
        }

        var name = NameOf(request.Client);
        connection.Name = (name.Length > 0 ? name : "unknown client") + (connection.TokenName is { } token ? $" [token {token}]" : "");
        return new WelcomeReply
        {
            Version = ProtocolVersion,
            Daemon = facts.Version,
            ProcessId = Environment.ProcessId,
            Host = Environment.MachineName,
        };
    }

    // Without controls, and cut. A plain loop: every client waits for it, and the first one for what a query has compiled.
    private static string NameOf(string client)
    {
        var name = new StringBuilder();
        foreach (var character in client)
        {
            if (!char.IsControl(character) && name.Length < MaxClientName)
            {
                name.Append(character);
            }
        }

        return name.ToString();
    }

    public void Subscribe(ClientConnection connection, SubscribeRequest request) =>
        _subscribers[connection] = new Subscription(
            request.Session is { } session ? lookups.Record(session).Id : null, request.Alerts, Interlocked.Increment(ref _subscriptions));

    public EventsReply Events(EventsRequest request)
    {
        if (request.Limit is < 1 or > MaxEvents)
        {
            throw new RequestError(ErrorCode.BadRequest, $"limit {request.Limit}: 1–{MaxEvents} events");
        }

        var session = request.Session is { } reference ? lookups.Record(reference).Id : null;
        return new EventsReply { Events = [.. log.Newest(session, request.Since ?? DateTimeOffset.MinValue, NoNotices, request.Limit).Select(Notice)] };
    }

    /// <summary>Tells subscribers of a session's event.</summary>
    public void Publish(StoredEvent happened)
    {
        if (_subscribers.IsEmpty)
        {
            return;
        }

        var notice = Notice(happened);
        foreach (var (connection, subscription) in _subscribers)
        {
            if (subscription.Wants(happened.Session))
            {
                connection.Send(notice);
            }
        }
    }

    /// <summary>Tells subscribers of an item of the queue.</summary>
    public void Publish(QueueItem item)
    {
        foreach (var (connection, subscription) in _subscribers)
        {
            if (subscription.Wants(item.Session))
            {
                connection.Send(new ItemNotice { Item = item });
            }
        }
    }

    /// <summary>Tells the last one that subscribed to alerts. False when there is none.</summary>
    public bool Alert(string session, AlertNotice alert)
    {
        var told = _subscribers.Where(pair => pair.Value.Alerts && pair.Value.Wants(session)).OrderByDescending(pair => pair.Value.Number).FirstOrDefault().Key;
        told?.Send(alert);
        return told is not null;
    }

    public StatusReply Status()
    {
        var records = table.Records;
        var running = records.Count(record => record.State == SessionState.Running);
        return new StatusReply
        {
            Version = facts.Version,
            ProcessId = Environment.ProcessId,
            KeeperProcessId = facts.KeeperProcessId(),
            StartedAt = facts.StartedAt,
            RunningSessions = running,
            EndedSessions = records.Count - running,
            Clients = _clients,
            MemoryBytes = Environment.WorkingSet,
            DataDirectory = facts.Paths.DataDirectory,
            RuntimeDirectory = facts.Paths.RuntimeDirectory,
            LogFile = facts.Paths.LogFile,
            Api = facts.Api(),
            Warnings = [.. facts.Warnings()],
        };
    }

    public void Shutdown() => shutdown();

    private static SessionEventNotice Notice(LoggedEvent happened) =>
        new() { Session = happened.Session, Kind = happened.Type, Text = EventJson.TextOf(happened.Data), At = happened.At };

    private static SessionEventNotice Notice(StoredEvent happened) =>
        new() { Session = happened.Session, Kind = happened.Kind, Text = happened.Text, At = happened.At };

    private sealed record Subscription(string? Session, bool Alerts, long Number)
    {
        public bool Wants(string session) => Session is null || Session == session;
    }
}
