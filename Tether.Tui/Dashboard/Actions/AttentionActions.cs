using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>The queue of what needs a human.</summary>
internal sealed class AttentionActions(DashboardContext context, MovingActions moving) : IActionGroup
{
    private DashboardState State => context.State;

    private IReadOnlyList<AttentionItem> Items => context.Fleet.Queue.Items;

    private (string Session, AttentionKind Kind)? _chosen;

    private AttentionItem? Chosen => State.QueueIndex < Items.Count ? Items[State.QueueIndex] : null;

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.NextAttention: GoToNext(); break;
            case DashboardCommand.Queue when Items.Count == 0: context.Say("nothing needs you"); break;
            case DashboardCommand.Queue:
                (State.Mode, State.QueueIndex) = (DashboardMode.Queue, 0);
                State.Announce("QUEUE: keys choose among what needs you", context.Host.Milliseconds);
                Show();
                break;
            case DashboardCommand.QueueNext: Move(1); break;
            case DashboardCommand.QueuePrevious: Move(-1); break;
            case DashboardCommand.QueueOpen: Open(); break;
            case DashboardCommand.Dismiss: Dismiss(); break;
            default: return false;
        }

        return true;
    }

    /// <summary>The chosen item stays chosen while others come and go; when none is left, keys belong to the dashboard again.</summary>
    public void Keep()
    {
        if (State.Mode != DashboardMode.Queue || (Chosen is { } chosen && (chosen.Session, chosen.Kind) == _chosen))
        {
            return;
        }

        State.IsDirty = true;
        if (Items.Count == 0)
        {
            State.Mode = DashboardMode.Navigate;
            return;
        }

        for (var i = 0; i < Items.Count; i++)
        {
            State.QueueIndex = (Items[i].Session, Items[i].Kind) == _chosen ? i : State.QueueIndex;
        }

        Move(0);
    }

    private void GoToNext()
    {
        if (context.Fleet.Queue.Next(State.Focused) is { } next)
        {
            moving.GoTo(next.Session);
        }
        else if (Items.Count > 0 && State.Focused is { } here)
        {
            moving.GoTo(here);
        }
        else
        {
            context.Say("nothing needs you");
        }
    }

    private void Open()
    {
        if (Chosen is { } item)
        {
            moving.GoTo(item.Session);
            State.Mode = DashboardMode.Navigate;
        }
    }

    private void Move(int by)
    {
        State.QueueIndex = Math.Clamp(State.QueueIndex + by, 0, Math.Max(0, Items.Count - 1));
        Show();
    }

    // The session of the chosen item is the one that stands out; it is not looked at yet.
    private void Show()
    {
        if (State.Mode == DashboardMode.Queue && Chosen is { } item)
        {
            _chosen = (item.Session, item.Kind);
            context.Roster.Reveal(item.Session);
            moving.Focus(item.Session);
        }
    }

    private void Dismiss()
    {
        var item = State.Mode == DashboardMode.Queue ? Chosen : Items.FirstOrDefault(item => item.Session == State.Focused);
        if (item is null)
        {
            context.Say("nothing of this session is in the queue");
            return;
        }

        context.Fleet.Dismiss(item, context.Now);
        Keep();
    }
}
