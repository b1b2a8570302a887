namespace Tether.Tui.Dashboard.Settings;

/// <summary>The keys that matter now, for the bottom line.</summary>
internal static class KeyHints
{
    /// <summary>Keys as people read them and what each does in a word or two: the three that matter most come first, the others are for wide lines.</summary>
    public static IReadOnlyList<(string Keys, string Hint)> For(KeyBindings bindings, HintSituation situation) =>
    [
        .. (situation is { Mode: DashboardMode.Queue, Card: { } card } ? card : Commands(situation).Select(command => (command, HintOf(bindings, situation, command))))
            .Select(hint => (Keys: bindings.LabelOf(situation.Mode, hint.Item1), Hint: hint.Item2))
            .Where(hint => hint.Keys is not null)
            .Select(hint => (hint.Keys!, hint.Hint)),
    ];

    // Who has zoomed sees nothing of the dashboard, so this must be told before.
    private static string HintOf(KeyBindings bindings, HintSituation situation, DashboardCommand command) =>
        command == DashboardCommand.Zoom && !situation.IsNarrow && bindings.LabelOf(DashboardMode.Type, DashboardCommand.Leave) is { } leave
            ? $"zoom, {leave} back"
            : CommandTable.Of(command).Hint;

    private static DashboardCommand[] Commands(HintSituation situation) => situation switch
    {
        { Mode: DashboardMode.Type } => [DashboardCommand.Leave],
        { Mode: DashboardMode.Queue } => [DashboardCommand.QueueOpen, DashboardCommand.Dismiss, DashboardCommand.Leave],
        { Mode: DashboardMode.Scroll, IsSelecting: true } => [DashboardCommand.Copy, DashboardCommand.Leave, DashboardCommand.Help],
        { Mode: DashboardMode.Scroll } =>
        [
            DashboardCommand.Leave, DashboardCommand.Search, DashboardCommand.LastLook,
            DashboardCommand.ScreenUp, DashboardCommand.ScreenDown, DashboardCommand.Select, DashboardCommand.Copy,
        ],
        { HasSession: false } => [DashboardCommand.Create, DashboardCommand.Help, DashboardCommand.Quit],
        { HasEnded: true } =>
        [
            situation.NeedsYou ? DashboardCommand.NextAttention : DashboardCommand.Scroll, DashboardCommand.Delete, DashboardCommand.Help,
            DashboardCommand.Quit, DashboardCommand.FocusNext, DashboardCommand.Create,
        ],
        _ =>
        [
            situation.NeedsYou ? DashboardCommand.NextAttention : DashboardCommand.Zoom, DashboardCommand.Type, DashboardCommand.Help,
            DashboardCommand.Quit, DashboardCommand.FocusNext, situation.NeedsYou ? DashboardCommand.Zoom : DashboardCommand.Scroll,
            DashboardCommand.Create, DashboardCommand.Palette,
        ],
    };
}
