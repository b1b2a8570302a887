using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>How the dashboard divides the screen, the list and its colours. All but the folds is remembered.</summary>
internal sealed class LayoutActions(DashboardContext context) : IActionGroup
{
    private DashboardState State => context.State;

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.LayoutNext: SetLayout((TileArrangement)(((int)context.Settings.Layout + 1) % Enum.GetValues<TileArrangement>().Length)); break;
            case DashboardCommand.LayoutGrid: SetLayout(TileArrangement.Grid); break;
            case DashboardCommand.LayoutMain: SetLayout(TileArrangement.Main); break;
            case DashboardCommand.LayoutColumns: SetLayout(TileArrangement.Columns); break;
            case DashboardCommand.LayoutSingle: SetLayout(TileArrangement.Single); break;
            case DashboardCommand.MakeMain: MakeMain(); break;
            case DashboardCommand.Grow when State.Focused is { } id: Resize(() => context.Weights.Grow(id)); break;
            case DashboardCommand.Shrink when State.Focused is { } id: Resize(() => context.Weights.Shrink(id)); break;
            case DashboardCommand.EqualSizes: Resize(() => context.Weights = new TileWeights()); break;
            case DashboardCommand.FoldList: FoldList(); break;
            case DashboardCommand.FoldGroup: FoldGroup(); break;
            case DashboardCommand.UnfoldGroups: context.Roster.UnfoldAll(); break;
            case DashboardCommand.ShowEnded: ShowEnded(); break;
            case DashboardCommand.GroupNext: SetGrouping((Grouping)(((int)context.Settings.Grouping + 1) % Enum.GetValues<Grouping>().Length)); break;
            case DashboardCommand.GroupNone: SetGrouping(Grouping.None); break;
            case DashboardCommand.GroupDirectory: SetGrouping(Grouping.Directory); break;
            case DashboardCommand.GroupTag: SetGrouping(Grouping.Tag); break;
            case DashboardCommand.GroupHost: SetGrouping(Grouping.Host); break;
            case DashboardCommand.ThemeNext: NextTheme(); break;
            default: return false;
        }

        return true;
    }

    private void SetLayout(TileArrangement layout)
    {
        context.Remember(context.Settings with { Layout = layout });
        context.Say($"layout: {layout.ToString().ToLowerInvariant()}");
    }

    private void MakeMain()
    {
        State.Main = State.Focused;
        if (context.Settings.Layout != TileArrangement.Main)
        {
            SetLayout(TileArrangement.Main);
        }
    }

    private void Resize(Action change)
    {
        change();
        context.Remember(context.Settings with { Sizes = context.Weights.ToString() });
    }

    private void SetGrouping(Grouping grouping)
    {
        context.Remember(context.Settings with { Grouping = grouping });
        context.Say($"list by: {(grouping == Grouping.None ? "age" : grouping.ToString().ToLowerInvariant())}");
    }

    private void FoldList()
    {
        if (State.Layout is { IsOneColumn: true })
        {
            State.IsListInFront = !State.IsListInFront;
        }
        else
        {
            context.Remember(context.Settings with { IsListFolded = !context.Settings.IsListFolded });
        }
    }

    private void FoldGroup()
    {
        if (State.Focused is { } id && context.Roster.GroupOf(id) is { Name.Length: > 0 } group)
        {
            context.Roster.Toggle(group);
            context.Say($"{group.Name} is folded: {group.Sessions.Count} of {context.Fleet.Sessions.Count} sessions");
        }
        else
        {
            context.Say("there are no groups to fold");
        }
    }

    private void ShowEnded()
    {
        if (context.Fleet.Groups.FirstOrDefault(group => group.IsPast) is { } past)
        {
            context.Roster.Toggle(past);
        }
        else
        {
            context.Say("no session had ended before");
        }
    }

    private void NextTheme()
    {
        string[] names = [DashboardSettings.DefaultTheme, .. Schemes.Names];
        var next = names[(Array.IndexOf(names, context.Settings.Theme) + 1) % names.Length];
        context.Remember(context.Settings with { Theme = next });
        context.Say($"theme: {next}");
    }
}
