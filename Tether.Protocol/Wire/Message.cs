using System.Text.Json.Serialization;

namespace Tether.Protocol.Wire;

/// <summary>
/// One control message. In JSON the member `type` comes first and names it. Requests carry an `id` that their reply repeats as
/// `re`; the rest is told unasked. PROTOCOL.md describes the conversation.
/// </summary>
/// <remarks>Members with a default have a setter, not `init`: the generated reader assigns every `init` member, null where the JSON has none.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(HelloRequest), "hello")]
[JsonDerivedType(typeof(CreateRequest), "create")]
[JsonDerivedType(typeof(ListRequest), "list")]
[JsonDerivedType(typeof(AttachRequest), "attach")]
[JsonDerivedType(typeof(DetachRequest), "detach")]
[JsonDerivedType(typeof(ResizeRequest), "resize")]
[JsonDerivedType(typeof(ColorsRequest), "colors")]
[JsonDerivedType(typeof(TakeControlRequest), "take-control")]
[JsonDerivedType(typeof(ReleaseControlRequest), "release-control")]
[JsonDerivedType(typeof(RedrawRequest), "redraw")]
[JsonDerivedType(typeof(PaceRequest), "pace")]
[JsonDerivedType(typeof(ResumeRequest), "resume")]
[JsonDerivedType(typeof(InputRequest), "input")]
[JsonDerivedType(typeof(KeysRequest), "keys")]
[JsonDerivedType(typeof(StopRequest), "stop")]
[JsonDerivedType(typeof(RenameRequest), "rename")]
[JsonDerivedType(typeof(TagRequest), "tag")]
[JsonDerivedType(typeof(DeleteRequest), "delete")]
[JsonDerivedType(typeof(ClientsRequest), "clients")]
[JsonDerivedType(typeof(CaptureRequest), "capture")]
[JsonDerivedType(typeof(HistoryRequest), "history")]
[JsonDerivedType(typeof(WaitRequest), "wait")]
[JsonDerivedType(typeof(SubscribeRequest), "subscribe")]
[JsonDerivedType(typeof(EventsRequest), "events")]
[JsonDerivedType(typeof(StatusRequest), "status")]
[JsonDerivedType(typeof(ShutdownRequest), "shutdown")]
[JsonDerivedType(typeof(QueueRequest), "queue")]
[JsonDerivedType(typeof(AnswerRequest), "answer")]
[JsonDerivedType(typeof(SnoozeRequest), "snooze")]
[JsonDerivedType(typeof(SeenRequest), "seen")]
[JsonDerivedType(typeof(ApprovalModeRequest), "approval-mode")]
[JsonDerivedType(typeof(HookRequest), "hook")]
[JsonDerivedType(typeof(ExplainRequest), "explain")]
[JsonDerivedType(typeof(RulesRequest), "rules")]
[JsonDerivedType(typeof(AddRuleRequest), "add-rule")]
[JsonDerivedType(typeof(RemoveRuleRequest), "remove-rule")]
[JsonDerivedType(typeof(RehearseRequest), "rehearse")]
[JsonDerivedType(typeof(SuggestRequest), "suggest")]
[JsonDerivedType(typeof(AuditRequest), "audit")]
[JsonDerivedType(typeof(ExternalRequest), "external")]
[JsonDerivedType(typeof(TranscriptRequest), "transcript")]
[JsonDerivedType(typeof(UsageRequest), "usage")]
[JsonDerivedType(typeof(AdoptRequest), "adopt")]
[JsonDerivedType(typeof(OkReply), "ok")]
[JsonDerivedType(typeof(ErrorReply), "error")]
[JsonDerivedType(typeof(WelcomeReply), "welcome")]
[JsonDerivedType(typeof(SessionReply), "session")]
[JsonDerivedType(typeof(SessionsReply), "sessions")]
[JsonDerivedType(typeof(AttachedReply), "attached")]
[JsonDerivedType(typeof(InputReply), "input-receipt")]
[JsonDerivedType(typeof(ClientsReply), "clients-list")]
[JsonDerivedType(typeof(CaptureReply), "captured")]
[JsonDerivedType(typeof(HistoryReply), "history-end")]
[JsonDerivedType(typeof(WaitReply), "waited")]
[JsonDerivedType(typeof(EventsReply), "events-list")]
[JsonDerivedType(typeof(StatusReply), "status-report")]
[JsonDerivedType(typeof(QueueReply), "queue-list")]
[JsonDerivedType(typeof(ItemReply), "item")]
[JsonDerivedType(typeof(HookReply), "hook-answer")]
[JsonDerivedType(typeof(ExplainReply), "explained")]
[JsonDerivedType(typeof(RulesReply), "rules-list")]
[JsonDerivedType(typeof(RehearseReply), "rehearsed")]
[JsonDerivedType(typeof(SuggestReply), "suggested")]
[JsonDerivedType(typeof(AuditReply), "audit-log")]
[JsonDerivedType(typeof(ExternalReply), "external-list")]
[JsonDerivedType(typeof(TranscriptReply), "transcript-part")]
[JsonDerivedType(typeof(UsageReply), "used")]
[JsonDerivedType(typeof(ControlNotice), "control")]
[JsonDerivedType(typeof(ResizedNotice), "resized")]
[JsonDerivedType(typeof(ExitedNotice), "exited")]
[JsonDerivedType(typeof(ChordNotice), "chord")]
[JsonDerivedType(typeof(ColorsAnsweredNotice), "colors-answered")]
[JsonDerivedType(typeof(TextNotice), "notice")]
[JsonDerivedType(typeof(AlertNotice), "alert")]
[JsonDerivedType(typeof(SessionEventNotice), "event")]
[JsonDerivedType(typeof(ItemNotice), "queue-item")]
[JsonDerivedType(typeof(InputProgressNotice), "input-progress")]
public abstract record Message;

/// <summary>A message that is answered: by its own reply type, by `ok`, or by `error`.</summary>
public abstract record Request : Message
{
    /// <summary>Chosen by the client, repeated in the reply. Unique among its open requests.</summary>
    public int Id { get; init; }
}

/// <summary>The answer to one request.</summary>
public abstract record Reply : Message
{
    /// <summary>The <see cref="Request.Id"/> this answers; 0 when the request could not be read.</summary>
    public int Re { get; init; }
}

/// <summary>A request about one session.</summary>
public abstract record SessionRequest : Request
{
    /// <summary>A session's id, a unique prefix of it, or its whole title.</summary>
    public required string Session { get; init; }
}

/// <summary>A request about one attachment of this connection.</summary>
public abstract record ChannelRequest : Request
{
    /// <summary>The number that `attached` gave.</summary>
    public int Channel { get; init; }
}

/// <summary>What the daemon tells a channel of this connection unasked.</summary>
public abstract record ChannelNotice : Message
{
    public int Channel { get; init; }
}
