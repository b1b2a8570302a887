using System.Globalization;
using System.Text.Json.Serialization;
using Tether.Daemon.Approvals.Audit;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Rules;

/// <summary>What was decided, by whom and why.</summary>
internal sealed class AuditApi(ApiRequests requests, AuditLog log) : IApiModule
{
    private const int MostEntries = 1000, UsualEntries = 100;

    private static readonly ApiParameter[] Which =
    [
        new("session", "string", "Only of this session, by its id."),
        new("since", "string", "Only at this time or later, as 2026-01-31T12:00:00Z."),
    ];

    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/audit",
            Group = "Audit",
            Scope = ApiScope.Observe,
            Summary = "The newest decisions, automatic or human, oldest first.",
            Query = [.. Which, new("limit", "integer", $"At most so many: 1–{MostEntries}, {UsualEntries} without it."), new("verify", "boolean", "Check the chain of hashes of the whole log.")],
            Reply = AuditJson.Default.AuditPage,
            Handle = ListAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/api/audit/export",
            Group = "Audit",
            Scope = ApiScope.Observe,
            Summary = "The whole log, a line of JSON for each decision as it stands in the file, with the chain of hashes.",
            Query = Which,
            Content = "application/jsonl",
            Handle = ExportAsync,
        },
    ];

    private async Task ListAsync(ApiCall call)
    {
        var reply = await requests.AskAsync<AuditReply>(
            call.Caller,
            new AuditRequest { Session = call.Query("session"), Since = Since(call), Limit = (int)call.Number("limit", UsualEntries, 1, MostEntries), Verify = call.Flag("verify") },
            call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(new AuditPage { Entries = reply.Entries, Count = reply.Count, Broken = reply.Broken }, AuditJson.Default.AuditPage).ConfigureAwait(false);
    }

    private async Task ExportAsync(ApiCall call)
    {
        var (session, since) = (call.Query("session"), Since(call));
        var response = call.Http.Response;
        response.ContentType = "application/jsonl; charset=utf-8";
        foreach (var line in log.Lines())
        {
            if ((session is null && since is null) || (AuditLine.Read(line.Span[..^1]) is { } entry && (session is null || entry.Session == session) && !(entry.At < since)))
            {
                await response.Body.WriteAsync(line, call.Aborted).ConfigureAwait(false);
            }
        }
    }

    private static DateTimeOffset? Since(ApiCall call) => call.Query("since") is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw ApiError.Invalid($"since={text}: a time as 2026-01-31T12:00:00Z");
}

internal sealed record AuditPage
{
    public required AuditEntry[] Entries { get; init; }

    /// <summary>How many entries the log has; with verify: that were checked.</summary>
    public required long Count { get; init; }

    /// <summary>Where the chain is broken and how; null when it is whole or was not checked.</summary>
    public required string? Broken { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditPage))]
internal sealed partial class AuditJson : JsonSerializerContext;
