using Tether.Daemon.Approvals;
using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

public sealed class AnswerCheckTests
{
    private static readonly QueueItem Question = new()
    {
        Id = "q",
        Kind = QueueKind.Question,
        Session = "one",
        Agent = "claude",
        Title = "two questions",
        AskedAt = DateTimeOffset.UnixEpoch,
        Questions =
        [
            new QueueQuestion { Text = "Which colour?", Options = [new QueueOption { Label = "Red" }, new QueueOption { Label = "Blue" }, new QueueOption { Label = "1" }] },
            new QueueQuestion { Text = "Which sizes?", Options = [new QueueOption { Label = "S" }, new QueueOption { Label = "M" }], Multiple = true, FreeText = true },
        ],
    };

    [Fact]
    public void Options_are_given_by_number_or_label_and_come_out_as_labels() =>
        Assert.Equal([["Blue"], ["M", "S"]], Answers(["2"], ["m", "1"]));

    [Fact]
    public void A_label_that_is_a_number_wins_over_the_number() => Assert.Equal([["1"], ["S"]], Answers(["1"], ["1"]));

    [Fact]
    public void A_text_is_taken_where_the_question_takes_one() => Assert.Equal([["Red"], ["as it fits"]], Answers(["Red"], ["as it fits"]));

    [Theory]
    [InlineData("Green")]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("")]
    public void What_is_no_answer_is_refused_with_the_options(string answer) =>
        Assert.Contains("1 Red, 2 Blue", Assert.Throws<RequestError>(() => Answers([answer], ["S"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("3")]
    [InlineData("0")]
    [InlineData("1,5")]
    public void The_number_of_no_option_is_no_text(string answer) =>
        Assert.Contains("1 S, 2 M, or a text", Assert.Throws<RequestError>(() => Answers(["Red"], [answer])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_may_be_a_number_that_is_none_of_an_option() => Assert.Equal([["Red"], ["8080"]], Answers(["Red"], ["8080"]));

    [Fact]
    public void All_questions_are_answered_at_once() =>
        Assert.Contains("1 answer for 2 questions", Assert.Throws<RequestError>(() => Answers(["Red"])).Message, StringComparison.Ordinal);

    [Fact]
    public void One_of_a_single_choice_is_all_it_takes() => Assert.Throws<RequestError>(() => Answers(["Red", "Blue"], ["S"]));

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void A_changed_input_must_be_an_object(string input) =>
        Assert.Equal(ErrorCode.BadRequest, Assert.Throws<RequestError>(() => Of(new AnswerRequest { Item = "q", Decision = QueueDecision.Allow, Input = input }, Approval(true))).Code);

    [Fact]
    public void A_changed_input_is_refused_where_the_agent_takes_none() =>
        Assert.Contains(
            "takes no changed input",
            Assert.Throws<RequestError>(() => Of(new AnswerRequest { Item = "q", Decision = QueueDecision.Allow, Input = "{}" }, Approval(false))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("dashboard", "dashboard")]
    [InlineData("rule", "api")]
    [InlineData("terminal", "api")]
    [InlineData("audit", "api")]
    [InlineData("my phone", "api")]
    public void A_client_names_its_surface_but_not_one_that_is_no_clients(string given, string taken) =>
        Assert.Equal(taken, Of(new AnswerRequest { Item = "q", Decision = QueueDecision.Deny, Surface = given }, Approval(false)).Surface);

    private static string[][] Answers(params string[][] answers) =>
        Of(new AnswerRequest { Item = "q", Decision = QueueDecision.Answer, Answers = answers }, Question).Answers;

    private static QueueAnswer Of(AnswerRequest request, QueueItem item) => AnswerCheck.Of(request, item, "ann", DateTimeOffset.UnixEpoch);

    private static QueueItem Approval(bool takesInput) => Question with { Kind = QueueKind.Approval, Questions = [], TakesInput = takesInput };
}
