using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>One thing that needs a human.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Session">The session's id.</param>
/// <param name="Since">When it happened first.</param>
/// <param name="Text">The newest text: the notification, or how the session ended; untrusted, may be empty.</param>
/// <param name="Times">How often it happened since somebody looked.</param>
internal sealed record AttentionItem(AttentionKind Kind, string Session, DateTimeOffset Since, string Text, int Times = 1)
{
    /// <summary>What the daemon's queue says of it; null for what the dashboard noticed itself.</summary>
    public QueueItem? Asked { get; init; }

    /// <summary>The person put it off: it stands behind all others and needs nobody yet.</summary>
    public bool IsSnoozed { get; init; }

    /// <summary>By which it is known again when the queue changes.</summary>
    public string Key => Asked?.Id ?? $"{Session} {Kind}";

    /// <summary>True if somebody is needed: not for what only finished, and what was put off.</summary>
    public bool IsNeed => !IsSnoozed && Kind is not (AttentionKind.Finished or AttentionKind.Told) && Asked?.Kind is not (QueueKind.Done or QueueKind.Exited);

    /// <summary>In a few words, to stand behind the session's title.</summary>
    public string Words => Kind switch
    {
        AttentionKind.Asked => AskedText.Words(Asked!),
        AttentionKind.Told => Text,
        AttentionKind.Bell => Times > 1 ? $"rang the bell {Times} times" : "rang the bell",
        AttentionKind.Notification => Text.Length > 0 ? Text : "sent a notification",
        AttentionKind.WaitingQuietly => "went quiet",
        AttentionKind.Finished => "finished",
        AttentionKind.Failed => Text.Length > 0 ? $"failed: {Text}" : "failed",
        _ => Text.Length > 0 ? $"lost: {Text}" : "lost",
    };

    public static AttentionItem Of(QueueItem item, DateTimeOffset now) => new(AttentionKind.Asked, item.Session, item.AskedAt, item.Title)
    {
        Asked = item,
        IsSnoozed = item.SnoozedUntil > now,
    };
}
