using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents.Hooks;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Carries out what clients ask, whatever they came by: one place for every transport's rules.</summary>
internal sealed class RequestHandler(
    SessionRequests sessions, AttachRequests attachments, AgentRequests agents, DaemonRequests daemon, QueueRequests queue, HookDesk hooks,
    PolicyRequests policy, ExternalRequests externals, ILogger log) : IClientHandler
{
    private volatile bool _isEnding;

    /// <summary>The daemon is about to let its sessions go: who asks from now on hears nothing but the end of the connection, and asks the next daemon.</summary>
    public void End() => _isEnding = true;

    public void Opened(ClientConnection connection) => daemon.Opened(connection);

    public void Closed(ClientConnection connection)
    {
        attachments.Closed(connection);
        hooks.Closed(connection);
        daemon.Closed(connection);
    }

    public void Malformed(ClientConnection connection, string reason) =>
        connection.Send(new ErrorReply { Code = ErrorCode.BadRequest, Message = reason });

    public void Frame(ClientConnection connection, FrameHeader header, ReadOnlySpan<byte> payload)
    {
        try
        {
            attachments.Frame(connection, header, payload);
        }
        catch (RequestError e)
        {
            connection.Send(new ErrorReply { Code = e.Code, Message = e.Message });
        }
    }

    public void Message(ClientConnection connection, Message message)
    {
        if (message is not Request request)
        {
            Malformed(connection, $"{message.GetType().Name} is not a request; see PROTOCOL.md for what a client may send");
            return;
        }

        if (_isEnding)
        {
            connection.Close();
            return;
        }

        try
        {
            RequestScopes.Check(connection.Rights, request);
            Answer(connection, request);
        }
        catch (RequestError) when (_isEnding)
        {
            // What it says of sessions that go on without this daemon is not true.
            connection.Close();
        }
        catch (RequestError e)
        {
            connection.Send(new ErrorReply { Re = request.Id, Code = e.Code, Message = e.Message });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.RequestFailed(request.GetType().Name, e);
            connection.Send(new ErrorReply { Re = request.Id, Code = ErrorCode.Internal, Message = $"{e.Message} (the daemon's log says more)" });
        }
    }

    private void Answer(ClientConnection connection, Request request)
    {
        switch (request)
        {
            case HelloRequest hello: connection.Send(daemon.Hello(connection, hello) with { Re = request.Id }); break;
            case StatusRequest: connection.Send(daemon.Status() with { Re = request.Id }); break;
            case SubscribeRequest subscribe: Done(() => daemon.Subscribe(connection, subscribe)); break;
            case EventsRequest events: connection.Send(daemon.Events(events) with { Re = request.Id }); break;
            case ShutdownRequest: Done(daemon.Shutdown); break;
            case CreateRequest create: connection.Send(sessions.Create(connection, create) with { Re = request.Id }); break;
            case ListRequest list: connection.Send(sessions.List(list) with { Re = request.Id }); break;
            case StopRequest stop: sessions.Stop(connection, stop, reply => connection.Send(reply with { Re = request.Id })); break;
            case RenameRequest rename: connection.Send(sessions.Rename(rename) with { Re = request.Id }); break;
            case TagRequest tag: connection.Send(sessions.Tag(tag) with { Re = request.Id }); break;
            case DeleteRequest delete: Done(() => sessions.Delete(delete)); break;
            case ClientsRequest clients: connection.Send(sessions.Clients(clients) with { Re = request.Id }); break;
            case CaptureRequest capture: connection.Send(sessions.Capture(capture) with { Re = request.Id }); break;
            case HistoryRequest history: connection.Send(sessions.History(connection, history) with { Re = request.Id }); break;
            case WaitRequest wait: sessions.Wait(connection, wait, reply => connection.Send(reply with { Re = request.Id })); break;
            case InputRequest input: sessions.Input(connection, input, reply => connection.Send(reply with { Re = request.Id })); break;
            case KeysRequest keys: Done(() => sessions.Keys(connection, keys)); break;
            case QueueRequest list: connection.Send(queue.List(list) with { Re = request.Id }); break;
            case AnswerRequest answer: queue.Answer(connection, answer, reply => connection.Send(reply with { Re = request.Id })); break;
            case SnoozeRequest snooze: connection.Send(queue.Snooze(snooze) with { Re = request.Id }); break;
            case SeenRequest seen: Done(() => sessions.Seen(seen)); break;
            case HookRequest hook: hooks.Handle(connection, hook); break;
            case ApprovalModeRequest mode: connection.Send(sessions.SetApproval(connection, mode) with { Re = request.Id }); break;
            case RulesRequest: connection.Send(policy.List() with { Re = request.Id }); break;
            case AddRuleRequest add: connection.Send(policy.Add(connection, add) with { Re = request.Id }); break;
            case RemoveRuleRequest remove: Done(() => policy.Remove(connection, remove)); break;
            case RehearseRequest rehearse: connection.Send(policy.Rehearse(rehearse) with { Re = request.Id }); break;
            case SuggestRequest: connection.Send(policy.Suggest() with { Re = request.Id }); break;
            case AuditRequest audit: connection.Send(policy.Audit(audit) with { Re = request.Id }); break;
            case AttachRequest attach: attachments.Attach(connection, attach); break;
            case DetachRequest detach: attachments.Detach(connection, detach); break;
            case ResizeRequest resize: Done(() => attachments.Resize(connection, resize)); break;
            case ColorsRequest colors: Done(() => attachments.Colors(connection, colors)); break;
            case TakeControlRequest take: Done(() => attachments.TakeControl(connection, take)); break;
            case ReleaseControlRequest release: Done(() => attachments.ReleaseControl(connection, release)); break;
            case RedrawRequest redraw: attachments.Redraw(connection, redraw); break;
            case PaceRequest pace: Done(() => attachments.Pace(connection, pace)); break;
            case ExplainRequest explain: connection.Send(agents.Explain(explain) with { Re = request.Id }); break;
            case ExternalRequest external: externals.List(external, reply => connection.Send(reply with { Re = request.Id })); break;
            case TranscriptRequest transcript: externals.Transcript(transcript, reply => connection.Send(reply with { Re = request.Id })); break;
            case UsageRequest usage: externals.Usage(usage, reply => connection.Send(reply with { Re = request.Id })); break;
            case AdoptRequest adopt: externals.Adopt(connection, adopt, reply => connection.Send(reply with { Re = request.Id })); break;
            case ResumeRequest resume: Done(() => attachments.Resume(connection, resume)); break;
            default: throw new RequestError(ErrorCode.BadRequest, $"{request.GetType().Name} is not carried out by this daemon");
        }

        void Done(Action action)
        {
            action();
            connection.Send(new OkReply { Re = request.Id });
        }
    }
}
