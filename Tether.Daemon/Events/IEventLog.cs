namespace Tether.Daemon.Events;

/// <summary>
/// What happened to all sessions, numbered: the one sequencer. A reader is a cursor (a <see cref="LoggedEvent.Seq"/> or <see cref="LoggedEvent.Id"/>): it reads
/// what is behind it and then waits to be woken, so that it misses nothing and sees nothing twice, whenever it comes and goes. Any thread may call.
/// </summary>
internal interface IEventLog
{
    /// <summary>Logs an event; done once it is durable against the end of this process, and readable.</summary>
    /// <exception cref="IOException">The task's: it could not be written, and nobody will ever see it.</exception>
    Task<LoggedEvent> AppendAsync(string session, string type, ReadOnlyMemory<byte> data);

    /// <summary>Logs an event in its turn, without telling when; one that cannot be written is given up and counted.</summary>
    void Post(string session, DateTimeOffset at, string type, ReadOnlyMemory<byte> data);

    /// <summary>A session's events behind a cursor, oldest first. From memory where they are recent.</summary>
    /// <param name="session">Its id.</param>
    /// <param name="after">The last <see cref="LoggedEvent.Seq"/> that is known already; 0 for none.</param>
    /// <param name="types">Only these; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <returns>
    /// The events, and the cursor to go on from: beyond those that <paramref name="types"/> left out too. Behind a cursor that lies beyond the last event, as one of another
    /// log does, there is nothing, and the last event is where to go on from.
    /// </returns>
    EventPage Read(string session, long after, IReadOnlySet<string>? types, int limit);

    /// <summary>The events of all sessions behind a cursor that is a <see cref="LoggedEvent.Id"/>.</summary>
    EventPage ReadAll(long after, IReadOnlySet<string>? types, int limit);

    /// <summary>The last number given within a session; 0 for none.</summary>
    long LastSeq(string session);

    /// <summary>The last number given at all; 0 for none.</summary>
    long LastId { get; }

    /// <summary>Done when there may be something behind a cursor: at once when there is already.</summary>
    /// <param name="session">Its id; null for all sessions, and then <paramref name="after"/> is an id.</param>
    /// <param name="after">The cursor.</param>
    /// <param name="stop">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    Task WaitAsync(string? session, long after, CancellationToken stop);

    /// <summary>A session is deleted: its events go, and their numbers are never given again.</summary>
    void Forget(string session);
}

/// <summary>Events, and the cursor behind which to read next.</summary>
/// <param name="Next">Equal to the cursor that was given when nothing is there, unless that lay beyond the last event.</param>
internal sealed record EventPage(IReadOnlyList<LoggedEvent> Events, long Next);
