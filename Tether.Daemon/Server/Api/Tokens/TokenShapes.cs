using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.Tokens;

/// <summary>What a new token is to be.</summary>
internal sealed record NewToken
{
    public const double LongestSeconds = 10 * 366 * 86_400.0;

    /// <summary>One line of 1–64 characters, for lists and the audit log.</summary>
    public required string Name { get; init; }

    /// <summary>One or more of observe, input, approve, admin.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Seconds from now, instead.</summary>
    public double? ExpiresInS { get; init; }
}

/// <summary>A token that was just made.</summary>
internal sealed record MadeToken
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The token itself.</summary>
    public required string Token { get; init; }
}

/// <summary>A token in the list.</summary>
internal sealed record TokenEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; null when it never was.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    public static TokenEntry Of(ApiToken token) =>
        new() { Id = token.Id, Name = token.Name, Scopes = token.Scopes, CreatedAt = token.CreatedAt, ExpiresAt = token.ExpiresAt, LastUsedAt = token.LastUsedAt };
}

internal sealed record TokenListReply
{
    public required TokenEntry[] Tokens { get; init; }
}

/// <summary>Done; there is nothing more to say.</summary>
internal sealed record Done
{
    public bool Ok { get; init; } = true;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(MadeToken))]
[JsonSerializable(typeof(TokenListReply))]
[JsonSerializable(typeof(Done))]
internal sealed partial class TokensJson : JsonSerializerContext;
