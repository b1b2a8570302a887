using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>Commands that belong together.</summary>
internal interface IActionGroup
{
    /// <summary>Carries a command out; false for one of another group.</summary>
    bool TryDo(DashboardCommand command);
}
