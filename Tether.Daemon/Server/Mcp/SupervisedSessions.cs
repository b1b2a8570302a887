using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Mcp;

/// <summary>The sessions as tools name them and wait for them.</summary>
/// <param name="asks">The daemon's own requests.</param>
/// <param name="log">For waits.</param>
/// <param name="clock">For waits.</param>
internal sealed class SupervisedSessions(IApiAsks asks, IEventLog log, TimeProvider clock)
{
    /// <summary>By which a tool is told the session.</summary>
    public static readonly McpParameter Parameter = new("session_id", "string", "The session's id.", IsRequired: true);

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    /// <summary>The session that a call is about.</summary>
    /// <exception cref="ApiError">There is none.</exception>
    public Task<SessionRecord> FindAsync(McpCall call) => FindAsync(call, call.Text(Parameter.Name));

    /// <summary>Waits, with signs of life to the caller. Every change of a session's state is an event: the wait ends at one of them.</summary>
    /// <param name="call">Whose wait it is.</param>
    /// <param name="reference">The session's id.</param>
    /// <param name="isSo">What is waited for, of the session and the number of its last event.</param>
    /// <param name="seconds">At most so long.</param>
    /// <returns>The session as it is then, and `reached` or `timeout`.</returns>
    /// <exception cref="ApiError">There is no such session.</exception>
    public async Task<(SessionRecord Session, string Outcome)> UntilAsync(McpCall call, string reference, Func<SessionRecord, long, bool> isSo, double seconds)
    {
        var begin = clock.GetUtcNow();
        var end = begin + TimeSpan.FromSeconds(seconds);
        var session = await FindAsync(call, reference).ConfigureAwait(false);
        var seen = log.LastSeq(session.Id);
        session = await FindAsync(call, session.Id).ConfigureAwait(false);
        while (!isSo(session, seen))
        {
            var now = clock.GetUtcNow();
            if (now >= end)
            {
                return (session, "timeout");
            }

            using var patience = new CancellationTokenSource(end - now < SignOfLife ? end - now : SignOfLife, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, patience.Token);
            try
            {
                await log.WaitAsync(session.Id, seen, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!call.Stop.IsCancellationRequested)
            {
                await call.Progress((clock.GetUtcNow() - begin).TotalSeconds, $"{session.Title} is {McpSessions.Describe(session)["status"] ?? "running"}").ConfigureAwait(false);
            }

            seen = log.LastSeq(session.Id);
            session = await FindAsync(call, session.Id).ConfigureAwait(false);
        }

        return (session, "reached");
    }

    private async Task<SessionRecord> FindAsync(McpCall call, string reference)
    {
        var reply = await asks.AskAsync<SessionsReply>(call.Caller, new ListRequest { All = true }, call.Stop).ConfigureAwait(false);
        return Array.Find(reply.Sessions, session => session.Id == reference)
            ?? throw ApiError.Missing($"there is no session {reference}; list_sessions names those that there are");
    }
}
