namespace Tether.Daemon.Events;

/// <summary>One event as the log keeps it. Immutable; nothing in a log is ever changed, only whole sessions are forgotten and old events dropped.</summary>
/// <param name="Id">Its place among the events of all sessions: 1, 2, 3 … in the order in which they became durable.</param>
/// <param name="Session">Whose.</param>
/// <param name="Seq">Its place among its session's events: 1, 2, 3 … without a hole.</param>
/// <param name="At">UTC, to the microsecond.</param>
/// <param name="Type">As `output` or `session_state`; see <see cref="EventTypes"/>.</param>
/// <param name="Data">A JSON object in UTF-8, on one line.</param>
internal sealed record LoggedEvent(long Id, string Session, long Seq, DateTimeOffset At, string Type, ReadOnlyMemory<byte> Data)
{
    private byte[]? _json;

    /// <summary>The event as clients get it, on one line: `{id, session_id, ts, seq, type, data}`. Written once, however many read it.</summary>
    public ReadOnlyMemory<byte> Json => _json ??= EventJson.Write(this);

    public bool Equals(LoggedEvent? other) => other is not null && other.Id == Id && other.Session == Session;

    public override int GetHashCode() => Id.GetHashCode();
}
