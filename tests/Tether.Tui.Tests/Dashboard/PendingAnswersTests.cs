using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class PendingAnswersTests
{
    private readonly PendingAnswers _answers = new();

    [Fact]
    public void An_answer_waits_two_seconds()
    {
        Add("a", 1000);
        Assert.Empty(_answers.Take(2999));
        Assert.Equal("a", Assert.Single(_answers.Take(3000)).Item.Id);
        Assert.Equal(0, _answers.Count);
    }

    [Fact]
    public void The_newest_is_taken_back_first()
    {
        Add("a", 1000);
        Add("b", 1500);
        Assert.Equal("b", _answers.TakeBack()!.Item.Id);
        Assert.Equal("a", _answers.TakeBack()!.Item.Id);
        Assert.Null(_answers.TakeBack());
    }

    [Fact]
    public void Seconds_count_down_and_each_is_announced()
    {
        Add("a", 1000);
        Assert.Equal((2, 2000), (_answers.SecondsLeft("a", 1000), _answers.NextChangeAt(1000)));
        Assert.Equal((1, 3000), (_answers.SecondsLeft("a", 2000), _answers.NextChangeAt(2000)));
        Assert.Equal((0, 3000), (_answers.SecondsLeft("a", 3000), _answers.NextChangeAt(3000)));
    }

    [Fact]
    public void Nothing_waits_for_nothing() => Assert.Equal(0, _answers.NextChangeAt(5000));

    [Fact]
    public void All_can_be_sent_at_once_and_one_can_be_dropped()
    {
        Add("a", 1000);
        Add("b", 1000);
        Assert.True(_answers.Drop("a"));
        Assert.False(_answers.Drop("a"));
        Assert.Equal("b", Assert.Single(_answers.Take(1000, isAll: true)).Item.Id);
    }

    private void Add(string id, long now) => _answers.Add(Asked.Low(id), new AnswerRequest { Item = id, Decision = QueueDecision.Allow }, now);
}
