using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api;

/// <summary>Whether somebody is there.</summary>
internal sealed class HealthApi(string version) : IApiModule
{
    private const int Protocol = 1;

    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/health",
            Group = "Health",
            Scope = ApiScope.None,
            Summary = "Whether the daemon is there. Needs no token.",
            Reply = HealthJson.Default.HealthReply,
            Handle = call => call.AnswerAsync(new HealthReply { Ok = true, Version = version, Protocol = Protocol }, HealthJson.Default.HealthReply),
        },
    ];
}

internal sealed record HealthReply
{
    public required bool Ok { get; init; }

    /// <summary>The daemon's product version.</summary>
    public required string Version { get; init; }

    /// <summary>The version of the WebSocket protocol at /v1.</summary>
    public required int Protocol { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReply))]
internal sealed partial class HealthJson : JsonSerializerContext;
