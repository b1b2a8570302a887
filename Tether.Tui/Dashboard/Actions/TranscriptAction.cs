using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>What was said in the focused session, from its agent's store: the newest part at once, older ones when they are scrolled to, and what comes while the newest is shown.</summary>
internal sealed class TranscriptAction(DashboardContext context, HistoryActions history) : IActionGroup
{
    private const int PageEntries = 300;
    private const int BetweenLooksMilliseconds = 1000;

    private TranscriptView? _view;
    private string _session = "";
    private bool _isAsking;

    /// <summary>When to look for more, by the host's clock; 0 for never.</summary>
    public long NextLookAt { get; private set; }

    private TranscriptView? Shown => _view is { IsClosed: false } && context.State.Popup == _view ? _view : null;

    public bool TryDo(DashboardCommand command)
    {
        if (command != DashboardCommand.Transcript || context.Focused is not { } item)
        {
            return false;
        }

        (_session, _isAsking) = (item.Id, false);
        context.State.Popup = _view = new TranscriptView(PlainText.Of(item.Record.Title)) { Copy = history.CopyText, WantsEarlier = AskEarlier };
        Ask(null, PageEntries, Take);
        return true;
    }

    /// <summary>Looks for what was said since, when it is time.</summary>
    public void Advance()
    {
        if (Shown is not { } view)
        {
            NextLookAt = 0;
        }
        else if (!_isAsking && NextLookAt > 0 && context.Host.Milliseconds >= NextLookAt)
        {
            Ask(view.End, PageEntries, Take);
        }
    }

    private void Take(TranscriptView view, TranscriptReply reply)
    {
        view.Source = $"{reply.Session.Agent} · {reply.Session.Id}";
        if (reply.Count < view.End)
        {
            // The agent went back to an earlier point, or began its file anew.
            view.Clear();
            Ask(null, PageEntries, Take);
            return;
        }

        view.Append(reply.Entries);
        var isBehind = reply.Entries.Length > 0 && view.End < reply.Count;
        NextLookAt = context.Host.Milliseconds + (isBehind ? 0 : BetweenLooksMilliseconds);
    }

    private void AskEarlier()
    {
        if (Shown is { First: > 0 } view && !_isAsking)
        {
            var from = Math.Max(0, view.First - PageEntries);
            Ask(from, view.First - from, (shown, reply) => shown.Prepend(reply.Entries));
        }
    }

    private void Ask(int? from, int limit, Action<TranscriptView, TranscriptReply> then)
    {
        var asking = _view;
        _isAsking = true;
        context.Link.Ask<TranscriptReply>(
            new TranscriptRequest { Session = _session, From = from, Limit = limit },
            reply =>
            {
                if (asking == _view)
                {
                    _isAsking = false;
                    if (Shown is { } view)
                    {
                        then(view, reply);
                        context.State.IsDirty = true;
                    }
                }
            },
            reason =>
            {
                if (asking == _view)
                {
                    (_isAsking, NextLookAt) = (false, 0);
                    if (Shown is { } view)
                    {
                        (view.Status, context.State.IsDirty) = (reason, true);
                    }
                }
            });
    }
}
