using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>Answers to what one session asks, in the earlier product's words.</summary>
internal sealed class SessionAnswers(ApiRequests requests, SessionView view)
{
    public async Task AnswerAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(SessionsJson.Default.SessionPermission).ConfigureAwait(false);
        CheckAnswers(asked.Answers);
        var record = view.Record(call.Segment("id"));
        var open = await requests.AskAsync<QueueReply>(call.Caller with { Scopes = ApiScope.Observe }, new QueueRequest { Session = record.Id }, call.Aborted).ConfigureAwait(false);
        var item = open.Items.FirstOrDefault(item => item.Id == asked.RequestId) ?? throw ApiError.Missing("there is no such request, or it is settled");
        var decision = (asked.Allow, asked.Answers) switch
        {
            (null, { Length: > 0 }) => QueueDecision.Answer,
            (true, { Length: > 0 }) when item.Kind == QueueKind.Question => QueueDecision.Answer,
            (true, _) => QueueDecision.Allow,
            (false, _) => QueueDecision.Deny,
            _ => throw ApiError.Invalid("allow: true or false; or answers"),
        };
        try
        {
            await requests.AskAsync<ItemReply>(call.Caller, new AnswerRequest
            {
                Item = item.Id,
                Decision = decision,
                Reason = asked.Message,
                Input = asked.UpdatedInput is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } input ? input.GetRawText() : null,
                Answers = asked.Answers ?? [],
                Surface = "api",
            }, call.Aborted).ConfigureAwait(false);
        }
        catch (ApiError e) when (e.Details?["reason"]?.GetValue<string>() == ErrorCode.AlreadyAnswered)
        {
            throw new ApiError(404, ApiError.NotFound, e.Message, e.Details.DeepClone());
        }

        await call.AnswerAsync(new Tokens.Done(), Tokens.TokensJson.Default.Done).ConfigureAwait(false);
    }

    /// <exception cref="ApiError">There is a null among them.</exception>
    public static void CheckAnswers(string[][]? answers)
    {
        if (answers is not null && Array.Exists(answers, chosen => chosen is null || Array.Exists(chosen, text => text is null)))
        {
            throw ApiError.Invalid("answers: a list of texts for each question");
        }
    }
}
