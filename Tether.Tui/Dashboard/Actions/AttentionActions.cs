using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>The queue of what needs a human.</summary>
internal sealed class AttentionActions(DashboardContext context, MovingActions moving) : IActionGroup
{
    private DashboardState State => context.State;

    private IReadOnlyList<AttentionItem> Items => context.Fleet.Queue.Items;

    private string? _chosen;

    /// <summary>The item that keys act on while they belong to the queue; null otherwise.</summary>
    public AttentionItem? Chosen => State.Mode == DashboardMode.Queue && State.QueueIndex < Items.Count ? Items[State.QueueIndex] : null;

    /// <summary>Its key, also when it has just gone; null while keys do not belong to the queue.</summary>
    public string? ChosenKey => State.Mode == DashboardMode.Queue ? _chosen : null;

    /// <summary>Takes an item of the daemon's queue out, which only the daemon can.</summary>
    public Action<QueueItem> Dismissing { get; init; } = static _ => { };

    /// <summary>Called for an item that has to be answered in its session's terminal, which has the focus by then.</summary>
    public Action Typing { get; init; } = static () => { };

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.NextAttention: GoToNext(); break;
            case DashboardCommand.Queue when Items.Count == 0: context.Say("nothing needs you"); break;
            case DashboardCommand.Queue:
                Choose(Items[0].Key);
                break;
            case DashboardCommand.QueueNext: Move(1); break;
            case DashboardCommand.QueuePrevious: Move(-1); break;
            case DashboardCommand.QueueOpen: Open(); break;
            case DashboardCommand.Dismiss: Dismiss(); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Gives the keys to the queue, with one of its items chosen.</summary>
    public void Choose(string key)
    {
        if (State.Mode != DashboardMode.Queue)
        {
            moving.TurnAway();
            State.Mode = DashboardMode.Queue;
            State.Announce("QUEUE: keys answer what needs you", context.Host.Milliseconds);
        }

        State.QueueIndex = Math.Max(0, IndexOf(key));
        Show();
    }

    /// <summary>
    /// Goes on to the next item that waits for somebody, behind the chosen one or from the top: to what an agent stands still for, then to anything. Stays
    /// where there is none.
    /// </summary>
    public void GoOn()
    {
        var others = Enumerable.Range(1, Math.Max(0, Items.Count - 1))
            .Select(step => Items[(State.QueueIndex + step) % Items.Count])
            .Where(item => !item.IsSnoozed && State.Answers.Find(item.Key) is null && item.Asked?.State != QueueState.Answering)
            .OrderBy(item => item.Asked is not { } asked || !AskedText.IsQuestion(asked));
        if (others.FirstOrDefault() is { } next)
        {
            Choose(next.Key);
        }
    }

    /// <summary>The chosen item stays chosen while others come and go; when none is left, keys belong to the dashboard again.</summary>
    public void Keep()
    {
        if (State.Mode != DashboardMode.Queue || Chosen?.Key == _chosen)
        {
            return;
        }

        State.IsDirty = true;
        if (Items.Count == 0)
        {
            State.Mode = DashboardMode.Navigate;
            return;
        }

        State.QueueIndex = IndexOf(_chosen) is var index and >= 0 ? index : State.QueueIndex;
        Move(0);
    }

    private int IndexOf(string? key)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (Items[i].Key == key)
            {
                return i;
            }
        }

        return -1;
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
            if (item.Asked is { } asked && AskedText.IsQuestion(asked))
            {
                Typing();
            }
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
            _chosen = item.Key;
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

        if (item.Asked is { } asked)
        {
            Dismissing(asked);
            return;
        }

        if (item.Kind == AttentionKind.Told && context.Fleet.Find(item.Session) is { } session)
        {
            context.Seen(session);
        }

        context.Fleet.Dismiss(item, context.Now);
        Keep();
    }
}
