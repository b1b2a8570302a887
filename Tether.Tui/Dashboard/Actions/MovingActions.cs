using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>From session to session.</summary>
internal sealed class MovingActions(DashboardContext context) : IActionGroup
{
    // Who only passes by has not looked.
    private const int LookMilliseconds = 1500;

    private long _arrivedAt;

    /// <summary>Called before another session gets the focus.</summary>
    public Action Leaving { get; init; } = static () => { };

    private DashboardState State => context.State;

    private IReadOnlyList<SessionItem> Sessions => context.Roster.Sessions;

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case >= DashboardCommand.Focus1 and <= DashboardCommand.Focus9: FocusIndex(command - DashboardCommand.Focus1); break;
            case DashboardCommand.FocusNext: FocusBy(1); break;
            case DashboardCommand.FocusPrevious: FocusBy(-1); break;
            case DashboardCommand.FocusFirst: FocusIndex(0); break;
            case DashboardCommand.FocusLast: FocusIndex(Sessions.Count - 1); break;
            case DashboardCommand.FocusLeft: FocusTowards(-1, 0); break;
            case DashboardCommand.FocusRight: FocusTowards(1, 0); break;
            case DashboardCommand.FocusUp: FocusTowards(0, -1); break;
            case DashboardCommand.FocusDown: FocusTowards(0, 1); break;
            case DashboardCommand.PageNext: FocusPage(1); break;
            case DashboardCommand.PagePrevious: FocusPage(-1); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Gives a session the focus.</summary>
    public void Focus(string id)
    {
        if (id == State.Focused)
        {
            return;
        }

        Leaving();
        TurnAway();
        (State.Focused, State.Arrival, _arrivedAt, State.IsDirty) = (id, NewsOf(id), context.Host.Milliseconds, true);
    }

    /// <summary>Focuses a session wherever it is; what it had to tell is seen.</summary>
    public void GoTo(string id)
    {
        if (context.Fleet.Find(id) is null)
        {
            context.Say("that session is gone");
            return;
        }

        context.Roster.Reveal(id);
        Focus(id);
        State.Mode = State.Mode == DashboardMode.Queue ? DashboardMode.Navigate : State.Mode;
        context.Looked(id);
    }

    /// <summary>The focus stays where it is if that is still in sight; else it goes to the first session that runs, else to the first.</summary>
    public void Keep()
    {
        if (context.Roster.IndexOf(State.Focused) < 0)
        {
            var next = Sessions.FirstOrDefault(item => item.Record.State == SessionState.Running) ?? (Sessions.Count > 0 ? Sessions[0] : null);
            Leaving();
            (State.Focused, State.Arrival, _arrivedAt) = (next?.Id, next is null ? null : NewsOf(next.Id), context.Host.Milliseconds);
        }
    }

    /// <summary>The person leaves the focused session, or the dashboard: what it shows now has been seen, unless he only passed by.</summary>
    public void TurnAway()
    {
        if (State.Focused is { } id && State.Mode != DashboardMode.Queue && context.Host.Milliseconds - _arrivedAt >= LookMilliseconds)
        {
            context.Looked(id);
        }
    }

    private Absence? NewsOf(string id) => context.Fleet.Find(id) is { } item ? context.Fleet.AbsenceFrom(id, item.Record.OutputRow) : null;

    private int FocusedIndex => context.Roster.IndexOf(State.Focused);

    private void FocusIndex(int index)
    {
        if (index >= 0 && index < Sessions.Count)
        {
            Focus(Sessions[index].Id);
        }
    }

    private void FocusBy(int by)
    {
        if (Sessions.Count > 0)
        {
            FocusIndex((FocusedIndex + by + Sessions.Count) % Sessions.Count);
        }
    }

    private void FocusPage(int by)
    {
        var slots = State.Tiles.Slots;
        if (slots.Count > 0)
        {
            FocusIndex(by > 0 ? slots.Max(slot => slot.Index) + 1 : slots.Min(slot => slot.Index) - 1);
        }
    }

    // The nearest tile on that side; where there is none, the next or previous of the list.
    private void FocusTowards(int right, int down)
    {
        if (State.IsListInFront || State.SlotOf(State.Focused) is not { } from)
        {
            FocusIndex(FocusedIndex + right + down);
            return;
        }

        var (column, row) = (from.Area.Column + (from.Area.Columns / 2), from.Area.Row + (from.Area.Rows / 2));
        var best = State.Tiles.Slots
            .Where(slot => right != 0
                ? Math.Sign(slot.Area.Column - from.Area.Column) == right && slot.Area.Row < from.Area.Bottom && slot.Area.Bottom > from.Area.Row
                : Math.Sign(slot.Area.Row - from.Area.Row) == down && slot.Area.Column < from.Area.Right && slot.Area.Right > from.Area.Column)
            .OrderBy(slot => Math.Abs(slot.Area.Column + (slot.Area.Columns / 2) - column) + Math.Abs(slot.Area.Row + (slot.Area.Rows / 2) - row))
            .Select(slot => (int?)slot.Index)
            .FirstOrDefault();
        FocusIndex(best ?? FocusedIndex + right + down);
    }
}
