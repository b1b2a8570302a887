using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.Server.Api.Events;

namespace Tether.Daemon.Server.Api.Webhooks;

/// <summary>Webhooks: who is told of events over HTTP, and what could not be delivered.</summary>
internal sealed class WebhooksApi(WebhookDesk hooks) : IApiModule
{
    private const int LongestUrl = 2000, ShortestSecret = 16, LongestSecret = 200, MostLetters = 100;

    private const string One = "/api/webhooks/{hook}", Letters = One + "/dead-letters", Letter = Letters + "/{event}";

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("GET", "/api/webhooks", "All webhooks, the oldest first.", call => call.AnswerAsync(
            new WebhookList { Webhooks = [.. hooks.All.Select(pair => WebhookEntry.Of(pair.Hook, pair.Report))] }, WebhooksJson.Default.WebhookList))
            with { Reply = WebhooksJson.Default.WebhookList },
        Route("POST", "/api/webhooks", "Makes a webhook: each event is sent to it as a signed POST, in order, at least once. The secret is told in this answer and never again.", AddAsync)
            with { Body = WebhooksJson.Default.NewWebhook, Reply = WebhooksJson.Default.MadeWebhook, Status = 201, Refusals = [409, 503] },
        Route("GET", One, "A webhook, and how its deliveries go.", call => AnswerAsync(call, Find(call))) with { Reply = WebhooksJson.Default.WebhookEntry },
        Route("PATCH", One, "Changes a webhook.", ChangeAsync) with { Body = WebhooksJson.Default.WebhookChange, Reply = WebhooksJson.Default.WebhookEntry },
        Route("DELETE", One, "Removes a webhook with its dead letters.", RemoveAsync) with { Reply = WebhooksJson.Default.DeliveryAnswer },
        Route("POST", One + "/test", "Sends a `ping`, once, and tells what came of it.", async call =>
            await SentAsync(call, await hooks.PingAsync(Find(call).Hook, call.Aborted).ConfigureAwait(false)).ConfigureAwait(false))
            with { Reply = WebhooksJson.Default.DeliveryAnswer },
        Route("GET", Letters, $"What could not be delivered in {WebhookDelivery.MostAttempts} tries, the newest first.", ListLettersAsync)
            with { Query = [new("limit", "integer", $"1–{MostLetters}; left out: {MostLetters}.")], Reply = WebhooksJson.Default.LetterList },
        Route("POST", Letter + "/resend", "Sends a dead letter once more. One that is taken is gone from the list.", async call =>
            await SentAsync(call, await hooks.ResendAsync(Find(call).Hook, FindLetter(call), call.Aborted).ConfigureAwait(false)).ConfigureAwait(false))
            with { Reply = WebhooksJson.Default.DeliveryAnswer },
        Route("DELETE", Letter, "Removes a dead letter.", call =>
        {
            Find(call);
            hooks.RemoveLetter(FindLetter(call));
            return SentAsync(call, null);
        }) with { Reply = WebhooksJson.Default.DeliveryAnswer },
    ];

    private static ApiRoute Route(string method, string path, string summary, Func<ApiCall, Task> handle) => new()
    {
        Method = method,
        Path = path,
        Group = "Webhooks",
        Scope = ApiScope.Admin,
        Summary = summary,
        Refusals = [503],
        Handle = async call =>
        {
            try
            {
                await handle(call).ConfigureAwait(false);
            }
            catch (SqliteException e)
            {
                throw new ApiError(503, ApiError.Storage, $"the webhooks' file cannot be used: {e.Message}");
            }
        },
    };

    private static Task AnswerAsync(ApiCall call, (Webhook Hook, WebhookReport Report) found) => call.AnswerAsync(WebhookEntry.Of(found.Hook, found.Report), WebhooksJson.Default.WebhookEntry);

    private static Task SentAsync(ApiCall call, string? error) => call.AnswerAsync(new DeliveryAnswer { Ok = error is null, Error = error }, WebhooksJson.Default.DeliveryAnswer);

    private static Uri CheckUrl(string text) =>
        text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo.Length: 0, Host.Length: > 0 }
            ? IsRefused(url) ? throw ApiError.Invalid($"url: nothing is sent to {url.Host}, an address of the link alone") : url
            : throw ApiError.Invalid($"url: absolute, http or https, without a user, at most {LongestUrl} characters");

    // What a name leads to is looked at with each delivery.
    private static bool IsRefused(Uri url) => IPAddress.TryParse(url.Host, out var address) && WebhookSender.IsRefused(address);

    private static string[] CheckTypes(string[] types) => EventQuery.AreTypes(types) ? types : throw ApiError.Invalid(EventQuery.TypesAllowed);

    private static string CheckSecret(string secret) => secret.Length is >= ShortestSecret and <= LongestSecret && secret.All(c => c is > ' ' and <= '~')
        ? secret
        : throw ApiError.Invalid($"secret: {ShortestSecret}–{LongestSecret} characters of ASCII without blanks");

    private (Webhook Hook, WebhookReport Report) Find(ApiCall call) => hooks.Find(call.Segment("hook")) ?? throw NoHook();

    private static ApiError NoHook() => ApiError.Missing("there is no webhook of that id; GET /api/webhooks lists all");

    private DeadLetter FindLetter(ApiCall call) =>
        (long.TryParse(call.Segment("event"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? hooks.FindLetter(call.Segment("hook"), id) : null)
        ?? throw ApiError.Missing("there is no dead letter of that event");

    private async Task AddAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(WebhooksJson.Default.NewWebhook).ConfigureAwait(false);
        var types = asked.Types is { Length: > 0 } given ? CheckTypes(given) : [];
        if (asked.Since < 0)
        {
            throw ApiError.Invalid("since: the id of an event, or 0");
        }

        var hook = hooks.Add(CheckUrl(asked.Url), asked.Secret is { } secret ? CheckSecret(secret) : null, types, asked.SessionId, asked.Since)
            ?? throw new ApiError(409, ApiError.InvalidState, $"there are {WebhookDesk.Most} webhooks already");
        await call.AnswerAsync(new MadeWebhook { Webhook = WebhookEntry.Of(hook, new WebhookReport(null, null, 0)), Secret = hook.Secret }, WebhooksJson.Default.MadeWebhook).ConfigureAwait(false);
    }

    private async Task ChangeAsync(ApiCall call)
    {
        Find(call);
        var asked = await call.BodyAsync(WebhooksJson.Default.WebhookChange).ConfigureAwait(false);
        var url = asked.Url is { } text ? CheckUrl(text) : null;
        var types = asked.Types is { } given ? given.Length > 0 ? CheckTypes(given) : [] : null;
        var secret = asked.Secret is { } other ? CheckSecret(other) : null;
        _ = await hooks.ChangeAsync(call.Segment("hook"), hook => hook with
        {
            Url = url ?? hook.Url,
            Types = types ?? hook.Types,
            Secret = secret ?? hook.Secret,
            IsActive = asked.Active ?? hook.IsActive,
        }).ConfigureAwait(false) ?? throw NoHook();
        await AnswerAsync(call, Find(call)).ConfigureAwait(false);
    }

    private async Task RemoveAsync(ApiCall call)
    {
        if (!await hooks.RemoveAsync(call.Segment("hook")).ConfigureAwait(false))
        {
            throw NoHook();
        }

        await SentAsync(call, null).ConfigureAwait(false);
    }

    private Task ListLettersAsync(ApiCall call)
    {
        var hook = Find(call).Hook;
        var letters = hooks.Letters(hook.Id, (int)call.Number("limit", MostLetters, 1, MostLetters));
        return call.AnswerAsync(new LetterList { DeadLetters = [.. letters.Select(EntryOf)] }, WebhooksJson.Default.LetterList);
    }

    private static LetterEntry EntryOf(DeadLetter letter) => new()
    {
        EventId = letter.EventId,
        Type = letter.Type,
        At = letter.At,
        Attempts = letter.Attempts,
        Error = letter.Error,
        Event = JsonElement.Parse(letter.Body.Span),
    };
}
