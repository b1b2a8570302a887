using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Alerts;

/// <summary>What a person is told about an item, on a desktop that others may see.</summary>
internal static class Alert
{
    private const int MostTitle = 80;

    /// <param name="item">The item.</param>
    /// <param name="session">Its session; null when that is forgotten.</param>
    /// <param name="withContent">What the agent asks is told too.</param>
    public static AlertNotice Of(QueueItem item, SessionRecord? session, bool withContent)
    {
        var agent = item.Agent.Length > 0 ? item.Agent : "a session";
        var where = CleanText.Line(session?.Title is { Length: > 0 } title ? title : item.Session, MostTitle);
        return new AlertNotice
        {
            Item = item.Id,
            Title = $"{CleanText.Line(agent, MostTitle)} {Words(item.Kind)}",
            Text = withContent && item.Title.Length > 0 ? $"{where}: {CleanText.Line(item.Title)}" : where,
        };
    }

    /// <summary>True for what nobody waits for: it may be over before it is worth a word.</summary>
    public static bool CanWait(QueueKind kind) => kind is QueueKind.Failed or QueueKind.Limit or QueueKind.Done or QueueKind.Exited;

    private static string Words(QueueKind kind) => kind switch
    {
        QueueKind.Approval => "needs approval",
        QueueKind.Question => "asks a question",
        QueueKind.Plan => "has a plan to approve",
        QueueKind.Dialog => "waits in a dialog",
        QueueKind.Login => "needs a login",
        QueueKind.Failed => "failed",
        QueueKind.Limit => "reached its limit",
        QueueKind.Done => "is done",
        _ => "ended",
    };
}
