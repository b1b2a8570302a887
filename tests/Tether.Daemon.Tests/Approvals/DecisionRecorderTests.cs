using System.Collections.Concurrent;
using Tether.Daemon.Approvals;
using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

/// <summary>What is on the disk before an agent hears an answer, and what becomes of the answer when it is not.</summary>
public sealed class DecisionRecorderTests
{
    private readonly QueueRig _rig = new();
    private readonly ConcurrentQueue<QueueAnswer> _delivered = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_decision_is_in_the_audit_log_before_the_agent_hears_it(bool isRule)
    {
        var written = new TaskCompletionSource<bool>();
        _rig.OnAppend = _ => written.Task;
        _rig.Verdict = _ => isRule ? QueueRig.Says(PolicyVerdict.Allow, "r1") : Asks();
        var wasWritten = false;
        var id = _rig.Queue.Open(QueueRig.Command("one", "k1", "touch a"), _ =>
        {
            wasWritten = written.Task.IsCompleted;
            return Task.FromResult("delivered");
        });
        var answering = isRule ? null : _rig.Allow(id);
        Soon.Is(() => !_rig.Audit.IsEmpty);
        Assert.Equal(QueueState.Answering, _rig.Item(id).State);
        written.SetResult(true);

        Assert.Equal(QueueState.Answered, _rig.Ended(id).State);
        Assert.True(wasWritten);
        Assert.Equal("", Assert.Single(_rig.Audit).Receipt);
        answering?.Ends();
    }

    [Fact]
    public void A_persons_answer_goes_through_when_the_log_cannot_be_written_and_says_so()
    {
        _rig.OnAppend = _ => Task.FromResult(false);

        var answered = _rig.Allow(Open("touch a")).Result();

        Assert.Equal("delivered; the audit log cannot be written now", answered.Answer!.Receipt);
        Assert.Single(_delivered);
        Assert.Single(_rig.Audit);
    }

    [Fact]
    public void Nothing_is_allowed_unasked_that_cannot_be_written_down()
    {
        var arrived = new List<QueueItem>();
        _rig.Queue.Arrived = arrived.Add;
        _rig.OnAppend = _ => Task.FromResult(false);
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Allow, "r1");

        var id = Open("touch a");

