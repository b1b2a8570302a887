namespace Tether.Tui.Dashboard.Tiles;

/// <summary>Milliseconds between two pictures of a session that prints more than a little; a little comes at once.</summary>
internal static class DashboardPace
{
    /// <summary>The session that is typed into.</summary>
    public const int Live = 16;

    /// <summary>A tile on the screen: ten pictures a second are enough for what nobody types into.</summary>
    public const int Seen = 100;

    /// <summary>A session that is only in the list, for its last line.</summary>
    public const int Listed = 1000;
}
