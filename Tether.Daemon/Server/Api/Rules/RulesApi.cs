using System.Text.Json.Serialization;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Rules;

/// <summary>Rules for what agents may do unasked: read by who may look, changed by who may do everything.</summary>
internal sealed class RulesApi(ApiRequests requests) : IApiModule
{
    public IEnumerable<ApiRoute> Routes =>
    [
        Route("GET", "", ApiScope.Observe, "All rules in the order in which they are looked at, those of policy.json too.", ListAsync) with { Reply = RulesJson.Default.RuleList },
        Route("POST", "", ApiScope.Admin, "Adds a rule; its id is given here.", AddAsync) with { Body = RulesJson.Default.PolicyRule, Reply = RulesJson.Default.PolicyRule, Status = 201 },
        Route("GET", "/{rule}", ApiScope.Observe, "One rule.", async call => await call.AnswerAsync(await FindAsync(call).ConfigureAwait(false), RulesJson.Default.PolicyRule).ConfigureAwait(false))
            with { Reply = RulesJson.Default.PolicyRule },
        Route("PUT", "/{rule}", ApiScope.Admin, "Puts a rule in the place of another, under an id of its own.", ReplaceAsync) with { Body = RulesJson.Default.PolicyRule, Reply = RulesJson.Default.PolicyRule },
        Route("DELETE", "/{rule}", ApiScope.Admin, "Removes a rule; those of policy.json are removed there.", RemoveAsync) with { Reply = TokensJson.Default.Done },
        Route("POST", "/rehearse", ApiScope.Observe, "What a rule would have done to the requests that are recorded.", RehearseAsync) with { Body = RulesJson.Default.PolicyRule, Reply = RulesJson.Default.RuleRehearsal },
        Route("GET", "/suggestions", ApiScope.Observe, "Rules that would have spared questions without ever deciding against the person, best first.", SuggestAsync) with { Reply = RulesJson.Default.RuleSuggestions },
    ];

    private static ApiRoute Route(string method, string path, ApiScope scope, string summary, Func<ApiCall, Task> handle) =>
        new() { Method = method, Path = "/api/rules" + path, Group = "Rules", Scope = scope, Summary = summary, Handle = handle };

    private async Task ListAsync(ApiCall call)
    {
        var reply = await AskAsync<RulesReply>(call, new RulesRequest()).ConfigureAwait(false);
        await call.AnswerAsync(new RuleList { Rules = reply.Rules, Warnings = reply.Warnings }, RulesJson.Default.RuleList).ConfigureAwait(false);
    }

    private async Task AddAsync(ApiCall call) => await call.AnswerAsync(await AddedAsync(call).ConfigureAwait(false), RulesJson.Default.PolicyRule).ConfigureAwait(false);

    // First the new one: in between there are both, and never none.
    private async Task ReplaceAsync(ApiCall call)
    {
        var old = await FindAsync(call).ConfigureAwait(false);
        var added = await AddedAsync(call).ConfigureAwait(false);
        try
        {
            await AskAsync<OkReply>(call, new RemoveRuleRequest { Rule = old.Id }).ConfigureAwait(false);
        }
        catch (ApiError)
        {
            await AskAsync<OkReply>(call, new RemoveRuleRequest { Rule = added.Id }).ConfigureAwait(false);
            throw;
        }

        await call.AnswerAsync(added, RulesJson.Default.PolicyRule).ConfigureAwait(false);
    }

    private async Task RemoveAsync(ApiCall call)
    {
        await AskAsync<OkReply>(call, new RemoveRuleRequest { Rule = call.Segment("rule") }).ConfigureAwait(false);
        await call.AnswerAsync(new Done(), TokensJson.Default.Done).ConfigureAwait(false);
    }

    private async Task RehearseAsync(ApiCall call)
    {
        var reply = await AskAsync<RehearseReply>(call, new RehearseRequest { Rule = await ReadAsync(call).ConfigureAwait(false) }).ConfigureAwait(false);
        await call.AnswerAsync(
            new RuleRehearsal { Requests = reply.Requests, Fits = reply.Fits, Allowed = reply.Allowed, Denied = reply.Denied, Against = reply.Against }, RulesJson.Default.RuleRehearsal).ConfigureAwait(false);
    }

    private async Task SuggestAsync(ApiCall call)
    {
        var reply = await AskAsync<SuggestReply>(call, new SuggestRequest()).ConfigureAwait(false);
        await call.AnswerAsync(new RuleSuggestions { Suggestions = reply.Suggestions }, RulesJson.Default.RuleSuggestions).ConfigureAwait(false);
    }

    private async Task<PolicyRule> AddedAsync(ApiCall call) =>
        (await AskAsync<RulesReply>(call, new AddRuleRequest { Rule = await ReadAsync(call).ConfigureAwait(false) }).ConfigureAwait(false)).Rules[0];

    private async Task<PolicyRule> FindAsync(ApiCall call) =>
        (await AskAsync<RulesReply>(call, new RulesRequest()).ConfigureAwait(false)).Rules.FirstOrDefault(rule => rule.Id == call.Segment("rule")) ?? throw ApiError.Missing("there is no rule of that id");

    private static async Task<PolicyRule> ReadAsync(ApiCall call)
    {
        var rule = await call.BodyAsync(RulesJson.Default.PolicyRule).ConfigureAwait(false);
        string[][] lists = [rule.Agents, rule.Sessions, rule.Tags, rule.Directories, rule.Tools, rule.Commands, rule.Paths, rule.Hosts];
        return lists.Any(list => Array.Exists(list, text => text is null)) ? throw ApiError.Invalid("a list of the rule has null in it") : rule;
    }

    private Task<T> AskAsync<T>(ApiCall call, Request request)
        where T : Reply => requests.AskAsync<T>(call.Caller, request, call.Aborted);
}

internal sealed record RuleList
{
    public required PolicyRule[] Rules { get; init; }

    /// <summary>What was not understood in policy.json, as `file:line: what, what is allowed`.</summary>
    public required string[] Warnings { get; init; }
}

internal sealed record RuleRehearsal
{
    /// <summary>How many requests are recorded, and how many of them the rule fits.</summary>
    public required int Requests { get; init; }

    public required int Fits { get; init; }

    /// <summary>Of those that fit: what people had answered.</summary>
    public required int Allowed { get; init; }

    public required int Denied { get; init; }

    /// <summary>Those where it would have decided otherwise than the person did, newest first, at most 100.</summary>
    public required AuditEntry[] Against { get; init; }
}

internal sealed record RuleSuggestions
{
    public required SuggestedRule[] Suggestions { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PolicyRule))]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(RuleRehearsal))]
[JsonSerializable(typeof(RuleSuggestions))]
internal sealed partial class RulesJson : JsonSerializerContext;
