using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>When a terminal was used last.</summary>
/// <param name="Viewer">Its viewer's <see cref="Viewer.Id"/>.</param>
/// <param name="At">When something was typed, or it was attached.</param>
internal sealed record LastUse(int Viewer, DateTimeOffset At);

/// <summary>Where a session's person is, and how to call them. On the session's thread.</summary>
internal static class Attention
{
    // In front of a terminal that does not report its focus a person is taken to be so long after the last key.
    private static readonly TimeSpan TypingLimit = TimeSpan.FromSeconds(30);

    /// <summary>The person in control looks at the session: the terminal said last that it has the focus, or, where it does not say, was typed into just now.</summary>
    public static bool IsLookedAt(Session session, DateTimeOffset now) => session.Controller is { } viewer
        && ((session.Emulator.Modes.FocusReports ? viewer.HasFocus : null) ?? now - viewer.TypedAt <= TypingLimit);

    /// <summary>The one that was used last of the session's terminals that can show a desktop notification; null when there is none.</summary>
    public static LastUse? LastUsed(Session session) => session.Viewers
        .Where(viewer => viewer.Alerts is not null)
        .Select(viewer => new LastUse(viewer.Id, viewer.TypedAt ?? viewer.AttachedAt))
        .MaxBy(use => use.At);

    /// <summary>Has a terminal show a desktop notification as soon as it has all output. False when it is gone.</summary>
    public static bool Alert(Session session, int viewer, AlertNotice alert)
    {
        var called = session.Viewers.FirstOrDefault(other => other.Id == viewer);
        called?.Alert(alert with { Channel = called.Channel });
        return called is not null;
    }
}
