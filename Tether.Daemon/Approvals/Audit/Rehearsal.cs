using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>What one rule would have done to what people decided. Its hours are held against the time of each request; its count and its end are not.</summary>
internal static class Rehearsal
{
    private const int MostAgainst = 100;

    public static RehearseReply Of(PolicyRule rule, IReadOnlyList<RecordedRequest> requests, ApprovalPolicy policy, CompiledRule compiled)
    {
        RecordedRequest[] fitting = [.. requests.Where(request => Fits(compiled, request, policy))];
        var against = fitting.Where(request => rule.Verdict switch
        {
            PolicyVerdict.Allow => !request.WasAllowed,
            PolicyVerdict.Deny => request.WasAllowed,
            _ => false,
        });
        return new RehearseReply
        {
            Requests = requests.Count,
            Fits = fitting.Length,
            Allowed = fitting.Count(request => request.WasAllowed),
            Denied = fitting.Count(request => !request.WasAllowed),
            Against = [.. against.Reverse().Take(MostAgainst).Select(request => request.Entry)],
        };
    }

    /// <summary>Whether the rule alone would have decided as it says.</summary>
    public static bool Fits(CompiledRule rule, RecordedRequest request, ApprovalPolicy policy) =>
        policy.Rehearse(rule, request.Reading, request.Subject, request.Entry.At) == rule.Rule.Verdict;

    /// <summary>The rule without what only counts from now on; null, and why, when it says nothing that can be kept.</summary>
    public static CompiledRule? Timeless(PolicyRule rule, out string problem) => CompiledRule.Of(rule with { Id = rule.Id.Length > 0 ? rule.Id : "rehearsed", Uses = null, Until = null }, out problem);
}
