using System.Text.Json;
using System.Text.Json.Serialization;
using Tether.Daemon.Events.Webhooks;

namespace Tether.Daemon.Server.Api.Webhooks;

/// <summary>A webhook as it is listed; never its secret.</summary>
internal sealed record WebhookEntry
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary>Empty for all types.</summary>
    public required string[] Types { get; init; }

    /// <summary>Only this session's events; null for all.</summary>
    public string? SessionId { get; init; }

    public required bool Active { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The `id` of the last event that was delivered, given up or left out.</summary>
    public required long Cursor { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>Why the present event could not be delivered; null when all is well.</summary>
    public string? LastError { get; init; }

    /// <summary>How often the present event was tried.</summary>
    public required int Attempts { get; init; }

    public static WebhookEntry Of(Webhook hook, WebhookReport report) => new()
    {
        Id = hook.Id,
        Url = hook.Url.AbsoluteUri,
        Types = hook.Types,
        SessionId = hook.Session,
        Active = hook.IsActive,
        CreatedAt = hook.CreatedAt,
        Cursor = hook.Cursor,
        LastDeliveredAt = report.DeliveredAt,
        LastError = report.LastError,
        Attempts = report.Attempts,
    };
}

internal sealed record WebhookList
{
    public required WebhookEntry[] Webhooks { get; init; }
}

/// <summary>A webhook to be made.</summary>
internal sealed record NewWebhook
{
    /// <summary>Absolute, http or https. It may be on this machine or in its network, but nothing is sent to link-local addresses (169.254.0.0/16, fe80::/10).</summary>
    public required string Url { get; init; }

    /// <summary>Left out or empty: all types.</summary>
    public string[]? Types { get; set; }

    /// <summary>Left out: all sessions.</summary>
    public string? SessionId { get; set; }

    /// <summary>16–200 characters; left out: one is made.</summary>
    public string? Secret { get; set; }

    /// <summary>It is told of events with a greater `id`; left out: from now on.</summary>
    public long? Since { get; set; }
}

/// <summary>The webhook that was made. Its secret is told here and never again.</summary>
internal sealed record MadeWebhook
{
    public required WebhookEntry Webhook { get; init; }

    public required string Secret { get; init; }
}

/// <summary>What is to be another; what is left out stays.</summary>
internal sealed record WebhookChange
{
    public string? Url { get; set; }

    public string[]? Types { get; set; }

    public string? Secret { get; set; }

    /// <summary>False: nothing is delivered until it is true again; then what happened meanwhile is.</summary>
    public bool? Active { get; set; }
}

/// <summary>What one delivery came to.</summary>
internal sealed record DeliveryAnswer
{
    public required bool Ok { get; init; }

    public string? Error { get; init; }
}

/// <summary>An event that could not be delivered.</summary>
internal sealed record LetterEntry
{
    public required long EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>When it was given up.</summary>
    public required DateTimeOffset At { get; init; }

    public required int Attempts { get; init; }

    public required string Error { get; init; }

    /// <summary>The event, as it was sent.</summary>
    public required JsonElement Event { get; init; }
}

internal sealed record LetterList
{
    /// <summary>The newest first.</summary>
    public required LetterEntry[] DeadLetters { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookEntry))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(NewWebhook))]
[JsonSerializable(typeof(MadeWebhook))]
[JsonSerializable(typeof(WebhookChange))]
[JsonSerializable(typeof(DeliveryAnswer))]
[JsonSerializable(typeof(LetterList))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
