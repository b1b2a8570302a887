using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Items that come of an agent's state alone: it finished, failed, reached a limit, wants a login; or it stands still and nothing has told what for. At
/// most one for each session. Calls come one after another.
/// </summary>
internal sealed class StateItems(ApprovalQueue queue)
{
    private const string Key = "state";

    // Of each session, what stands in the queue.
    private readonly Dictionary<string, QueueKind> _standing = [];

    /// <summary>A session's agent is in this state now.</summary>
    public void Changed(string session, AgentStatus status)
    {
        switch (status.State)
        {
            case AgentState.Done:
                Stand(session, QueueKind.Done, status, "finished", AnswerWay.None);
                break;
            case AgentState.Failed:
                Stand(session, QueueKind.Failed, status, "failed", AnswerWay.None);
                break;
            case AgentState.LimitReached:
                Stand(session, QueueKind.Limit, status, "limit reached", AnswerWay.None);
                break;
            case AgentState.LoginNeeded:
                Stand(session, QueueKind.Login, status, "wants a login", AnswerWay.Terminal);
                break;
            case AgentState.NeedsApproval or AgentState.NeedsAnswer:
                // What it asks comes by a hook, a protocol or its screen; if by none of them, Unexplained is called.
                if (_standing.GetValueOrDefault(session) is QueueKind.Done or QueueKind.Failed or QueueKind.Limit or QueueKind.Login)
                {
                    Leave(session, "it asks something now");
                }

                break;
            default:
                Leave(session, "it goes on");
                break;
        }
    }

    /// <summary>When a question of the session was last settled; null when none was lately.</summary>
    public DateTimeOffset? SettledAt(string session) => queue.SettledAt(session, way => way != AnswerWay.None);

    /// <summary>For a while now an agent stands still, and nothing has told what for.</summary>
    public void Unexplained(string session, AgentStatus status)
    {
        if (!queue.IsAsking(session))
        {
            var isApproval = status.State == AgentState.NeedsApproval;
            Stand(session, isApproval ? QueueKind.Approval : QueueKind.Question, status, isApproval ? "asks for approval" : "asks something", AnswerWay.Terminal, isVague: true);
        }
    }

    /// <summary>Somebody has seen what the session did.</summary>
    public void Seen(string session)
    {
        if (_standing.GetValueOrDefault(session) is QueueKind.Done or QueueKind.Failed or QueueKind.Exited)
        {
            Leave(session, "seen");
        }
    }

    /// <summary>The program ended and nobody was there.</summary>
    public void Ended(SessionRecord session, string how)
    {
        _standing[session.Id] = QueueKind.Exited;
        queue.Open(new Ask { Session = session.Id, Key = Key, Kind = QueueKind.Exited, Title = $"ended: {how}", Way = AnswerWay.None }, null);
    }

    /// <summary>A session is over, and nothing of it stands in the queue.</summary>
    public void Forget(string session) => _standing.Remove(session);

    private void Stand(string session, QueueKind kind, AgentStatus status, string title, AnswerWay way, bool isVague = false)
    {
        if (_standing.TryGetValue(session, out var standing) && standing == kind)
        {
            return;
        }

        Leave(session, "something else now");
        _standing[session] = kind;
        queue.Open(
            new Ask
            {
                Session = session,
                Key = Key,
                Kind = kind,
                Title = status.Detail.Length > 0 ? status.Detail : title,
                Detail = status.Until is { } until ? $"until {until.ToLocalTime():yyyy-MM-dd HH:mm}" : "",
                Way = way,
                IsVague = isVague,
            },
            null);
    }

    private void Leave(string session, string reason)
    {
        _standing.Remove(session);
        queue.Close(session, ask => ask.Key == Key, reason);
    }
}
