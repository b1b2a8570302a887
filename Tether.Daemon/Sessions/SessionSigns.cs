using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>What of a program's events stays in its session's record, for those who look later.</summary>
internal static class SessionSigns
{
    /// <summary>The record after an event of this kind, with a text as <see cref="SessionEventText"/> writes it.</summary>
    public static SessionRecord Seen(SessionRecord record, string kind, string text, DateTimeOffset at) => kind switch
    {
        "bell" or "notification" => record with { BellAt = at },
        "progress" => record with { Progress = text.StartsWith("0 ", StringComparison.Ordinal) ? null : text },
        _ => record,
    };
}
