namespace Tether.Daemon.Events.Webhooks;

/// <summary>Who is told of events over HTTP. Immutable.</summary>
internal sealed record Webhook
{
    /// <summary>12 characters of `a`–`z` and `2`–`9`.</summary>
    public required string Id { get; init; }

    /// <summary>Absolute, http or https, without a user.</summary>
    public required Uri Url { get; init; }

    /// <summary>What deliveries are signed with.</summary>
    public required string Secret { get; init; }

    /// <summary>Empty for all types.</summary>
    public required string[] Types { get; init; }

    /// <summary>Only this session's; null for all.</summary>
    public string? Session { get; init; }

    public bool IsActive { get; init; } = true;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last event that was delivered, given up or left out, by its <see cref="LoggedEvent.Id"/>.</summary>
    public required long Cursor { get; init; }
}
