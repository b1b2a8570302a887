using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What clients ask about sessions as the agents themselves keep them. Everything happens on the stores' thread, and so one after the other.</summary>
internal sealed class ExternalRequests(AgentStores stores, ExternalLookups lookups, Adoption adoption, ILogger log)
{
    private const int MostSessions = 1000, MostEntries = 2000;

    // So many characters fit into a message however they are escaped.
    private const int MostCharacters = 2 << 20;

    public void List(ExternalRequest request, Action<Reply> reply) => Work(reply, request, () => List(request));

    public void Transcript(TranscriptRequest request, Action<Reply> reply) => Work(reply, request, () => Transcript(request));

    public void Usage(UsageRequest request, Action<Reply> reply) => Work(reply, request, () =>
    {
        var (store, session) = lookups.Find(request.Session);
        return new UsageReply { Session = lookups.Describe(store, session), Usage = store.Usage(session) };
    });

    public void Adopt(ClientConnection connection, AdoptRequest request, Action<Reply> reply) =>
        Work(reply, request, () => new SessionReply { Session = adoption.Adopt(connection, request) });

    private ExternalReply List(ExternalRequest request)
    {
        if (request.Limit is < 1 or > MostSessions)
        {
            throw new RequestError(ErrorCode.BadRequest, $"limit {request.Limit}: 1–{MostSessions}");
        }

        if (request.Directory is { } directory && !Path.IsPathRooted(directory))
        {
            throw new RequestError(ErrorCode.BadRequest, $"“{directory}” is no absolute path");
        }

        var asked = request.Agent is not { } agent ? stores.All : [stores.Find(agent) ?? throw new RequestError(
            ErrorCode.BadRequest, $"sessions of “{agent}” cannot be read; those of {string.Join(", ", stores.All.Select(store => store.Agent))} can")];
        var query = new StoreQuery(request.Directory is { } given ? Trimmed(given) : null, request.Limit);
        var found = asked.Select(store => (Store: store, Listing: store.List(query))).ToArray();
        return new ExternalReply
        {
            Sessions =
            [
                .. found.SelectMany(each => each.Listing.Sessions.Select(session => (each.Store, Session: session)))
                    .OrderByDescending(each => each.Session.LastActivity).Take(request.Limit).Select(each => lookups.Describe(each.Store, each.Session)),
            ],
            Problems = [.. found.SelectMany(each => each.Listing.Problems.Select(problem => $"{each.Store.Agent}: {problem}"))],
        };
    }

    private TranscriptReply Transcript(TranscriptRequest request)
    {
        if (request.Limit is < 1 or > MostEntries || request.From < 0)
        {
            throw new RequestError(ErrorCode.BadRequest, $"limit {request.Limit} from {request.From}: 1–{MostEntries} entries, from 0 up");
        }

        var (store, session) = lookups.Find(request.Session);
        var transcript = stores.Transcript(store, session);
        var from = request.From ?? Math.Max(0, transcript.Count - request.Limit);
        var entries = new Queue<TranscriptEntry>();
        var characters = 0;
        foreach (var entry in transcript.Read(from).Take(request.Limit))
        {
            characters += entry.Text.Length;
            if (characters > MostCharacters && request.From is not null && entries.Count > 0)
            {
                break;
            }

            entries.Enqueue(entry);
            while (characters > MostCharacters && entries.Count > 1)
            {
                characters -= entries.Dequeue().Text.Length;
            }
        }

        return new TranscriptReply { Session = lookups.Describe(store, session), Entries = [.. entries], Count = transcript.Count };
    }

    private void Work(Action<Reply> reply, Request request, Func<Reply> work)
    {
        var isTaken = stores.Post(() =>
        {
            Reply answer;
            try
            {
                answer = work();
            }
            catch (RequestError e)
            {
                answer = new ErrorReply { Code = e.Code, Message = e.Message };
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                answer = new ErrorReply { Code = ErrorCode.Internal, Message = $"the agent's store cannot be read: {e.Message}" };
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.RequestFailed(request.GetType().Name, e);
                answer = new ErrorReply { Code = ErrorCode.Internal, Message = $"{e.Message} (the daemon's log says more)" };
            }

            reply(answer);
        });
        if (!isTaken)
        {
            reply(new ErrorReply { Code = ErrorCode.Internal, Message = "too many clients ask about the agents' sessions at once; try again" });
        }
    }

    private static string Trimmed(string directory) => directory.Length > 1 ? directory.TrimEnd('/') : directory;
}
