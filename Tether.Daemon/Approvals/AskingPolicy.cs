using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>The policy of a daemon without one: a person decides.</summary>
internal sealed class AskingPolicy : IPolicyDesk, IAuditLog
{
    public Judgement Judge(Ask ask, SessionRecord session) =>
        new(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, []);

    public void Used(string rule)
    {
    }

    public string Remember(string offer, Ask ask, SessionRecord session, string by) => throw new KeyNotFoundException(offer);

    public void Append(AuditEntry entry)
    {
    }
}
