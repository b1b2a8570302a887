using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>What the policy came to, for one reading at one time.</summary>
/// <param name="Note">For people and the audit log.</param>
/// <param name="Rule">The rule that decided; null when none did.</param>
internal sealed record Ruling(PolicyNote Note, PolicyRule? Rule)
{
    public PolicyVerdict Verdict => Note.Verdict;
}
