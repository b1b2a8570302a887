using System.Collections.Concurrent;
using Tether.Daemon.Approvals;
using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

public sealed class ApprovalQueueTests
{
    private readonly QueueRig _rig = new();

    [Fact]
    public void A_question_stands_in_the_queue_with_its_content_until_it_is_answered()
    {
        var delivered = new ConcurrentQueue<QueueAnswer>();
        var id = Open(QueueRig.Command("one", "k1", "touch a.txt"), delivered);

        var item = Assert.Single(_rig.Queue.Items());
        Assert.Equal((id, "touch a.txt", QueueState.Open, "/tmp"), (item.Id, item.Command, item.State, item.Directory));
        Assert.Equal(16, id.Length);

        var answered = _rig.Allow(id).Result();

        Assert.Equal((QueueState.Answered, "delivered"), (answered.State, answered.Answer!.Receipt));
        Assert.Equal(QueueDecision.Allow, Assert.Single(delivered).Decision);
        Assert.Empty(_rig.Queue.Items());
    }

    [Fact]
    public void The_first_answer_wins_and_the_second_hears_who_was_first()
    {
        var id = Open(QueueRig.Command("one", "k1", "touch a.txt"), []);
        _rig.Allow(id, "ann").Result();

        var late = Assert.Throws<RequestError>(() => { _ = _rig.Allow(id, "bob"); });

        Assert.Equal(ErrorCode.AlreadyAnswered, late.Code);
        Assert.Contains("allowed by ann (cli)", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_who_answer_at_once_exactly_one_is_taken()
    {
        var delivered = new ConcurrentQueue<QueueAnswer>();
        for (var round = 0; round < 100; round++)
        {
            var id = Open(QueueRig.Command("one", $"k{round}", $"touch {round}"), delivered);
            var taken = 0;
            Parallel.For(0, 8, client =>
            {
                try
                {
                    _rig.Allow(id, $"client {client}").Result();
                    Interlocked.Increment(ref taken);
                }
                catch (RequestError e) when (e.Code == ErrorCode.AlreadyAnswered)
                {
                    // Somebody else was first.
                }
            });
            Assert.Equal(1, taken);
        }

        Assert.Equal(100, delivered.Count);
    }

    [Fact]
    public void A_rule_answers_before_anybody_sees_the_question_and_nobody_is_called()
    {
        var arrived = new List<QueueItem>();
        _rig.Queue.Arrived = arrived.Add;
        _rig.Verdict = ask => QueueRig.Says(ask.Command == "rm -rf /" ? PolicyVerdict.Deny : PolicyVerdict.Allow, "r1");

        var allowed = _rig.Ended(Open(QueueRig.Command("one", "k1", "git status"), []));
        var denied = _rig.Ended(Open(QueueRig.Command("one", "k2", "rm -rf /"), []));

        Assert.Equal((QueueDecision.Allow, "rule", "r1"), (allowed.Answer!.Decision, allowed.Answer.Surface, allowed.Answer.Rule));
        Assert.Equal((QueueDecision.Deny, "r1 says so"), (denied.Answer!.Decision, denied.Answer.Reason));
        Assert.Equal(["r1", "r1"], _rig.UsedRules);
        Assert.Empty(arrived);
        Assert.Equal(["r1", "r1"], _rig.Audit.Select(entry => entry.Rule));
    }

    [Fact]
    public void A_question_that_only_the_agents_screen_takes_is_never_answered_by_a_rule()
    {
        _rig.Verdict = _ => QueueRig.Says(PolicyVerdict.Allow, "r1");

        var id = Open(QueueRig.Command("one", "k1", "git status") with { Way = AnswerWay.Keys }, []);

        Assert.Equal(QueueState.Open, _rig.Item(id).State);
    }

    [Fact]
    public void A_question_settled_in_the_agents_own_prompt_closes_everywhere_and_its_hook_may_go()
    {
        var gone = new List<string>();
        _rig.Queue.Withdrawn = (session, key) => gone.Add($"{session} {key}");
        var id = Open(QueueRig.Command("one", "k1", "touch a"), []);
        Open(QueueRig.Command("one", "k2", "touch b"), []);
        Open(QueueRig.Command("two", "k1", "touch a"), []);

        _rig.Queue.Close("one", ask => ask.Correlation == "touch a", "answered in the terminal", QueueDecision.Allow);

        Assert.Equal(["one k1"], gone);
        var closed = _rig.Item(id);
        Assert.Equal((QueueState.Closed, QueueDecision.Allow, "agent", "terminal"), (closed.State, closed.Answer!.Decision, closed.Answer.By, closed.Answer.Surface));
        Assert.Equal(2, _rig.Queue.Items().Length);
        Assert.Equal("answered in the terminal", Assert.Single(_rig.Audit).Reason);
    }

    [Theory]
    [InlineData(QueueDecision.Allow)]
    [InlineData(QueueDecision.Answer)]
    [InlineData(QueueDecision.Dismiss)]
    public void What_only_its_own_terminal_takes_is_refused_with_the_way_there(QueueDecision decision)
    {
        var id = _rig.Queue.Open(new Ask { Session = "one", Key = "k1", Kind = QueueKind.Question, Title = "asks something", Way = AnswerWay.Terminal }, null);

        var refused = Assert.Throws<RequestError>(() => _rig.Queue.Answer(new AnswerRequest { Item = id, Decision = decision, Surface = "cli" }, "ann").GetAwaiter().GetResult());

        Assert.Equal(ErrorCode.AnswerInTerminal, refused.Code);
        Assert.Contains("`tether attach one`", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_did_not_reach_the_prompt_opens_the_question_again_and_says_so()
    {
        var id = _rig.Queue.Open(QueueRig.Command("one", "k1", "touch a"), _ => throw new DeliveryException("another prompt is there", mayComeBack: false));

        var failed = Assert.Throws<RequestError>(() => _rig.Allow(id).GetAwaiter().GetResult());

        Assert.Equal(ErrorCode.AnswerInTerminal, failed.Code);
        Assert.Contains("another prompt is there", failed.Message, StringComparison.Ordinal);
        Assert.Equal(QueueState.Open, _rig.Item(id).State);
        Assert.Equal(["", "not delivered: another prompt is there"], _rig.Audit.Select(entry => entry.Receipt));
    }

    [Fact]
    public void An_answer_whose_hook_is_gone_waits_for_it_and_is_given_once()
    {
        var id = _rig.Queue.Open(QueueRig.Command("one", "k1", "touch a"), _ => throw new DeliveryException("gone", mayComeBack: true));
        var answering = _rig.Allow(id);
        Assert.True(SpinWait.SpinUntil(() => _rig.Item(id).State == QueueState.Answering, Soon.Limit));
        Assert.Equal(ErrorCode.AlreadyAnswered, Assert.Throws<RequestError>(() => { _ = _rig.Allow(id, "bob"); }).Code);

        var delivered = new ConcurrentQueue<QueueAnswer>();
        Assert.Equal(id, Open(QueueRig.Command("one", "k1", "touch a"), delivered));

        Assert.Equal(QueueState.Answered, answering.Result().State);
        Assert.Single(delivered);
    }

    [Fact]
    public void What_an_earlier_daemon_left_open_keeps_its_id_and_is_answered_once()
    {
        var id = Open(QueueRig.Command("one", "k1", "touch a"), []);
        var next = new QueueRig();
        next.Queue.Restore(_rig.Saved.Values);
        Assert.Equal(id, Assert.Single(next.Queue.Items()).Id);

        var answering = next.Allow(id);
        var delivered = new ConcurrentQueue<QueueAnswer>();
        Assert.Equal(id, next.Queue.Open(QueueRig.Command("one", "k1", "touch a"), Into(delivered)));

        Assert.Equal(QueueState.Answered, answering.Result().State);
        Assert.Single(delivered);
    }

    [Fact]
    public void What_nobody_asks_again_after_a_restart_is_closed()
    {
        Open(QueueRig.Command("one", "k1", "touch a"), []);
        Open(QueueRig.Command("one", "k2", "touch b"), []);
        var next = new QueueRig();
        next.Queue.Restore(_rig.Saved.Values);
        next.Queue.Open(QueueRig.Command("one", "k2", "touch b"), Into([]));

        next.Queue.CloseUnclaimed("it did not ask again");

        Assert.Equal("touch b", Assert.Single(next.Queue.Items()).Command);
    }

    [Fact]
    public void An_answer_is_kept_on_disk_before_the_agent_hears_it()
    {
        QueueState? kept = null;
        var delivered = new ConcurrentQueue<QueueAnswer>();
        _rig.OnFlush = () =>
        {
            Assert.Empty(delivered);
            kept = Assert.Single(_rig.Saved.Values).Item.State;
        };

        _rig.Allow(Open(QueueRig.Command("one", "k1", "touch a"), delivered)).Result();

        Assert.Equal(QueueState.Answering, kept);
    }

    [Fact]
    public void Always_makes_a_rule_and_the_other_questions_that_it_fits_need_nobody_any_more()
    {
        _rig.Verdict = _ => new Judgement(
            new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, [new AlwaysOffer { Id = "prefix", Text = "touch …" }]);
        var first = Open(QueueRig.Command("one", "k1", "touch a"), []);
        var second = Open(QueueRig.Command("one", "k2", "touch b"), []);
        var other = Open(QueueRig.Command("one", "k3", "rm b"), []);

        var answer = _rig.Queue.Answer(new AnswerRequest { Item = first, Decision = QueueDecision.Allow, Always = "prefix" }, "ann").Result().Answer!;
        _rig.Verdict = ask => ask.Command!.StartsWith("touch", StringComparison.Ordinal)
            ? QueueRig.Says(PolicyVerdict.Allow, answer.Rule!)
            : new Judgement(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, []);
        _rig.Queue.Rejudge();

        Assert.Equal("rule for touch a", answer.Rule);
        Assert.Equal("rule for touch a", _rig.Ended(second).Answer!.Rule);
        Assert.Equal(QueueState.Open, _rig.Item(other).State);
    }

    [Fact]
    public void An_offer_that_is_not_there_is_refused_with_those_that_are()
    {
        _rig.Verdict = _ => new Judgement(
            new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, [new AlwaysOffer { Id = "prefix", Text = "touch …" }]);
        var id = Open(QueueRig.Command("one", "k1", "touch a"), []);

        var refused = Assert.Throws<RequestError>(() => { _ = _rig.Queue.Answer(new AnswerRequest { Item = id, Decision = QueueDecision.Allow, Always = "everything" }, "ann"); });

        Assert.Contains("prefix (touch …)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_urgent_stands_first_and_what_is_put_off_last()
    {
        var done = Open(new Ask { Session = "one", Key = "s", Kind = QueueKind.Done, Title = "finished", Way = AnswerWay.None }, []);
        _rig.Hand.Move(TimeSpan.FromSeconds(1));
        var first = Open(QueueRig.Command("one", "k1", "touch a"), []);
        _rig.Hand.Move(TimeSpan.FromSeconds(1));
        var second = Open(QueueRig.Command("two", "k1", "touch b"), []);
        Assert.Equal([first, second, done], _rig.Queue.Items().Select(item => item.Id));

        _rig.Queue.Snooze(first, TimeSpan.FromMinutes(5));
        Assert.Equal([second, done, first], _rig.Queue.Items().Select(item => item.Id));

        _rig.Hand.Move(TimeSpan.FromMinutes(6));
        Assert.Equal([first, second, done], _rig.Queue.Items().Select(item => item.Id));
    }

    [Fact]
    public void News_can_only_be_dismissed_and_a_question_cannot()
    {
        var done = Open(new Ask { Session = "one", Key = "s", Kind = QueueKind.Done, Title = "finished", Way = AnswerWay.None }, []);
        var question = Open(QueueRig.Command("one", "k1", "touch a"), []);

        Assert.Equal(ErrorCode.BadRequest, Refused(done, QueueDecision.Allow).Code);
        Assert.Equal(ErrorCode.BadRequest, Refused(question, QueueDecision.Dismiss).Code);
        Assert.Equal(QueueState.Closed, _rig.Queue.Answer(new AnswerRequest { Item = done, Decision = QueueDecision.Dismiss }, "ann").Result().State);
    }

    [Fact]
    public void It_is_known_when_a_sessions_question_was_last_settled_over_its_protocol()
    {
        Assert.Null(_rig.Queue.SettledAt("one", way => way == AnswerWay.Protocol));
        _rig.Allow(Open(QueueRig.Command("one", "k1", "touch a"), [])).Result();
        _rig.Hand.Move(TimeSpan.FromSeconds(1));
        var settled = _rig.Hand.GetUtcNow();
        Open(QueueRig.Command("one", "k2", "touch b"), []);
        _rig.Queue.Close("one", _ => true, "answered in the terminal");
        _rig.Hand.Move(TimeSpan.FromSeconds(1));
        Open(QueueRig.Command("one", "k3", "touch c") with { Way = AnswerWay.Keys }, []);
        _rig.Queue.Close("one", _ => true, "answered in the terminal");

        Assert.Equal(settled, _rig.Queue.SettledAt("one", way => way == AnswerWay.Protocol));
        Assert.Null(_rig.Queue.SettledAt("two", way => way == AnswerWay.Protocol));
    }

    [Fact]
    public void The_end_of_what_was_allowed_from_here_leaves_another_question_for_the_same_open()
    {
        var (first, second) = (Open(QueueRig.Command("one", "k1", "touch a"), []), Open(QueueRig.Command("one", "k2", "touch a"), []));
        Assert.NotEqual(first, second);
        _rig.Allow(first).Result();

        _rig.Queue.Finished("one", "touch a", "answered in the terminal", QueueDecision.Allow);
        Assert.Equal(QueueState.Open, _rig.Item(second).State);

        _rig.Queue.Finished("one", "touch a", "answered in the terminal", QueueDecision.Allow);
        Assert.Equal((QueueState.Closed, "terminal"), (_rig.Item(second).State, _rig.Item(second).Answer!.Surface));
    }

    [Fact]
    public void Of_two_questions_for_the_same_the_older_one_is_over_when_one_was_allowed_elsewhere()
    {
        var gone = new List<string>();
        _rig.Queue.Withdrawn = (_, key) => gone.Add(key);
        Open(QueueRig.Command("one", "k1", "touch a"), []);
        _rig.Hand.Move(TimeSpan.FromSeconds(1));
        Open(QueueRig.Command("one", "k2", "touch a"), []);
        Open(QueueRig.Command("two", "k1", "touch a"), []);

        _rig.Queue.Finished("one", "touch a", "answered in the terminal", QueueDecision.Allow);

        Assert.Equal(["k1"], gone);
        Assert.Equal(2, _rig.Queue.Items().Length);
    }

    [Fact]
    public void What_was_allowed_and_ended_with_its_turn_does_not_stand_for_a_later_use()
    {
        _rig.Allow(Open(QueueRig.Command("one", "k1", "touch a"), [])).Result();
        _rig.Queue.Close("one", _ => true, "interrupted");
        var later = Open(QueueRig.Command("one", "k2", "touch a"), []);

        _rig.Queue.Finished("one", "touch a", "answered in the terminal", QueueDecision.Allow);

        Assert.Equal(QueueState.Closed, _rig.Item(later).State);
    }

    [Theory]
    [InlineData(QueueDecision.Deny, null)]
    [InlineData(QueueDecision.Allow, """{"command":"touch b"}""")]
    public void What_was_denied_or_changed_is_not_what_has_run(QueueDecision decision, string? input)
    {
        var first = Open(QueueRig.Command("one", "k1", "touch a"), []);
        var second = Open(QueueRig.Command("one", "k2", "touch a"), []);
        _rig.Queue.Answer(new AnswerRequest { Item = first, Decision = decision, Input = input }, "ann").Result();

        _rig.Queue.Finished("one", "touch a", "answered in the terminal", QueueDecision.Allow);

        Assert.Equal(QueueState.Closed, _rig.Item(second).State);
    }

    [Fact]
    public void A_beginning_of_an_id_is_enough_when_it_fits_one_item_only()
    {
        var id = Open(QueueRig.Command("one", "k1", "touch a"), []);

        Assert.Equal(id, _rig.Queue.Snooze(id[..9], TimeSpan.FromSeconds(1)).Id);
        Assert.Equal(ErrorCode.UnknownItem, Assert.Throws<RequestError>(() => _rig.Queue.Snooze("1", TimeSpan.Zero)).Code);
        Assert.Equal(ErrorCode.UnknownItem, Assert.Throws<RequestError>(() => _rig.Queue.Snooze("", TimeSpan.Zero)).Code);
    }

    [Fact]
    public void A_card_says_what_was_answered_to_the_same_shape()
    {
        _rig.Queue.LoadPast();
        _rig.Allow(Open(QueueRig.Command("one", "k1", "touch a"), [])).Result();
        var again = Open(QueueRig.Command("one", "k2", "touch a"), []);

        Assert.Equal((1, 0, QueueDecision.Allow), (_rig.Item(again).Before!.Allowed, _rig.Item(again).Before!.Denied, _rig.Item(again).Before!.Decision));
    }

    [Fact]
    public void What_only_says_that_something_is_asked_gives_way_to_what_says_what()
    {
        Open(QueueRig.Command("one", "state", "") with { Command = null, Title = "asks for approval", Way = AnswerWay.Terminal, IsVague = true }, []);
        Open(QueueRig.Command("two", "state", "") with { Command = null, Title = "asks for approval", Way = AnswerWay.Terminal, IsVague = true }, []);

        Open(QueueRig.Command("one", "k1", "touch a"), []);

        Assert.Equal(["two asks for approval", "one Bash: touch a"], _rig.Queue.Items().OrderByDescending(item => item.Session).Select(item => $"{item.Session} {item.Title}"));
    }

    [Fact]
    public void What_an_agent_wrote_cannot_move_the_cursor_of_who_reads_it()
    {
        var id = Open(QueueRig.Command("one", "k1", "echo \u001b[2J\rhidden") with { Title = "a\nb\u202e\u001b[31mc" }, []);

        Assert.Equal("a b␛[31mc", _rig.Item(id).Title);
        Assert.Equal("echo ␛[2Jhidden", _rig.Item(id).Command);
    }

    /// <summary>Three agents with five open questions each, answered in random order by two clients, again and again: each answer reaches its own question, once.</summary>
    [Fact]
    public void No_answer_reaches_a_wrong_question_and_none_is_lost_or_doubled()
    {
        const int Rounds = 1000;
        var got = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        var random = new Random(4711);
        for (var round = 0; round < Rounds; round++)
        {
            var open = (from session in (string[])["one", "two", "three"] from question in Enumerable.Range(0, 5) select (session, command: $"touch {round}-{session}-{question}")).ToArray();
            Parallel.ForEach(open, ask => _rig.Queue.Open(QueueRig.Command(ask.session, ask.command, ask.command), answer =>
            {
                got.GetOrAdd(ask.command, _ => []).Enqueue(answer.Reason);
                return Task.FromResult("delivered");
            }));
            var items = _rig.Queue.Items();
            Assert.Equal(15, items.Length);
            var orders = new[] { Shuffled(items, random), Shuffled(items, random) };
            Parallel.For(0, 2, client =>
            {
                foreach (var item in orders[client])
                {
                    try
                    {
                        var answer = new AnswerRequest { Item = item.Id, Decision = QueueDecision.Deny, Reason = $"for {item.Command}" };
                        Assert.Equal(item.Command, _rig.Queue.Answer(answer, $"client {client}").Result().Command);
                    }
                    catch (RequestError e) when (e.Code == ErrorCode.AlreadyAnswered)
                    {
                        // The other client was first.
                    }
                }
            });
            Assert.Empty(_rig.Queue.Items());
        }

        Assert.Equal(Rounds * 15, got.Count);
        Assert.All(got, pair => Assert.Equal($"for {pair.Key}", Assert.Single(pair.Value)));
        Assert.Equal(Rounds * 15, _rig.Audit.Count);
    }

    private static QueueItem[] Shuffled(QueueItem[] items, Random random)
    {
        var copy = items.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    private static Func<QueueAnswer, Task<string>> Into(ConcurrentQueue<QueueAnswer> delivered) => answer =>
    {
        delivered.Enqueue(answer);
        return Task.FromResult("delivered");
    };

    private string Open(Ask ask, ConcurrentQueue<QueueAnswer> delivered) => _rig.Queue.Open(ask, ask.Way == AnswerWay.None ? null : Into(delivered));

    private RequestError Refused(string item, QueueDecision decision) =>
        Assert.Throws<RequestError>(() => { _ = _rig.Queue.Answer(new AnswerRequest { Item = item, Decision = decision }, "ann"); });
}
