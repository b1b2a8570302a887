namespace Tether.Tui.Dashboard.Model;

/// <summary>One thing that needs a human.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Session">The session's id.</param>
/// <param name="Since">When it happened first.</param>
/// <param name="Text">The newest text: the notification, or how the session ended; untrusted, may be empty.</param>
/// <param name="Times">How often it happened since somebody looked.</param>
internal sealed record AttentionItem(AttentionKind Kind, string Session, DateTimeOffset Since, string Text, int Times = 1)
{
    /// <summary>In a few words, to stand behind the session's title.</summary>
    public string Words => Kind switch
    {
        AttentionKind.Bell => Times > 1 ? $"rang the bell {Times} times" : "rang the bell",
        AttentionKind.Notification => Text.Length > 0 ? Text : "sent a notification",
        AttentionKind.WaitingQuietly => "went quiet",
        AttentionKind.Finished => "finished",
        AttentionKind.Failed => Text.Length > 0 ? $"failed: {Text}" : "failed",
        _ => Text.Length > 0 ? $"lost: {Text}" : "lost",
    };
}
