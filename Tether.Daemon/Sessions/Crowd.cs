namespace Tether.Daemon.Sessions;

/// <summary>
/// What many who look on cost a session together: no more than a few do. Some get every byte, as far as they keep up; with more of them each is paced, the slower
/// the more there are. Whoever is in control is none of them.
/// </summary>
internal static class Crowd
{
    /// <summary>So many get every byte.</summary>
    public const int Few = 3;

    /// <summary>The interval that each one adds for all, in milliseconds: together they are shown 333 screens a second.</summary>
    public const int Share = 3;

    /// <summary>The least interval for each, see <see cref="Pacer"/>.</summary>
    public static int Interval(int observers) => observers <= Few ? Pacer.None : Math.Min(observers * Share, Pacer.Slowest);
}
