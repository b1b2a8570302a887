using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>Help, palette, and out.</summary>
internal sealed class GeneralActions(DashboardContext context, MovingActions moving) : IActionGroup
{
    /// <summary>Carries out what the palette was asked for.</summary>
    public required Action<DashboardCommand> Do { get; init; }

    /// <summary>Called before the dashboard is left; false where something is still to be said.</summary>
    public Func<bool> Leaving { get; init; } = static () => true;

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Quit when !Leaving(): break;
            case DashboardCommand.Quit: context.Host.Quit(ExitCodes.Done); break;
            case DashboardCommand.Redraw: context.Host.Redraw(); break;
            case DashboardCommand.Help: context.State.Popup = new HelpView(context.Bindings); break;
            case DashboardCommand.Palette: context.State.Popup = new PaletteView(Choices()); break;
            case DashboardCommand.Leave: context.State.Mode = DashboardMode.Navigate; break;
            default: return false;
        }

        return true;
    }

    // What means something only in the queue or in a history is of no use elsewhere.
    private List<Choice<Action>> Choices()
    {
        var choices = context.Roster.Sessions
            .Select(item => new Choice<Action>(() => moving.GoTo(item.Id), $"go to {item.Record.Title}", $"{AgentLabel.Of(item.Record)} · {item.Word}"))
            .ToList();
        var mode = context.State.Mode == DashboardMode.Queue ? DashboardMode.Queue : DashboardMode.Navigate;
        foreach (var entry in CommandTable.All.Where(entry => entry.IsEverywhere || (mode == DashboardMode.Queue && entry.Queue.Length > 0)))
        {
            choices.Add(new(() => Do(entry.Command), $"{entry.Name}: {entry.Description}", context.Bindings.LabelOf(mode, entry.Command) ?? ""));
        }

        return choices;
    }
}
