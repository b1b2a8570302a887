using Tether.Daemon.Approvals.Facts;
using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>A request of the log that a person answered, taken apart anew.</summary>
/// <param name="Entry">As it was recorded.</param>
/// <param name="Reading">By what is on the disk now.</param>
/// <param name="Subject">Who asked, as far as it is still known.</param>
internal sealed record RecordedRequest(AuditEntry Entry, AskReading Reading, PolicySubject Subject)
{
    public bool WasAllowed => Entry.Decision == QueueDecision.Allow;
}

/// <summary>Finds what people decided, for rehearsals and suggestions.</summary>
internal sealed class RecordedRequests(AuditLog log, ApprovalPolicy policy, Func<string, SessionRecord?> findSession)
{
    // More is older than anybody's habits.
    private const int Most = 5000;

    // The queue's mark behind the command of a request that was allowed otherwise than it was asked.
    private const string ChangedMark = " (changed to ";

    /// <summary>Oldest first; of a request that was answered again, because an answer did not arrive, the last answer.</summary>
    public IReadOnlyList<RecordedRequest> All() => [.. log.Newest(IsHuman, Most).Reverse().DistinctBy(entry => entry.Item).Reverse().Select(Read)];

    private RecordedRequest Read(AuditEntry entry)
    {
        var session = findSession(entry.Session);
        var subject = session is not null ? PolicySubject.Of(session)
            : new PolicySubject { Session = entry.Session, Agent = entry.Agent, Directory = entry.Directory.StartsWith('/') ? entry.Directory : "/" };
        var isEdit = entry.ToolClass == ToolClass.Edit;
        var ask = new Ask
        {
            Session = entry.Session,
            Key = entry.Item,
            Kind = entry.Kind,
            Title = entry.Title,
            Tool = entry.Tool,
            ToolClass = entry.ToolClass,
            Command = entry.Command,
            Directory = entry.Directory.Length > 0 ? entry.Directory : null,
            Edits = isEdit ? [.. entry.Paths.Select(path => new FileEdit { Path = path })] : [],
            Paths = isEdit || entry.Command is not null ? [] : entry.Paths,
        };
        return new RecordedRequest(entry, policy.Read(ask, subject), subject);
    }

    private static bool IsHuman(AuditEntry entry) => entry is { Kind: QueueKind.Approval, Decision: QueueDecision.Allow or QueueDecision.Deny }
        && entry.Surface is not (DecisionText.RuleSurface or DecisionText.TimeoutSurface or DecisionText.AuditSurface)
        && !entry.Receipt.StartsWith(DecisionText.NotDelivered, StringComparison.Ordinal)
        && entry.Command?.Contains(ChangedMark, StringComparison.Ordinal) != true;
}
