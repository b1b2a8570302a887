namespace Tether.Tui.Dashboard.Settings;

/// <summary>To whom the keys belong.</summary>
internal enum DashboardMode
{
    /// <summary>To the dashboard: going from session to session.</summary>
    Navigate,

    /// <summary>To the focused session, all but the chord that leaves; also while it is zoomed.</summary>
    Type,

    /// <summary>To the queue of what needs a human.</summary>
    Queue,

    /// <summary>To the scrollback of the focused session.</summary>
    Scroll,
}
