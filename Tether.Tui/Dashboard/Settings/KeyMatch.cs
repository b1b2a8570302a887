namespace Tether.Tui.Dashboard.Settings;

/// <summary>What a key means in a mode: a command; the first of two keys (<see cref="IsPending"/>); or neither.</summary>
internal readonly record struct KeyMatch(DashboardCommand? Command, bool IsPending = false)
{
    /// <summary>No binding: while typing it belongs to the session.</summary>
    public static KeyMatch None => default;
}
