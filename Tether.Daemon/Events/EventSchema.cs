namespace Tether.Daemon.Events;

/// <summary>
/// The log's tables, as the steps that led to them. An event's place in its table is its session's number and its own number within the session: what a reader of a
/// session wants, and what goes with it, lies together. `by_id` is the order of all sessions' events, `by_type` finds the few among the many.
/// </summary>
internal static class EventSchema
{
    /// <summary>A session's events have the places from its number shifted by so many bits on.</summary>
    public const int SeqBits = 32;

    /// <summary>Times are microseconds since 1970 UTC, `data` is JSON in UTF-8, `state.last_id` the last number given at all.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE sessions (
            number INTEGER PRIMARY KEY NOT NULL,
            id TEXT NOT NULL UNIQUE,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            swept INTEGER NOT NULL,
            forgotten_at INTEGER
        );
        CREATE TABLE types (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE);
        CREATE TABLE events (
            place INTEGER PRIMARY KEY NOT NULL,
            id INTEGER NOT NULL,
            session INTEGER NOT NULL,
            type INTEGER NOT NULL,
            at INTEGER NOT NULL,
            data BLOB NOT NULL
        );
        CREATE UNIQUE INDEX by_id ON events (id);
        CREATE INDEX by_type ON events (session, type);
        CREATE TABLE state (last_id INTEGER NOT NULL, has_old INTEGER NOT NULL);
        INSERT INTO state VALUES (0, 0);
        """,
    ];

    public static long Place(long session, long seq) => (session << SeqBits) | seq;

    public static long SeqOf(long place) => place & ((1L << SeqBits) - 1);
}
