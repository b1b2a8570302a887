using Tether.Daemon.Approvals;
using Tether.Daemon.Approvals.Audit;
using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What clients ask of the policy and of the audit log. An agent that is supervised may look, and change nothing.</summary>
/// <param name="policy">The rules.</param>
/// <param name="log">The audit log.</param>
/// <param name="lookups">For sessions as clients write them.</param>
/// <param name="supervised">Who may not change rules.</param>
/// <param name="changed">Called when a rule is new: what it settles needs nobody any more.</param>
/// <param name="clock">The time.</param>
internal sealed class PolicyRequests(
    ApprovalPolicy policy, AuditLog log, SessionLookups lookups, SupervisedPeers supervised, Action changed, TimeProvider clock)
{
    private const int MostEntries = 1000;

    private readonly RecordedRequests _recorded = new(log, policy, lookups.FindRecord);

    public RulesReply List()
    {
        var (rules, warnings) = policy.Rules(clock.GetUtcNow());
        return new RulesReply { Rules = [.. rules], Warnings = [.. warnings] };
    }

    public RulesReply Add(ClientConnection connection, AddRuleRequest request)
    {
        RefuseSupervised(connection);
        try
        {
            var rule = request.Rule with
            {
                Sessions = [.. request.Rule.Sessions.Select(session => lookups.Record(session).Id)],
                Note = CleanText.Line(request.Rule.Note, 1000),
                Origin = request.Rule.Origin is "suggested" ? "suggested" : CleanText.Line($"added by {connection.Name}", 120),
            };
            var kept = policy.Add(rule, clock.GetUtcNow());
            changed();
            return new RulesReply { Rules = [kept] };
        }
        catch (FormatException e)
        {
            throw new RequestError(ErrorCode.BadRequest, e.Message);
        }
        catch (IOException e)
        {
            throw new RequestError(ErrorCode.Internal, $"the rule cannot be kept: {e.Message}");
        }
    }

    public void Remove(ClientConnection connection, RemoveRuleRequest request)
    {
        RefuseSupervised(connection);
        try
        {
            if (policy.Remove(request.Rule))
            {
                return;
            }
        }
        catch (IOException e)
        {
            throw new RequestError(ErrorCode.Internal, $"the rule cannot be removed: {e.Message}");
        }

        var named = CleanText.Line(request.Rule, 80);
        throw new RequestError(ErrorCode.UnknownRule, policy.Rules(clock.GetUtcNow()).Rules.FirstOrDefault(rule => rule.Id == request.Rule) is { } own
            ? $"the rule {named} stands in the person's own file ({own.Origin}): remove it there"
            : $"there is no rule {named}; `tether rules` lists them");
    }

    public RehearseReply Rehearse(RehearseRequest request) =>
        Rehearsal.Timeless(request.Rule, out var problem) is { } compiled ? Rehearsal.Of(request.Rule, _recorded.All(), policy, compiled)
            : throw new RequestError(ErrorCode.BadRequest, problem);

    public SuggestReply Suggest() => new() { Suggestions = Suggestions.Of(_recorded.All(), policy, clock.GetUtcNow()) };

    public AuditReply Audit(AuditRequest request)
    {
        if (request.Limit is < 1 or > MostEntries)
        {
            throw new RequestError(ErrorCode.BadRequest, $"a limit of {request.Limit}: allowed are 1–{MostEntries}");
        }

        var check = request.Verify ? log.Verify() : null;

        // The log goes further back than the list of sessions.
        var session = request.Session is { } given && lookups.FindRecord(given) is null ? FindSession(given) : request.Session;
        return new AuditReply
        {
            Entries = [.. log.Newest(entry => (session is null || entry.Session == session) && (request.Since is not { } since || entry.At >= since), request.Limit)],
            Count = check?.Count ?? log.Count,
            Broken = check?.Broken,
            File = log.File,
        };
    }

    private string FindSession(string given)
    {
        try
        {
            return lookups.Record(given).Id;
        }
        catch (RequestError e) when (e.Code == ErrorCode.UnknownSession && log.Newest(entry => entry.Session == given, 1).Count > 0)
        {
            return given;
        }
    }

    private void RefuseSupervised(ClientConnection connection)
    {
        if (supervised.Find(connection) is { } session)
        {
            throw new RequestError(ErrorCode.NotAllowed, $"this comes from inside session {session.Id} ({session.Title}): an agent that is supervised cannot change the rules");
        }
    }
}
