using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>
/// What is on the disk before an agent hears an answer: the rule that a person's `always` makes, a use less of the rule that decided, the line in the audit
/// log. Waits for the disk, so it is never called under the queue's lock.
/// </summary>
internal sealed class DecisionRecorder(IQueueHost host, IPolicyDesk policy, IAuditLog audit)
{
    public const string AuditProblem = "the audit log cannot be written";

    // A disk that takes longer is as good as a full one.
    private static readonly TimeSpan AuditLimit = TimeSpan.FromSeconds(2);

    /// <param name="item">What is answered.</param>
    /// <param name="ask">The same as its agent brought it.</param>
    /// <param name="answer">A person's, or the policy's.</param>
    public async Task<Recorded> RecordAsync(QueueItem item, Ask ask, QueueAnswer answer)
    {
        var prepared = answer.Surface == DecisionText.RuleSurface ? Count(ask, answer) : Remember(item, ask, answer);
        if (prepared.Answer is not { } decided || await IsAudited(item, decided).ConfigureAwait(false))
        {
            return prepared;
        }

        if (decided is not { Surface: DecisionText.RuleSurface, Decision: QueueDecision.Allow })
        {
            return new Recorded(decided with { Receipt = AuditProblem + " now" });
        }

        // What waits to be written is not true any more.
        _ = audit.Append(DecisionText.EntryOf(item, decided with { Receipt = DecisionText.NotDelivered + AuditProblem }));
        return new Recorded(null, Asking(AuditProblem + ", and nothing is allowed unasked that is not in it", []));
    }

    private async Task<bool> IsAudited(QueueItem item, QueueAnswer answer)
    {
        try
        {
            return await audit.Append(DecisionText.EntryOf(item, answer)).WaitAsync(AuditLimit, host.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private Recorded Remember(QueueItem item, Ask ask, QueueAnswer answer)
    {
        if (answer is not { Always: { } always, Rule: null } || always.StartsWith("agent", StringComparison.Ordinal) || host.Find(item.Session) is not { } session)
        {
            return new Recorded(answer);
        }

        try
        {
            return new Recorded(answer with { Rule = policy.Remember(always, ask, session, answer.By) });
        }
        catch (KeyNotFoundException e)
        {
            return new Recorded(null, null, new RequestError(ErrorCode.BadRequest, $"“{always}” cannot be kept as a rule, and nothing was answered: {e.Message}"));
        }
        catch (RequestError e)
        {
            return new Recorded(null, null, e);
        }
    }

    // Another question may have had the rule's last use: then the others decide, or a person.
    private Recorded Count(Ask ask, QueueAnswer answer)
    {
        if (answer.Rule is not { } rule || policy.TryUse(rule))
        {
            return new Recorded(answer);
        }

        if (host.Find(ask.Session) is not { } session)
        {
            return new Recorded(null, Asking("its session is gone", []));
        }

        var judgement = policy.Judge(ask, session);
        return judgement.Note.Verdict == PolicyVerdict.Ask ? new Recorded(null, judgement)
            : judgement.Note.Rule is not { } other || (other != rule && policy.TryUse(other)) ? new Recorded(DecisionText.ByPolicy(judgement.Note, answer.At))
            : new Recorded(null, Asking($"the rule {other} cannot be counted", judgement.Offers));
    }

    private static Judgement Asking(string why, AlwaysOffer[] offers) => new(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = why }, null, offers);
}
