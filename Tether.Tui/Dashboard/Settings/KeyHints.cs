namespace Tether.Tui.Dashboard.Settings;

/// <summary>The keys that matter now, for the bottom line.</summary>
internal static class KeyHints
{
    /// <summary>At most three keys as people read them and what each does in a word or two; commands without a key are left out.</summary>
    /// <param name="bindings">As they are.</param>
    /// <param name="mode">To whom the keys belong.</param>
    /// <param name="hasSessions">False in the empty state.</param>
    /// <param name="needsYou">The queue is not empty.</param>
    public static IReadOnlyList<(string Keys, string Hint)> For(KeyBindings bindings, DashboardMode mode, bool hasSessions, bool needsYou)
    {
        DashboardCommand[] commands = mode switch
        {
            DashboardMode.Type => [DashboardCommand.Leave],
            DashboardMode.Queue => [DashboardCommand.QueueOpen, DashboardCommand.Dismiss, DashboardCommand.Leave],
            DashboardMode.Scroll => [DashboardCommand.LastLook, DashboardCommand.Search, DashboardCommand.Leave],
            _ when !hasSessions => [DashboardCommand.Create, DashboardCommand.Help, DashboardCommand.Quit],
            _ => [needsYou ? DashboardCommand.NextAttention : DashboardCommand.Zoom, DashboardCommand.Type, DashboardCommand.Help],
        };
        return
        [
            .. commands.Select(command => (Keys: bindings.LabelOf(mode, command), CommandTable.Of(command).Hint))
                .Where(hint => hint.Keys is not null)
                .Select(hint => (hint.Keys!, hint.Hint)),
        ];
    }
}
