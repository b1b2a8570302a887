using System.Text.Json.Serialization.Metadata;

namespace Tether.Daemon.Server.Api;

/// <summary>
/// One way in, described well enough to make its part of the OpenAPI document, of docs/api.md and of the fuzzer's requests: what is not described here
/// does not exist.
/// </summary>
internal sealed record ApiRoute
{
    /// <summary>The media type of most answers.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of server-sent events, which do not end.</summary>
    public const string EventStream = "text/event-stream";

    /// <summary>`GET`, `POST` …</summary>
    public required string Method { get; init; }

    /// <summary>As `/api/sessions/{id}/events`: a name in braces takes one segment.</summary>
    public required string Path { get; init; }

    public required ApiScope Scope { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The group that it stands in, as `Sessions`.</summary>
    public required string Group { get; init; }

    public ApiParameter[] Query { get; init; } = [];

    /// <summary>The shape of the body; null for none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>The shape of the answer; null when it is none of JSON (see <see cref="Content"/>).</summary>
    public JsonTypeInfo? Reply { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string Content { get; init; } = Json;

    /// <summary>The status of a success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Statuses of refusals beyond 401, 403, 404, 413, 422 and 429.</summary>
    public int[] Refusals { get; init; } = [];

    /// <summary>The largest body in bytes.</summary>
    public int MostBytes { get; init; } = 1 << 20;

    public required Func<ApiCall, Task> Handle { get; init; }
}

/// <summary>A parameter of the query.</summary>
/// <param name="Name">As it stands in the query.</param>
/// <param name="Type">`string`, `integer`, `number` or `boolean`.</param>
/// <param name="Text">What it means, its limits and what its absence means.</param>
internal sealed record ApiParameter(string Name, string Type, string Text);

/// <summary>A part of the API: its routes, in the order in which people should read of them.</summary>
internal interface IApiModule
{
    IEnumerable<ApiRoute> Routes { get; }
}
