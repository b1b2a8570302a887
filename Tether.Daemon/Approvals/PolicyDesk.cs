using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>Brings the queue's questions before the policy.</summary>
internal sealed class PolicyDesk(ApprovalPolicy policy, TimeProvider clock) : IPolicyDesk
{
    /// <summary>A rule was made; told after it counts.</summary>
    public Action? RuleAdded { get; set; }

    public Assessment Judge(Ask ask, SessionRecord session) => Assess(ask, session, policy.Judge);

    public Assessment Decide(Ask ask, SessionRecord session) => Assess(ask, session, policy.Decide);

    public string Remember(string offer, Ask ask, SessionRecord session, string by)
    {
        var (subject, now) = (PolicySubject.Of(session), clock.GetUtcNow());
        var rule = policy.RuleFor(offer, policy.Read(ask, subject), subject, now) ?? throw new KeyNotFoundException(offer);
        var kept = policy.Add(rule with { Origin = $"{by}, always, {now.ToLocalTime():yyyy-MM-dd HH:mm}" }, now);
        RuleAdded?.Invoke();
        return kept.Id;
    }

    private Assessment Assess(Ask ask, SessionRecord session, Func<Facts.AskReading, PolicySubject, DateTimeOffset, Judgement> judge)
    {
        var (subject, now) = (PolicySubject.Of(session), clock.GetUtcNow());
        var reading = policy.Read(ask, subject);
        var judgement = judge(reading, subject, now);
        return new Assessment(judgement.Note, reading.Facts, judgement.Verdict == PolicyVerdict.Ask ? policy.Offers(reading, subject, now) : []);
    }
}
