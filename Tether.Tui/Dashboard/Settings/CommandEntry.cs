namespace Tether.Tui.Dashboard.Settings;

/// <summary>One command as help, palette, bottom line and key file know it.</summary>
/// <param name="Command">Which.</param>
/// <param name="Topic">Its section of the help.</param>
/// <param name="Name">As the palette and the key file call it: lower case, joined by `-`.</param>
/// <param name="Hint">One or two words for the bottom line.</param>
/// <param name="Description">What it does, in the imperative.</param>
internal sealed record CommandEntry(DashboardCommand Command, CommandTopic Topic, string Name, string Hint, string Description)
{
    /// <summary>Names of the keys it has in <see cref="DashboardMode.Navigate"/> unless the person says otherwise; the first is shown.</summary>
    public string[] Navigate { get; init; } = [];

    /// <inheritdoc cref="Navigate"/>
    public string[] Queue { get; init; } = [];

    /// <inheritdoc cref="Navigate"/>
    public string[] Scroll { get; init; } = [];

    /// <summary>It means something whatever is shown: not only in the queue or in a history.</summary>
    public bool IsEverywhere => Navigate.Length > 0 || (Queue.Length == 0 && Scroll.Length == 0);

    /// <summary>The default keys in a mode. None while typing: the one chord that leaves is a setting of its own.</summary>
    public IReadOnlyList<string> KeysIn(DashboardMode mode) => mode switch
    {
        DashboardMode.Navigate => Navigate,
        DashboardMode.Queue => Queue,
        DashboardMode.Scroll => Scroll,
        _ => [],
    };
}
