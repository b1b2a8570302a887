using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>The policy as the queue asks it.</summary>
/// <param name="policy">The rules.</param>
/// <param name="endpointOf">Where a session's agent serves its protocol; null when it serves none.</param>
/// <param name="clock">The time.</param>
internal sealed class PolicyDesk(ApprovalPolicy policy, Func<string, string?> endpointOf, TimeProvider clock) : IPolicyDesk
{
    public Judgement Judge(Ask ask, SessionRecord session)
    {
        var subject = PolicySubject.Of(session, endpointOf(session.Id));
        var now = clock.GetUtcNow();
        var reading = policy.Read(ask, subject);
        var ruling = policy.Judge(reading, subject, now);
        return new Judgement(ruling.Note, reading.Facts, ruling.Verdict == PolicyVerdict.Ask ? policy.Offers(reading, subject, now) : []);
    }

    public bool TryUse(string rule) => policy.TryUse(rule, clock.GetUtcNow());

    public void ForgetEnded(Func<string, bool> runs) => policy.ForgetEnded(runs);

    public string Remember(string offer, Ask ask, SessionRecord session, string by)
    {
        var subject = PolicySubject.Of(session, endpointOf(session.Id));
        var now = clock.GetUtcNow();
        var rule = policy.RuleFor(offer, policy.Read(ask, subject), subject, now) ?? throw new KeyNotFoundException(offer);
        try
        {
            return policy.Add(rule with { Origin = $"always {offer}, by {CleanText.Line(by, 80)}" }, now).Id;
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            throw new RequestError(ErrorCode.Internal, $"the rule cannot be kept: {e.Message}; answer without it");
        }
    }
}
