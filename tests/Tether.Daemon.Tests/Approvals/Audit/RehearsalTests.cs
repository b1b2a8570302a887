using Tether.Daemon.Approvals.Audit;
using Tether.Daemon.Tests.Approvals.Policy;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Audit;

public sealed class RehearsalTests : IDisposable
{
    private readonly PolicyRig _rig = new();
    private readonly ScratchDirectory _scratch = new();
    private readonly AuditLog _log;
    private int _items;

    public RehearsalTests() => _log = new AuditLog(_scratch.Path, TimeProvider.System, _ => { });

    public void Dispose()
    {
        _log.Dispose();
        _scratch.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task A_rule_is_told_by_what_people_answered()
    {
        await Record(31, "npm test", QueueDecision.Allow);
        await Record(2, "npm test -- --update", QueueDecision.Deny);
        await Record(5, "npm test && rm -rf x", QueueDecision.Allow);
        await Record(4, "ls", QueueDecision.Deny);
        await Record(9, "npm test", QueueDecision.Allow, surface: "rule");
        await Record(3, "npm test", QueueDecision.Deny, surface: "timeout");
        await Record(1, "npm test", QueueDecision.Allow, receipt: "not delivered: gone");
        var reply = Rehearse(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["npm test"], Uses = 1, Until = PolicyRig.Noon.AddYears(-1) });
        Assert.Equal((42, 33, 31, 2), (reply.Requests, reply.Fits, reply.Allowed, reply.Denied));
        Assert.All(reply.Against, entry => Assert.Equal("npm test -- --update", entry.Command));
        Assert.Equal(2, reply.Against.Length);

        var deny = Rehearse(new PolicyRule { Verdict = PolicyVerdict.Deny, Commands = ["rm -rf"] });
        Assert.Equal((5, 5, 0, 5), (deny.Fits, deny.Allowed, deny.Denied, deny.Against.Length));
    }

    [Fact]
    public async Task A_request_that_was_answered_again_counts_once_by_its_last_answer()
    {
        await Record(1, "npm test", QueueDecision.Allow, item: "again");
        await Record(1, "npm test", QueueDecision.Allow, receipt: "not delivered: another prompt is there", item: "again");
        await Record(1, "npm test", QueueDecision.Deny, item: "again");

        var reply = Rehearse(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["npm test"] });

        Assert.Equal((1, 0, 1), (reply.Requests, reply.Allowed, reply.Denied));
    }

    [Fact]
    public async Task What_was_always_allowed_and_never_denied_is_suggested_the_most_frequent_first()
    {
        await Record(3, "git status -s", QueueDecision.Allow);
        await Record(6, "npm test", QueueDecision.Allow);
        await Record(9, "make build", QueueDecision.Allow);
        await Record(1, "make build", QueueDecision.Deny);
        await Record(2, "ls", QueueDecision.Allow);
        await Record(7, "sudo apt update", QueueDecision.Allow);
        await Record(7, "rm -rf out", QueueDecision.Allow);
        await Record(7, "cat .env", QueueDecision.Allow);
        var suggestions = Suggest();
        Assert.Equal(["npm test", "git status"], suggestions.Select(suggestion => Assert.Single(suggestion.Rule.Commands)));
        Assert.Equal([6, 3], suggestions.Select(suggestion => suggestion.Allowed));
        Assert.All(suggestions, suggestion => Assert.Equal([_rig.Work], suggestion.Rule.Directories));

        _rig.Add(suggestions[0].Rule);
        Assert.Equal(["git status"], Suggest().Select(suggestion => suggestion.Rule.Commands[0]));
    }

    private RehearseReply Rehearse(PolicyRule rule) => Rehearsal.Of(rule, Recorded().All(), _rig.Policy, Rehearsal.Timeless(rule, out _)!);

    private SuggestedRule[] Suggest() => Suggestions.Of(Recorded().All(), _rig.Policy, PolicyRig.Noon);

    private RecordedRequests Recorded() => new(_log, _rig.Policy, _ => null);

    private async Task Record(int times, string command, QueueDecision decision, string surface = "cli", string receipt = "", string? item = null)
    {
        for (var i = 0; i < times; i++)
        {
            await _log.Append(new AuditEntry
            {
                Number = 0,
                At = PolicyRig.Noon,
                Session = "abcdefgh",
                Agent = "claude",
                Item = item ?? $"i{_items++}",
                Kind = QueueKind.Approval,
                Tool = "Bash",
                ToolClass = ToolClass.Command,
                Title = command,
                Command = command,
                Directory = _rig.Work,
                Decision = decision,
                By = "me",
                Surface = surface,
                Receipt = receipt,
            });
        }
    }
}
