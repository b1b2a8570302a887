using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>All commands: each belongs to one group.</summary>
internal sealed class DashboardActions
{
    private readonly DashboardContext _context;
    private readonly IActionGroup[] _groups;

    public DashboardActions(DashboardContext context, DaemonFeed feed)
    {
        _context = context;
        Typing = new TypingActions(context);
        History = new HistoryActions(context);
        Moving = new MovingActions(context) { Leaving = LeaveSession };
        SearchAll = new SearchAllAction(context, Moving, History);
        Transcript = new TranscriptAction(context, History);
        Attention = new AttentionActions(context, Moving) { Dismissing = item => Answers!.Dismiss(item), Typing = () => Do(DashboardCommand.Type) };
        Sending = new AnswerSending(context, Attention);
        Answers = new AnswerActions(context, Attention, Sending);

        // Of Leave each takes what is its own, the last one the rest.
        _groups =
        [
            Typing, History, Moving, SearchAll, Transcript, Attention, Answers,
            new SessionActions(context, feed) { Leaving = LeaveForZoom },
            new CreateAction(context, feed, Moving),
            new BroadcastAction(context),
            new LayoutActions(context),
            new GeneralActions(context, Moving) { Do = Do, Leaving = Sending.SendAll },
        ];
    }

    public IReadOnlyList<IActionGroup> Groups => _groups;

    public TypingActions Typing { get; }

    public HistoryActions History { get; }

    public MovingActions Moving { get; }

    public SearchAllAction SearchAll { get; }

    public TranscriptAction Transcript { get; }

    public AttentionActions Attention { get; }

    public AnswerActions Answers { get; }

    public AnswerSending Sending { get; }

    public void Do(DashboardCommand command)
    {
        _context.State.IsDirty = true;
        foreach (var group in _groups)
        {
            if (group.TryDo(command))
            {
                return;
            }
        }

        if (_context.Focused is null)
        {
            _context.Say("there is no session");
        }
    }

    // Nobody sees the seconds count down while a session has the whole terminal.
    private void LeaveForZoom()
    {
        Sending.SendAll();
        LeaveSession();
    }

    private void LeaveSession()
    {
        Typing.Leave();
        History.Close();
    }
}
