using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>Items of the daemon's queue in words.</summary>
internal static class AskedText
{
    /// <summary>In one line, to stand behind the session's title.</summary>
    public static string Words(QueueItem item) => item.Kind switch
    {
        QueueKind.Approval => $"may I? {item.Title}",
        QueueKind.Question => $"asks: {item.Title}",
        QueueKind.Plan => $"has a plan: {item.Title}",
        QueueKind.Dialog => $"shows a dialog: {item.Title}",
        QueueKind.Login => $"login needed: {item.Title}",
        QueueKind.Failed => $"failed: {item.Title}",
        QueueKind.Limit => $"limit: {item.Title}",
        QueueKind.Done => $"done: {item.Title}",
        _ => $"exited: {item.Title}",
    };

    /// <summary>The status whose sign and style the item has.</summary>
    public static SessionStatus StatusOf(QueueItem item) => item.Kind switch
    {
        QueueKind.Approval => SessionStatus.NeedsApproval,
        QueueKind.Question or QueueKind.Plan or QueueKind.Dialog => SessionStatus.NeedsAnswer,
        QueueKind.Login => SessionStatus.LoginNeeded,
        QueueKind.Failed => SessionStatus.Failed,
        QueueKind.Limit => SessionStatus.LimitReached,
        QueueKind.Done => SessionStatus.Done,
        _ => SessionStatus.Exited,
    };

    /// <summary>In which of the daemon's three parts an item stands: what an agent stands still for, what went wrong, news.</summary>
    public static int Urgency(QueueItem item) => IsQuestion(item) ? 0 : item.Kind is QueueKind.Failed or QueueKind.Limit ? 1 : 2;

    /// <summary>What was decided, as `allowed`.</summary>
    public static string Decided(QueueDecision decision) => decision switch
    {
        QueueDecision.Allow => "allowed",
        QueueDecision.Deny => "denied",
        QueueDecision.Answer => "answered",
        _ => "dismissed",
    };

    /// <summary>True while the agent stands still for it.</summary>
    public static bool IsQuestion(QueueItem item) => item.Kind is QueueKind.Approval or QueueKind.Question or QueueKind.Plan or QueueKind.Dialog or QueueKind.Login;
}
