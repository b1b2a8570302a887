using System.Collections.Concurrent;
using Tether.Daemon.Approvals;
using Tether.Daemon.Approvals.Alerts;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

public sealed class NotifierTests : IDisposable
{
    private readonly QueueRig _rig = new();
    private readonly Outlets _outlets = new();
    private Notifier _notifier;
    private Action _keep = () => { };

    public NotifierTests() => _notifier = Start(withContent: false);

    public void Dispose() => _notifier.Dispose();

    [Theory]
    [InlineData(QueueKind.Approval, "claude needs approval")]
    [InlineData(QueueKind.Question, "claude asks a question")]
    [InlineData(QueueKind.Plan, "claude has a plan to approve")]
    [InlineData(QueueKind.Dialog, "claude waits in a dialog")]
    [InlineData(QueueKind.Login, "claude needs a login")]
    public void What_an_agent_waits_with_is_told_at_once_without_what_it_asks(QueueKind kind, string title)
    {
        Open("one", "k", kind);
        _outlets.Await($"terminal {title}|one");
        _outlets.Await("command one");
    }

    [Fact]
    public void What_is_told_is_kept_first()
    {
        _keep = () => _outlets.Calls.Enqueue("kept");
        Open("one", "k", QueueKind.Approval);
        _outlets.Await("command one");
        Assert.Equal(["looked one", "kept"], _outlets.Calls.Take(2));
    }

    [Theory]
    [InlineData(QueueKind.Failed, "claude failed")]
    [InlineData(QueueKind.Limit, "claude reached its limit")]
    [InlineData(QueueKind.Done, "claude is done")]
    [InlineData(QueueKind.Exited, "claude ended")]
    public void News_are_told_after_a_moment(QueueKind kind, string title)
    {
        Open("one", "k", kind);
        Open("two", "k", QueueKind.Approval);
        _outlets.Await("command two");
        Assert.DoesNotContain(_outlets.Calls, call => call.Contains(title, StringComparison.Ordinal));

        _rig.Hand.Move(TimeSpan.FromSeconds(5));
        _outlets.Await($"terminal {title}|one");
    }

    [Fact]
    public void News_that_somebody_saw_meanwhile_are_not_told()
    {
        Open("one", "k", QueueKind.Done);
        _rig.Queue.Close("one", _ => true, "seen");
        _rig.Hand.Move(TimeSpan.FromSeconds(5));
        AwaitAnother();
        Assert.DoesNotContain(_outlets.Calls, call => call.EndsWith("one", StringComparison.Ordinal));
    }

    [Fact]
    public void With_the_persons_leave_it_tells_what_is_asked()
    {
        _notifier.Dispose();
        _notifier = Start(withContent: true);
        Open("one", "k", QueueKind.Approval);
        _outlets.Await("terminal claude needs approval|one: Bash: touch a.txt");
    }

    [Fact]
    public void Nobody_is_told_while_the_person_looks_not_even_by_the_command()
    {
        _outlets.LookedAt = "one";
        Open("one", "k", QueueKind.Approval);
        AwaitAnother();
        Assert.Equal(["looked one", "looked three", "subscriber", "terminal claude needs approval|three", "command three"], _outlets.Calls);
    }

    [Fact]
    public void A_client_that_subscribed_comes_before_terminals_and_those_before_the_desktop_and_the_command_runs_always()
    {
        _outlets.HasSubscriber = true;
        Open("one", "k", QueueKind.Approval);
        _outlets.Await("command one");
        (_outlets.HasSubscriber, _outlets.HasTerminal) = (false, true);
        Open("two", "k", QueueKind.Approval);
        _outlets.Await("command two");
        _outlets.HasTerminal = false;
        Open("three", "k", QueueKind.Approval);
        _outlets.Await("command three");

        Assert.Equal(
            [
                "looked one", "subscriber", "command one",
                "looked two", "subscriber", "terminal claude needs approval|two", "command two",
                "looked three", "subscriber", "terminal claude needs approval|three", "desktop", "command three",
            ],
            _outlets.Calls);
    }

