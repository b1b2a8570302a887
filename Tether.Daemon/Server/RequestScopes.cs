using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>Which scope each request of the protocol takes, whatever it came by.</summary>
internal static class RequestScopes
{
    /// <summary>The scope of a request; <see cref="ApiScope.Admin"/> for one that has no line here.</summary>
    public static ApiScope Of(Request request) => request switch
    {
        HelloRequest => ApiScope.None,
        CreateRequest { Approval: ApprovalMode.Bypass } or CreateRequest { Arguments.Length: > 0 } or ApprovalModeRequest { Mode: ApprovalMode.Bypass } or AnswerRequest { Always: not null } => ApiScope.Admin,
        AnswerRequest or SnoozeRequest or ApprovalModeRequest => ApiScope.Approve,
        AttachRequest { Mode: AttachMode.Observe } or SubscribeRequest { Alerts: false } => ApiScope.Observe,
        CreateRequest or AttachRequest or TakeControlRequest or SubscribeRequest or InputRequest or KeysRequest or StopRequest or RenameRequest or TagRequest or SeenRequest or AdoptRequest => ApiScope.Input,
        ListRequest or ClientsRequest or CaptureRequest or HistoryRequest or WaitRequest or EventsRequest or StatusRequest or QueueRequest or ExplainRequest or RulesRequest
            or RehearseRequest or SuggestRequest or AuditRequest or ExternalRequest or TranscriptRequest or UsageRequest => ApiScope.Observe,

        // What they ask for counts only for the channel that is in control, or concerns nobody but the client.
        ChannelRequest => ApiScope.Observe,
        _ => ApiScope.Admin,
    };

    /// <exception cref="RequestError">The client may not ask for this.</exception>
    public static void Check(ConnectionRights rights, Request request)
    {
        var scope = Of(request);
        if (!rights.May(scope))
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this needs the scope {ApiScopes.Text(scope)}; the token has {ApiScopes.Text(rights.Scopes)}");
        }

        if (rights.Session is { } session && !IsAbout(request, session))
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this ticket is for session {session} alone");
        }
    }

    private static bool IsAbout(Request request, string session) => request switch
    {
        HelloRequest or ChannelRequest => true,
        ApprovalModeRequest => false,
        SessionRequest about => about.Session == session,
        SubscribeRequest subscribe => subscribe.Session == session,
        _ => false,
    };
}
