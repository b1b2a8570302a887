using Tether.Daemon.Approvals;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What clients ask of the queue.</summary>
internal sealed class QueueRequests(ApprovalQueue queue, SessionLookups lookups, Registry registry, SupervisedPeers supervised, TimeProvider clock)
{
    private const int MostPast = 200;

    private static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(7);

    // After that the answer is still on its way, and the client is told so.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    public QueueReply List(QueueRequest request)
    {
        var session = request.Session is { } reference ? lookups.Record(reference).Id : null;
        var open = queue.Items(session);
        if (!request.All)
        {
            return new QueueReply { Items = open };
        }

        var known = open.Select(item => item.Id).ToHashSet();
        var past = registry.PastItems(session, MostPast).Select(stored => stored.Item).Where(item => known.Add(item.Id));
        return new QueueReply { Items = [.. open, .. past] };
    }

    /// <summary>Answers the client once it is known what became of the answer.</summary>
    public void Answer(ClientConnection connection, AnswerRequest request, Action<Reply> reply)
    {
        if (supervised.Find(connection) is { } session)
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this comes from inside session {session.Id} ({session.Title}): an agent that is supervised cannot answer what needs a human");
        }

        var answered = queue.Answer(request, connection.Name);
        Task.WhenAny(answered, Task.Delay(AnswerLimit, clock)).ContinueWith(_ => reply(Outcome(answered, request)), TaskScheduler.Default);
    }

    public ItemReply Snooze(SnoozeRequest request) =>
        request.Seconds is >= 0 && request.Seconds <= LongestSnooze.TotalSeconds
            ? new ItemReply { Item = queue.Snooze(request.Item, TimeSpan.FromSeconds(request.Seconds)) }
            : throw new RequestError(ErrorCode.BadRequest, $"{request.Seconds} seconds: 0 (back at once) to {LongestSnooze.TotalSeconds} (a week)");

    private Reply Outcome(Task<QueueItem> answered, AnswerRequest request) => answered switch
    {
        { IsCompletedSuccessfully: true } => new ItemReply { Item = answered.Result },
        { IsFaulted: true } when answered.Exception!.InnerException is RequestError e => new ErrorReply { Code = e.Code, Message = e.Message },
        { IsFaulted: true } => new ErrorReply { Code = ErrorCode.Internal, Message = answered.Exception!.InnerException!.Message },
        _ => new ItemReply { Item = queue.Items(withOver: true).First(item => item.Id.StartsWith(request.Item, StringComparison.Ordinal)) },
    };
}