    [Fact]
    public void What_a_rule_answers_is_not_told()
    {
        _rig.Verdict = ask => ask.Session == "one" ? QueueRig.Says(PolicyVerdict.Allow, "r1") : QueueRig.Says(PolicyVerdict.Ask, "r2");
        _rig.Ended(Open("one", "k", QueueKind.Approval));
        AwaitAnother();
        Assert.DoesNotContain("looked one", _outlets.Calls);
    }

    [Fact]
    public void An_item_is_told_once_also_when_it_is_asked_again_and_when_an_earlier_daemon_left_it()
    {
        _rig.Queue.Restore([new StoredItem(new QueueItem { Id = "old", Kind = QueueKind.Approval, Session = "two", Agent = "claude", Title = "t", AskedAt = _rig.Hand.GetUtcNow() }, "k", "c")]);
        Open("two", "k", QueueKind.Approval);
        Open("one", "k", QueueKind.Approval);
        Open("one", "k", QueueKind.Approval);
        AwaitAnother();
        Assert.Equal(["command one", "command three"], _outlets.Calls.Where(call => call.StartsWith("command", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    public void What_soon_explains_what_was_told_is_not_told_again(int seconds, int told)
    {
        _rig.Queue.Open(QueueRig.Command("one", "vague", "") with { Way = AnswerWay.Terminal }, null);
        _outlets.Await("command one");
        _rig.Hand.Move(TimeSpan.FromSeconds(seconds));
        Open("one", "k", QueueKind.Approval);
        AwaitAnother();
        Assert.Equal(told, _outlets.Calls.Count(call => call == "command one"));
    }

    [Fact]
    public void A_way_that_fails_does_not_keep_the_next_item_from_being_told()
    {
        _outlets.Fails = "one";
        Open("one", "k", QueueKind.Approval);
        AwaitAnother();
        Assert.Single(_outlets.Failures);
    }

    private Notifier Start(bool withContent)
    {
        var notifier = new Notifier(_outlets, _rig.Queue.IsWaiting, _rig.Find, withContent, _rig.Hand, _outlets.Failures.Enqueue) { Keep = () => _keep() };
        _rig.Queue.Arrived = notifier.Arrived;
        return notifier;
    }

    private string Open(string session, string key, QueueKind kind) =>
        _rig.Queue.Open(QueueRig.Command(session, key, "touch a.txt") with { Kind = kind }, _ => Task.FromResult("delivered"));

    // The loop tells one after another: whatever came before this has been told, or never will.
    private void AwaitAnother()
    {
        Open("three", "last", QueueKind.Approval);
        _outlets.Await("command three");
    }

    private sealed class Outlets : IAlertOutlets
    {
        public ConcurrentQueue<string> Calls { get; } = [];

        public ConcurrentQueue<Exception> Failures { get; } = [];

        public string? LookedAt { get; set; }

        public string? Fails { get; set; }

        public bool HasSubscriber { get; set; }

        public bool HasTerminal { get; set; } = true;

        public void Await(string call) => Assert.True(SpinWait.SpinUntil(() => Calls.Contains(call), Soon.Limit), $"no “{call}”, but: {string.Join(" · ", Calls)}");

        public Task<bool> IsLookedAtAsync(string session)
        {
            Calls.Enqueue($"looked {session}");
            return session == Fails ? Task.FromException<bool>(new InvalidOperationException("no")) : Task.FromResult(session == LookedAt);
        }

        public bool TellSubscriber(string session, AlertNotice alert)
        {
            Calls.Enqueue("subscriber");
            return HasSubscriber;
        }

        public Task<bool> TellTerminalAsync(AlertNotice alert)
        {
            Calls.Enqueue($"terminal {alert.Title}|{alert.Text}");
            return Task.FromResult(HasTerminal);
        }

        public void TellDesktop(AlertNotice alert) => Calls.Enqueue("desktop");

        public void RunCommand(QueueItem item) => Calls.Enqueue($"command {item.Session}");
    }
}
