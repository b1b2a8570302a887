using System.Text.Json;
using System.Text.Json.Serialization;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Approvals;

/// <summary>What needs a human, of all sessions, and answers to it.</summary>
internal sealed class ApprovalsApi(ApiRequests requests) : IApiModule
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/approvals",
            Group = "Approvals",
            Scope = ApiScope.Observe,
            Summary = "What needs a human, the most urgent first.",
            Query = [new("session", "string", "Only of this session, by its id."), new("all", "boolean", "Also what is over: the newest 200.")],
            Reply = ApprovalsJson.Default.ApprovalList,
            Handle = ListAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/api/approvals/{item}",
            Group = "Approvals",
            Scope = ApiScope.Observe,
            Summary = "One item, open or over.",
            Reply = ApprovalsJson.Default.QueueItem,
            Handle = async call => await call.AnswerAsync(await FindAsync(call).ConfigureAwait(false), ApprovalsJson.Default.QueueItem).ConfigureAwait(false),
        },
        new()
        {
            Method = "POST",
            Path = "/api/approvals/{item}",
            Group = "Approvals",
            Scope = ApiScope.Approve,
            Summary = "Answers an item, and tells what became of the answer. The first answer counts; a later one gets 409 with who was first.",
            Body = ApprovalsJson.Default.ApprovalAnswer,
            Reply = ApprovalsJson.Default.QueueItem,
            Refusals = [409],
            Handle = AnswerAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/api/approvals/{item}/snooze",
            Group = "Approvals",
            Scope = ApiScope.Approve,
            Summary = "Puts an item off; it comes back by itself.",
            Body = ApprovalsJson.Default.ApprovalSnooze,
            Reply = ApprovalsJson.Default.QueueItem,
            Refusals = [409],
            Handle = SnoozeAsync,
        },
    ];

    private async Task ListAsync(ApiCall call)
    {
        var reply = await requests.AskAsync<QueueReply>(call.Caller, new QueueRequest { Session = call.Query("session"), All = call.Flag("all") }, call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(new ApprovalList { Items = reply.Items }, ApprovalsJson.Default.ApprovalList).ConfigureAwait(false);
    }

    private async Task AnswerAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(ApprovalsJson.Default.ApprovalAnswer).ConfigureAwait(false);
        SessionAnswers.CheckAnswers(asked.Answers);
        var item = await FindAsync(call).ConfigureAwait(false);
        var reply = await requests.AskAsync<ItemReply>(call.Caller, new AnswerRequest
        {
            Item = item.Id,
            Decision = asked.Decision,
            Reason = asked.Reason,
            Always = asked.Always,
            Input = asked.Input is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } input ? input.GetRawText() : null,
            Answers = asked.Answers,
            Surface = "api",
        }, call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(reply.Item, ApprovalsJson.Default.QueueItem).ConfigureAwait(false);
    }

    private async Task SnoozeAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(ApprovalsJson.Default.ApprovalSnooze).ConfigureAwait(false);
        var item = await FindAsync(call).ConfigureAwait(false);
        var reply = await requests.AskAsync<ItemReply>(call.Caller, new SnoozeRequest { Item = item.Id, Seconds = asked.Seconds }, call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(reply.Item, ApprovalsJson.Default.QueueItem).ConfigureAwait(false);
    }

    // By its whole id alone: an old button must never fit a new question.
    private async Task<QueueItem> FindAsync(ApiCall call)
    {
        var known = await requests.AskAsync<QueueReply>(call.Caller with { Scopes = ApiScope.Observe }, new QueueRequest { All = true }, call.Aborted).ConfigureAwait(false);
        return known.Items.FirstOrDefault(item => item.Id == call.Segment("item")) ?? throw ApiError.Missing("there is no such item");
    }
}

internal sealed record ApprovalList
{
    public required QueueItem[] Items { get; init; }
}

internal sealed record ApprovalAnswer
{
    public required QueueDecision Decision { get; init; }

    /// <summary>For the agent, where it takes one; at most 4096 characters.</summary>
    public string Reason { get; set; } = "";

    /// <summary>One of the item's `always`, along with an allow: makes a rule. Admin only.</summary>
    public string? Always { get; init; }

    /// <summary>A changed input, where the agent takes one.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>For each question the labels or numbers (from 1) of the chosen options, or one text.</summary>
    public string[][] Answers { get; set; } = [];
}

internal sealed record ApprovalSnooze
{
    /// <summary>From now; 0 brings it back at once. At most a week.</summary>
    public required double Seconds { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ApprovalList))]
[JsonSerializable(typeof(QueueItem))]
[JsonSerializable(typeof(ApprovalAnswer))]
[JsonSerializable(typeof(ApprovalSnooze))]
internal sealed partial class ApprovalsJson : JsonSerializerContext;
