using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Audit;

/// <summary>Rules that would have spared the person the most questions without ever deciding against him. Nothing that is risky is suggested.</summary>
internal static class Suggestions
{
    private const int LeastAllowed = 3;

    // Each is held against every request.
    private const int MostCandidates = 64;

    private const int MostSuggested = 20;

    public static SuggestedRule[] Of(IReadOnlyList<RecordedRequest> requests, ApprovalPolicy policy, DateTimeOffset now)
    {
        var candidates = requests
            .Where(request => request.WasAllowed && request.Reading.Facts.Risk != RiskLevel.High && policy.Judge(request.Reading, request.Subject, now).Verdict == PolicyVerdict.Ask)
            .Select(Candidate).OfType<PolicyRule>()
            .GroupBy(Name).Where(group => group.Count() >= LeastAllowed).OrderByDescending(group => group.Count()).Take(MostCandidates);
        return [.. candidates.Select(group => Suggest(group.First(), requests, policy)).OfType<SuggestedRule>()
            .OrderByDescending(suggestion => suggestion.Allowed).ThenBy(suggestion => suggestion.Why, StringComparer.Ordinal).Take(MostSuggested)];
    }

    private static PolicyRule? Candidate(RecordedRequest request)
    {
        if (request.Reading.SessionDirectory is not { } folder || folder == "/")
        {
            return null;
        }

        var rule = new PolicyRule { Verdict = PolicyVerdict.Allow, Directories = [folder], Origin = "suggested" };
        return request.Entry switch
        {
            { Command: not null } => Prefixes.Of(request.Reading) is { Length: > 0 } prefixes ? rule with { Commands = [.. prefixes.Order(StringComparer.Ordinal)] } : null,
            { ToolClass: ToolClass.Edit or ToolClass.Read, Tool: { Length: > 0 } tool } => rule with { Tools = [tool], Paths = [folder + "/**"] },
            { ToolClass: ToolClass.Network or ToolClass.Other, Tool: { Length: > 0 } tool } => rule with { Tools = [tool] },
            _ => null,
        };
    }

    private static SuggestedRule? Suggest(PolicyRule rule, IReadOnlyList<RecordedRequest> requests, ApprovalPolicy policy)
    {
        if (Rehearsal.Timeless(rule, out _) is not { } compiled)
        {
            return null;
        }

        RecordedRequest[] fitting = [.. requests.Where(request => Rehearsal.Fits(compiled, request, policy))];
        return fitting.Length >= LeastAllowed && fitting.All(request => request.WasAllowed && request.Reading.Facts.Risk != RiskLevel.High)
            ? new SuggestedRule { Rule = rule, Why = $"you allowed this {fitting.Length} times in {rule.Directories[0]}, and never denied it", Allowed = fitting.Length }
            : null;
    }

    private static string Name(PolicyRule rule) => string.Join('\n', [rule.Directories[0], "", .. rule.Commands, "", .. rule.Tools, "", .. rule.Paths]);
}
