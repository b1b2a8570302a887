using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>From what a client wrote to the session it means, or the error that says why not.</summary>
internal sealed class SessionLookups(SessionTable table)
{
    public SessionRecord Record(string reference) => table.Find(reference, out var found) switch
    {
        SessionLookup.Found => found[0],
        SessionLookup.Unknown => throw new RequestError(ErrorCode.UnknownSession, SessionReference.Problem(reference, found)),
        _ => throw new RequestError(ErrorCode.Ambiguous, SessionReference.Problem(reference, found)),
    };

    public Session Live(string reference) => table.FindLive(Record(reference).Id) ?? throw NotRunning(reference);

    /// <summary>The running session of this id; null when it is over.</summary>
    public Session? FindLive(string id) => table.FindLive(id);

    /// <summary>What is remembered of a session by its id.</summary>
    public SessionRecord? FindRecord(string id) => table.FindRecord(id);

    public static RequestError NotRunning(string reference) => new(ErrorCode.NotRunning, $"session “{SessionReference.Shown(reference)}” has ended");
}
