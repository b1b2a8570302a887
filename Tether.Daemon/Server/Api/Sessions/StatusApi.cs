using System.Text.Json.Serialization;
using Tether.Daemon.Sessions;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>How many sessions there are, and which were active last.</summary>
internal sealed class StatusApi(SessionTable table, SessionView view) : IApiModule
{
    private const int MostRecent = 10;

    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/status/sessions",
            Group = "Sessions",
            Scope = ApiScope.Observe,
            Summary = "How many sessions there are in each state, and which were active last.",
            Reply = StatusJson.Default.SessionsStatus,
            Handle = AnswerAsync,
        },
    ];

    private async Task AnswerAsync(ApiCall call)
    {
        var records = await view.FreshAsync([.. table.Records]).ConfigureAwait(false);
        await call.AnswerAsync(
            new SessionsStatus
            {
                Total = records.Length,
                ByState = records.CountBy(SessionStates.Of).ToDictionary(),
                ByStatus = records.Select(SessionStates.StatusOf).OfType<string>().CountBy(status => status).ToDictionary(),
                RecentActivity =
                [
                    .. records.OrderByDescending(record => record.LastOutputAt).Take(MostRecent)
                        .Select(record => new RecentSession { Id = record.Id, Name = record.Title, State = SessionStates.Of(record), LastActivityAt = record.LastOutputAt }),
                ],
            },
            StatusJson.Default.SessionsStatus).ConfigureAwait(false);
    }
}

/// <summary>All sessions, counted.</summary>
internal sealed record SessionsStatus
{
    public required int Total { get; init; }

    /// <summary>As `{"RUNNING": 2, "EXITED": 5}`.</summary>
    public required Dictionary<string, int> ByState { get; init; }

    /// <summary>What their agents are up to, as `{"needs-approval": 1}`.</summary>
    public required Dictionary<string, int> ByStatus { get; init; }

    /// <summary>The latest first, at most 10.</summary>
    public required RecentSession[] RecentActivity { get; init; }
}

internal sealed record RecentSession
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionsStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
