using Tether.Protocol.Model;
using Tether.Tui.Commands.Queue;
using Xunit;

namespace Tether.Tui.Tests.Commands.Queue;

public sealed class QueueTextTests
{
    [Theory]
    [InlineData(QueueDecision.Deny, true, "not here", "denied, delivered")]
    [InlineData(QueueDecision.Deny, false, "", "denied, delivered")]
    [InlineData(QueueDecision.Deny, false, "not here", "denied, delivered; codex takes no reason here: only the audit log has it")]
    [InlineData(QueueDecision.Allow, false, "for the log", "allowed, delivered")]
    public void Who_denies_with_a_reason_hears_when_the_agent_was_not_told(QueueDecision decision, bool takesReason, string reason, string outcome) =>
        Assert.Equal(outcome, QueueText.Outcome(Item(decision, takesReason, reason, "delivered")));

    [Fact]
    public void An_answer_that_was_not_asked_for_again_yet_is_on_its_way()
    {
        Assert.StartsWith("taken, and on its way", QueueText.Outcome(Item(QueueDecision.Deny, true, "", "") with { State = QueueState.Answering }), StringComparison.Ordinal);
        Assert.Equal("open", QueueText.Outcome(Item(QueueDecision.Deny, true, "", "") with { State = QueueState.Open, Answer = null }));
        Assert.Equal("denied", QueueText.Outcome(Item(QueueDecision.Deny, true, "", "")));
    }

    private static QueueItem Item(QueueDecision decision, bool takesReason, string reason, string receipt) => new()
    {
        Id = "4hx2",
        AskedAt = DateTimeOffset.UnixEpoch,
        Kind = QueueKind.Approval,
        Session = "abcd",
        Agent = "codex",
        Title = "Bash: touch a",
        TakesReason = takesReason,
        State = QueueState.Answered,
        Answer = new QueueAnswer { Decision = decision, By = "ann", Surface = "cli", At = DateTimeOffset.UnixEpoch, Reason = reason, Receipt = receipt },
    };
}
