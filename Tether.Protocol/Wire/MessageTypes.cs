using System.Text.Json;

namespace Tether.Protocol.Wire;

/// <summary>
/// The messages by the name that `type` gives them: the same as the attributes of <see cref="Message"/> say. The serializer, asked for a message, would prepare
/// itself for every kind there is before it reads the first; asked for one kind, it prepares for that one.
/// </summary>
internal static class MessageTypes
{
    public static IReadOnlyList<(string Name, Type Type)> All { get; } =
    [
        ("hello", typeof(HelloRequest)),
        ("create", typeof(CreateRequest)),
        ("list", typeof(ListRequest)),
        ("attach", typeof(AttachRequest)),
        ("detach", typeof(DetachRequest)),
        ("resize", typeof(ResizeRequest)),
        ("colors", typeof(ColorsRequest)),
        ("take-control", typeof(TakeControlRequest)),
        ("release-control", typeof(ReleaseControlRequest)),
        ("redraw", typeof(RedrawRequest)),
        ("pace", typeof(PaceRequest)),
        ("resume", typeof(ResumeRequest)),
        ("input", typeof(InputRequest)),
        ("keys", typeof(KeysRequest)),
        ("stop", typeof(StopRequest)),
        ("rename", typeof(RenameRequest)),
        ("tag", typeof(TagRequest)),
        ("delete", typeof(DeleteRequest)),
        ("clients", typeof(ClientsRequest)),
        ("capture", typeof(CaptureRequest)),
        ("history", typeof(HistoryRequest)),
        ("wait", typeof(WaitRequest)),
        ("subscribe", typeof(SubscribeRequest)),
        ("events", typeof(EventsRequest)),
        ("status", typeof(StatusRequest)),
        ("shutdown", typeof(ShutdownRequest)),
        ("queue", typeof(QueueRequest)),
        ("answer", typeof(AnswerRequest)),
        ("snooze", typeof(SnoozeRequest)),
        ("seen", typeof(SeenRequest)),
        ("approval-mode", typeof(ApprovalModeRequest)),
        ("hook", typeof(HookRequest)),
        ("explain", typeof(ExplainRequest)),
        ("rules", typeof(RulesRequest)),
        ("add-rule", typeof(AddRuleRequest)),
        ("remove-rule", typeof(RemoveRuleRequest)),
        ("rehearse", typeof(RehearseRequest)),
        ("suggest", typeof(SuggestRequest)),
        ("audit", typeof(AuditRequest)),
        ("external", typeof(ExternalRequest)),
        ("transcript", typeof(TranscriptRequest)),
        ("usage", typeof(UsageRequest)),
        ("adopt", typeof(AdoptRequest)),
        ("ok", typeof(OkReply)),
        ("error", typeof(ErrorReply)),
        ("welcome", typeof(WelcomeReply)),
        ("session", typeof(SessionReply)),
        ("sessions", typeof(SessionsReply)),
        ("attached", typeof(AttachedReply)),
        ("input-receipt", typeof(InputReply)),
        ("clients-list", typeof(ClientsReply)),
        ("captured", typeof(CaptureReply)),
        ("history-end", typeof(HistoryReply)),
        ("waited", typeof(WaitReply)),
        ("events-list", typeof(EventsReply)),
        ("status-report", typeof(StatusReply)),
        ("queue-list", typeof(QueueReply)),
        ("item", typeof(ItemReply)),
        ("hook-answer", typeof(HookReply)),
        ("explained", typeof(ExplainReply)),
        ("rules-list", typeof(RulesReply)),
        ("rehearsed", typeof(RehearseReply)),
        ("suggested", typeof(SuggestReply)),
        ("audit-log", typeof(AuditReply)),
        ("external-list", typeof(ExternalReply)),
        ("transcript-part", typeof(TranscriptReply)),
        ("used", typeof(UsageReply)),
        ("control", typeof(ControlNotice)),
        ("resized", typeof(ResizedNotice)),
        ("exited", typeof(ExitedNotice)),
        ("chord", typeof(ChordNotice)),
        ("colors-answered", typeof(ColorsAnsweredNotice)),
        ("notice", typeof(TextNotice)),
        ("alert", typeof(AlertNotice)),
        ("event", typeof(SessionEventNotice)),
        ("queue-item", typeof(ItemNotice)),
        ("input-progress", typeof(InputProgressNotice)),
    ];

    private static readonly Dictionary<string, Type> Types = All.ToDictionary(pair => pair.Name, pair => pair.Type);

    private static readonly Dictionary<Type, string> Names = All.ToDictionary(pair => pair.Type, pair => pair.Name);

    /// <exception cref="NotSupportedException">It is no message of the protocol.</exception>
    public static string NameOf(Message message) =>
        Names.GetValueOrDefault(message.GetType()) ?? throw new NotSupportedException($"{message.GetType().Name} has no name in the protocol");

    /// <summary>The kind of message that a JSON object says it is, wherever in it `type` stands.</summary>
    /// <exception cref="JsonException">It is no JSON object, has no `type` or one that is not known.</exception>
    public static Type Of(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Read(utf8);
        }
        catch (InvalidOperationException e)
        {
            // A text that is no UTF-8, or half a surrogate pair.
            throw new JsonException(e.Message, e);
        }
    }

    private static Type Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException(reader.TokenType == JsonTokenType.Null ? "null is not a message" : "a message is a JSON object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String && Types.TryGetValue(reader.GetString()!, out var type)
                    ? type
                    : throw new JsonException($"`type` {(reader.TokenType == JsonTokenType.String ? $"“{reader.GetString()}” " : "")}is not known.");
            }

            reader.Skip();
        }

        throw new JsonException("it has no `type`.");
    }
}
