using Tether.Protocol.Terminal.Search;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Dashboard.Tiles;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>
/// One expression, looked for in what all sessions printed, running or ended: each is asked for its rows after the other, and the lines that match are
/// shown as they are found.
/// </summary>
internal sealed class SearchAllAction(DashboardContext context, MovingActions moving, HistoryActions history) : IActionGroup
{
    private const int MostOfOne = 200;

    private SearchPattern? _pattern;
    private int _search;

    public bool TryDo(DashboardCommand command)
    {
        if (command != DashboardCommand.SearchAll)
        {
            return false;
        }

        SearchAllView? view = null;
        view = new SearchAllView(text => Begin(text, view!));
        context.State.Popup = view;
        return true;
    }

    /// <summary>Shows a line that was found, in its session's history.</summary>
    public void GoTo(FoundLine line)
    {
        moving.GoTo(line.Session);
        if (_pattern is not { } pattern)
        {
            return;
        }

        history.Open(shown =>
        {
            var isThere = shown.Search(pattern);
            for (var i = 0; i < line.Ordinal && isThere; i++)
            {
                isThere = shown.Previous();
            }

            if (!isThere)
            {
                context.Say("that line is not there any more");
            }
        });
    }

    private string? Begin(string text, SearchAllView view)
    {
        if (!SearchPattern.TryRegex(text, SearchCase.Smart, out var pattern, out var error))
        {
            return error;
        }

        (_pattern, _search) = (pattern, _search + 1);
        Ask(new Queue<SessionItem>(context.Fleet.Sessions), view, pattern, _search, 0);
        return null;
    }

    private void Ask(Queue<SessionItem> open, SearchAllView view, SearchPattern pattern, int search, int found)
    {
        if (search != _search || view.IsClosed)
        {
            return;
        }

        context.State.IsDirty = true;
        if (!open.TryDequeue(out var item))
        {
            view.Status = found == 0 ? "nothing matches" : $"{found} {(found == 1 ? "match" : "matches")} · Enter goes there · Esc closes";
            return;
        }

        view.Status = $"{found} matches · searching {item.Record.Title} …";
        context.Link.Ask<CaptureReply>(
            new CaptureRequest { Session = item.Id, Scrollback = HistoryActions.Rows, Format = SessionReplica.CaptureFormat },
            captured => context.Host.InBackground(() => Find(item, captured, pattern), lines =>
            {
                if (search == _search)
                {
                    view.Add(lines);
                    Ask(open, view, pattern, search, found + lines.Count);
                }
            }),
            _ => Ask(open, view, pattern, search, found));
    }

    // The same rows and the same search as the session's history will have, so that the n-th match is the n-th there.
    private static List<Choice<FoundLine>> Find(SessionItem item, CaptureReply captured, SearchPattern pattern)
    {
        var emulator = SessionReplica.Paint(captured, HistoryActions.Rows);
        var lines = new List<Choice<FoundLine>>();
        long last = -1;
        foreach (var (match, ordinal) in TerminalSearch.FindAll(emulator, pattern, limit: MostOfOne).Select((match, ordinal) => (match, ordinal)))
        {
            if (match.FirstRow != last)
            {
                last = match.FirstRow;
                lines.Add(new(new FoundLine(item.Id, ordinal), $"{item.Record.Title}: {emulator.GetText(emulator.RowAt(match.FirstRow)).Trim()}"));
            }
        }

        return lines;
    }
}
