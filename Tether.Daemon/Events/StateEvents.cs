using System.Collections.Concurrent;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Events;

/// <summary>Logs `session_state` whenever a session's state, or what its agent is up to, is another. Any thread may call; of one session one at a time.</summary>
internal sealed class StateEvents(IEventLog log, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (string State, string? Status)> _told = [];

    /// <summary>An earlier daemon has told it.</summary>
    public void Know(SessionRecord session) => _told[session.Id] = KeyOf(session);

    public void Changed(SessionRecord session)
    {
        var key = KeyOf(session);
        if (_told.TryGetValue(session.Id, out var told) && told == key)
        {
            return;
        }

        _told[session.Id] = key;
        var message = session.EndReason ?? session.Status?.Detail;
        log.Post(session.Id, clock.GetUtcNow(), EventTypes.SessionState, new JsonText()
            .Member("state", key.State)
            .Member("status", key.Status)
            .Member("message", message is { Length: > 0 } ? message : null)
            .Finish());
    }

    public void Forget(string session) => _told.TryRemove(session, out _);

    private static (string State, string? Status) KeyOf(SessionRecord session) =>
        (SessionStates.Of(session), SessionStates.StatusOf(session));
}