        Soon.Is(() => arrived.Count == 1);
        var item = _rig.Item(id);
        Assert.Equal((QueueState.Open, PolicyVerdict.Ask), (item.State, item.Policy!.Verdict));
        Assert.StartsWith("the audit log cannot be written", item.Policy.Why, StringComparison.Ordinal);
        Assert.Empty(_delivered);
        Assert.Equal(["", "not delivered: the audit log cannot be written"], _rig.Audit.Select(entry => entry.Receipt));
        Assert.Equal(QueueState.Answered, _rig.Allow(id).Result().State);
    }

    [Fact]
    public void What_a_rule_denies_is_denied_though_it_cannot_be_written_down_yet()
    {
        _rig.OnAppend = _ => Task.FromResult(false);
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Deny, "r1");

        Assert.Equal(QueueDecision.Deny, _rig.Ended(Open("rm a")).Answer!.Decision);

        Assert.Single(_delivered);
    }

    [Fact]
    public void A_disk_that_does_not_answer_is_waited_for_no_longer_than_a_full_one()
    {
        _rig.OnAppend = _ => new TaskCompletionSource<bool>().Task;
        var answering = _rig.Allow(Open("touch a"));

        Soon.Is(() =>
        {
            _rig.Hand.Move(TimeSpan.FromSeconds(1));
            return answering.IsCompleted;
        });

        Assert.Contains("cannot be written", answering.Result().Answer!.Receipt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_whose_last_use_is_gone_leaves_the_question_to_a_person()
    {
        var arrived = new ConcurrentQueue<QueueItem>();
        _rig.Queue.Arrived = arrived.Enqueue;
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Allow, "r1");
        _rig.OnUse = _ =>
        {
            _rig.Verdict = _ => new Judgement(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, [new AlwaysOffer { Id = "prefix", Text = "touch …" }]);
            return false;
        };

        var id = Open("touch a");

        Soon.Is(() => !arrived.IsEmpty);
        var item = _rig.Item(id);
        Assert.Equal((QueueState.Open, "no rule fits", "prefix"), (item.State, item.Policy!.Why, Assert.Single(item.Always).Id));
        Assert.Empty(_rig.Audit);
        Assert.Empty(_delivered);
    }

    [Fact]
    public void Where_a_rules_last_use_is_gone_another_rule_decides()
    {
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Allow, "r1");
        _rig.OnUse = rule =>
        {
            _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Deny, "r2");
            return rule == "r2";
        };

        var answer = _rig.Ended(Open("touch a")).Answer!;

        Assert.Equal(("r2", QueueDecision.Deny), (answer.Rule, answer.Decision));
        Assert.Equal("r2", Assert.Single(_rig.Audit).Rule);
    }

    [Fact]
    public void A_rule_that_cannot_be_counted_does_not_decide()
    {
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Allow, "r1");
        _rig.OnUse = _ => false;

        var id = Open("touch a");

        Soon.Is(() => _rig.Item(id).State == QueueState.Open);
        Assert.Equal("the rule r1 cannot be counted", _rig.Item(id).Policy!.Why);
    }

    [Fact]
    public void The_queue_is_free_while_the_disk_is_waited_for()
    {
        var seen = new ConcurrentQueue<int>();
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Allow, "r1");
        _rig.OnUse = _ => IsFree();
        _rig.OnAppend = _ => Task.FromResult(IsFree());
        _rig.Ended(Open("touch a"));

        Assert.Equal(2, seen.Count);

        bool IsFree()
        {
            seen.Enqueue(Task.Run(() => _rig.Queue.Items().Length).Result());
            return true;
        }
    }

    [Fact]
    public void An_always_that_cannot_be_kept_leaves_the_question_open_and_says_why()
    {
        _rig.Verdict = _ => new Judgement(Asks().Note, null, [new AlwaysOffer { Id = "prefix", Text = "touch …" }, new AlwaysOffer { Id = "gone", Text = "gone" }]);
        var id = Open("touch a");

        var refused = Assert.Throws<RequestError>(() => _rig.Queue.Answer(new AnswerRequest { Item = id, Decision = QueueDecision.Allow, Always = "gone" }, "ann").GetAwaiter().GetResult());

        Assert.Equal(ErrorCode.BadRequest, refused.Code);
        Assert.Contains("nothing was answered", refused.Message, StringComparison.Ordinal);
        Assert.Equal((QueueState.Open, null), (_rig.Item(id).State, _rig.Item(id).Answer));
        Assert.Empty(_rig.Audit);
        Assert.Equal("rule for touch a", _rig.Queue.Answer(new AnswerRequest { Item = id, Decision = QueueDecision.Allow, Always = "prefix" }, "ann").Result().Answer!.Rule);
        Assert.Equal("rule for touch a", Assert.Single(_rig.Audit).Rule);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_killed_daemon_had_recorded_is_not_recorded_again(bool wasRecorded)
    {
        var id = _rig.Queue.Open(QueueRig.Command("one", "k1", "touch a"), _ => throw new DeliveryException("gone", mayComeBack: true));
        _ = _rig.Allow(id);
        Soon.Is(() => _rig.Saved[id].Item.State == QueueState.Answering && !_rig.Audit.IsEmpty);
        var next = new QueueRig();
        if (wasRecorded)
        {
            next.Audit.Enqueue(_rig.Audit.Single());
        }

        next.Queue.Restore(_rig.Saved.Values);
        next.Queue.Open(QueueRig.Command("one", "k1", "touch a"), Deliver);

        Assert.Equal(QueueState.Answered, next.Ended(id).State);
        Assert.Single(_delivered);
        Assert.Equal(id, Assert.Single(next.Audit).Item);
    }

    [Fact]
    public void A_question_that_is_settled_while_its_answer_is_recorded_is_closed_and_the_answer_stays_here()
    {
        var written = new TaskCompletionSource<bool>();
        _rig.OnAppend = _ => written.Task;
        var id = Open("touch a");
        var answering = _rig.Allow(id);
        _rig.Queue.Close("one", _ => true, "answered in the terminal", QueueDecision.Deny);
        written.SetResult(true);

        Assert.Equal(QueueState.Closed, answering.Result().State);
        Assert.Empty(_delivered);
        Assert.Equal("not delivered: answered in the terminal", _rig.Item(id).Answer!.Receipt);
    }

    private static Judgement Asks() => new(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, []);

    private string Open(string command) => _rig.Queue.Open(QueueRig.Command("one", "k1", command), Deliver);

    private Task<string> Deliver(QueueAnswer answer)
    {
        _delivered.Enqueue(answer);
        return Task.FromResult("delivered");
    }
}
