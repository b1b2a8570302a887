using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.Tokens;

/// <summary>A token that was made, without itself: only its hash is kept. Times are UTC.</summary>
internal sealed record ApiToken
{
    public required string Id { get; init; }

    /// <summary>What the person called it.</summary>
    public required string Name { get; init; }

    /// <summary>Names of scopes.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the token.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; null when it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    [JsonIgnore]
    public ApiScope ScopeFlags => ApiScopes.Parse(Scopes) ?? ApiScope.None;
}

/// <summary>tokens.json.</summary>
internal sealed record ApiTokenFile
{
    public required ApiToken[] Tokens { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiTokenFile))]
internal sealed partial class ApiTokenFileJson : JsonSerializerContext;
