using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class AnswerActionsTests
{
    [Fact]
    public void Y_allows_and_n_denies_and_the_next_item_is_chosen()
    {
        using var rig = InQueue(Asked.Command("x", "a"), Asked.Edit("y", "b"));
        rig.Press("y");
        var answer = Assert.Single(rig.Desk.All<AnswerRequest>());
        Assert.Equal(("x", QueueDecision.Allow, "dashboard"), (answer.Item, answer.Decision, answer.Surface));
        Assert.Equal((DashboardMode.Queue, "b"), (rig.State.Mode, rig.State.Focused));
        Assert.Contains("allowed, delivered", rig.Message, StringComparison.Ordinal);
        rig.Pass(0.3).Press("n");
        Assert.Equal([QueueDecision.Allow, QueueDecision.Deny], rig.Desk.All<AnswerRequest>().Select(sent => sent.Decision));
        Assert.Equal(DashboardMode.Navigate, rig.State.Mode);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("n")]
    [InlineData("r")]
    [InlineData("a")]
    [InlineData("e")]
    [InlineData("s")]
    [InlineData("1")]
    public void No_key_answers_a_card_that_came_less_than_300_ms_ago(string key)
    {
        using var rig = Rig(Asked.Command("x", "a")).Press("a").Pass(0.299).Press(key);
        Assert.Empty(rig.Desk.All<ItemRequest>());
        Assert.Null(rig.State.Popup);
        Assert.True(key == "1" || rig.Message.Contains("too soon", StringComparison.Ordinal), rig.Message);
    }

    [Fact]
    public void A_key_meant_for_one_card_does_not_answer_the_next()
    {
        using var rig = InQueue(Asked.Command("x", "a"), Asked.Command("y", "b")).Press("y", "y");
        Assert.Equal("x", Assert.Single(rig.Desk.All<AnswerRequest>()).Item);
    }

    [Fact]
    public void A_card_that_moved_or_changed_has_to_be_looked_at_again()
    {
        using var rig = InQueue(Asked.Command("y", "b"));
        rig.Desk.Items.Insert(0, Asked.Command("x", "a"));
        rig.Come(new ItemNotice { Item = rig.Desk.Items[0] });
        Assert.Equal(("b", 1), (rig.State.Focused, rig.State.QueueIndex));
        rig.Press("y");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        rig.Pass(0.3).Come(new ItemNotice { Item = Asked.Command("y", "b") with { Command = "rm -rf /" } }).Press("y");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        rig.Pass(0.3).Press("y");
        Assert.Equal("y", Assert.Single(rig.Desk.All<AnswerRequest>()).Item);
    }

    [Fact]
    public void Outside_the_queue_the_keys_answer_nothing()
    {
        using var rig = Rig(Asked.Command("x", "a")).Pass(1).Press("y", "1");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
    }

    [Fact]
    public void What_could_do_little_waits_two_seconds_and_counts_down()
    {
        using var rig = InQueue(Asked.Low("x", "a"), Asked.Command("y", "b")).Press("y");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        Assert.Equal("b", rig.State.Focused);
        Assert.Contains("allowed in 2 s · u takes it back", rig.Text, StringComparison.Ordinal);
        rig.Pass(1);
        Assert.Contains("allowed in 1 s", rig.Text, StringComparison.Ordinal);
        rig.Pass(0.999);
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        rig.Pass(0.001);
        Assert.Equal("x", Assert.Single(rig.Desk.All<AnswerRequest>()).Item);
        Assert.Equal("b", rig.State.Focused);
    }

    [Fact]
    public void U_takes_it_back_and_goes_to_it()
    {
        using var rig = InQueue(Asked.Low("x", "a"), Asked.Command("y", "b")).Press("y", "u").Pass(5);
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        Assert.Equal("a", rig.State.Focused);
        rig.Press("u");
        Assert.Contains("no answer waits", rig.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("n")]
    public void An_item_is_not_answered_twice(string key)
    {
        using var rig = InQueue(Asked.Low("x", "a")).Press("y").Pass(0.5).Press(key).Pass(5);
        Assert.Equal(QueueDecision.Allow, Assert.Single(rig.Desk.All<AnswerRequest>()).Decision);
    }

    [Theory]
    [InlineData(DashboardCommand.Quit)]
    [InlineData(DashboardCommand.Zoom)]
    internal void Who_leaves_sends_what_waits(DashboardCommand command)
    {
        using var rig = InQueue(Asked.Low("x", "a"), Asked.Command("y", "b")).Press("y").Do(command);
        Assert.Equal("x", Assert.Single(rig.Desk.All<AnswerRequest>()).Item);
    }

    [Fact]
    public void Who_leaves_while_the_daemon_is_gone_is_told_first_that_answers_are_not_sent()
    {
        using var rig = InQueue(Asked.Low("x", "a")).Press("y").Lose().Pass(3).Do(DashboardCommand.Quit);
        Assert.Null(rig.Status);
        Assert.Contains("1 answer cannot be sent", rig.Message, StringComparison.Ordinal);
        rig.Do(DashboardCommand.Quit);
        Assert.Equal(0, rig.Status);
    }

    [Fact]
    public void What_waited_while_the_daemon_was_gone_is_sent_to_the_next_one()
    {
        using var rig = InQueue(Asked.Low("x", "a")).Press("y").Lose().Pass(3);
        rig.IsDaemonBack = true;
        rig.Pass(1);
        Assert.Equal("x", Assert.Single(rig.Desk.All<AnswerRequest>()).Item);
    }

    [Fact]
    public void An_answer_of_which_nobody_knows_what_became_is_told_when_the_item_is_still_open()
    {
        using var rig = InQueue(Asked.Command("x", "a"));
        rig.Desk.Hold<AnswerRequest>();
        rig.Press("y").Lose();
        rig.Desk.Release<AnswerRequest>();
        rig.IsDaemonBack = true;
        rig.Pass(1);
        Assert.Contains("1 answer did not reach the daemon", rig.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_told_as_the_daemon_says_it()
    {
        using var rig = InQueue(Asked.Command("x", "a"));
        rig.Desk.Refuse<AnswerRequest>("laptop answered this at 14:02 (cli): allow");
        rig.Press("y");
        Assert.Equal("laptop answered this at 14:02 (cli): allow", rig.Message);
    }

    [Fact]
    public void Somebody_elses_answer_to_the_chosen_item_is_told()
    {
        using var rig = InQueue(Asked.Command("x", "a"), Asked.Command("y", "b"));
        rig.Desk.Items.RemoveAt(0);
        rig.Come(new ItemNotice { Item = Asked.Command("x", "a") with { State = QueueState.Answered, Answer = ByLaptop } });
        Assert.EndsWith("denied by laptop (cli) at 12:00: no", rig.Message, StringComparison.Ordinal);
        Assert.Equal("b", rig.State.Focused);
        rig.Press("y");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
    }

    [Fact]
    public void Somebody_elses_answer_closes_the_dialog_and_takes_the_place_of_one_that_waits()
    {
        using var rig = InQueue(Asked.Low("x", "a"), Asked.Command("y", "b")).Press("y").Pass(0.3).Press("r");
        Assert.NotNull(rig.State.Popup);
        rig.Come(new ItemNotice { Item = Asked.Command("y", "b") with { State = QueueState.Answered, Answer = ByLaptop } });
        Assert.Null(rig.State.Popup);
        rig.Come(new ItemNotice { Item = Asked.Low("x", "a") with { State = QueueState.Answered, Answer = ByLaptop } }).Pass(5);
        Assert.Empty(rig.Desk.All<AnswerRequest>());
    }

    [Fact]
    public void R_denies_with_a_reason()
    {
        using var rig = InQueue(Asked.Command("x", "a")).Press("r").Pass(0.3).Press("enter");
        Assert.Equal("there is no reason", ((Dialog)rig.State.Popup!).Error);
        rig.Type("use the tests' folder").Press("enter");
        var answer = rig.Desk.All<AnswerRequest>().Single();
        Assert.Equal((QueueDecision.Deny, "use the tests' folder"), (answer.Decision, answer.Reason));
    }

    [Fact]
    public void Where_no_reason_is_taken_r_says_so()
    {
        using var rig = InQueue(Asked.Edit("x", "a")).Press("r");
        Assert.Equal("codex takes no reason here; n denies without one", rig.Message);
    }

    [Fact]
    public void A_asks_what_always_means_and_a_key_on_its_way_does_not_confirm_it()
    {
        using var rig = InQueue(Asked.Command("x", "a")).Press("a", "enter");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        rig.Pass(0.3).Press("down", "enter");
        var answer = rig.Desk.All<AnswerRequest>().Single();
        Assert.Equal((QueueDecision.Allow, "tool-30m"), (answer.Decision, answer.Always));
    }

    [Fact]
    public void E_changes_the_command_and_leaves_the_rest_of_the_input()
    {
        using var rig = InQueue(Asked.Low("x", "a")).Press("e").Pass(0.3).Type(" b.txt").Press("enter");
        var answer = rig.Desk.All<AnswerRequest>().Single();
        Assert.Equal((QueueDecision.Allow, """{"command":"touch a.txt b.txt","timeout":5}"""), (answer.Decision, answer.Input));
    }

    [Fact]
    public void Where_the_input_is_not_only_its_command_e_changes_json()
    {
        using var rig = InQueue(Asked.Command("x", "a")).Press("e").Pass(0.3).Type("x").Press("enter");
        Assert.Equal("this is no JSON", ((Dialog)rig.State.Popup!).Error);
        rig.Press("backspace", "enter");
        Assert.Null(rig.Desk.All<AnswerRequest>().Single().Input);
    }

    [Fact]
    public void S_puts_it_off_and_goes_on()
    {
        using var rig = InQueue(Asked.Command("x", "a"), Asked.Command("y", "b")).Press("s").Pass(0.3).Press("down", "enter");
        Assert.Equal(("x", 1800.0), (rig.Desk.All<SnoozeRequest>().Single().Item, rig.Desk.All<SnoozeRequest>().Single().Seconds));
        Assert.Equal(("b", "y"), (rig.State.Focused, rig.Context.Fleet.Queue.Items[0].Key));
        Assert.Contains("later, 12:30", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digit_answers_the_only_question()
    {
        using var rig = InQueue(Asked.Question("x", "a")).Press("2");
        var answer = rig.Desk.All<AnswerRequest>().Single();
        Assert.Equal(QueueDecision.Answer, answer.Decision);
        Assert.Equal(["Postgres"], Assert.Single(answer.Answers));
    }

    [Fact]
    public void A_digit_beyond_the_options_answers_nothing()
    {
        using var rig = InQueue(Asked.Question("x", "a")).Press("4");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        Assert.Equal("there is no option 4", rig.Message);
    }

    [Fact]
    public void Several_questions_are_answered_together_with_options_and_own_words()
    {
        using var rig = InQueue(Asked.Questions("x", "a")).Press("y").Pass(0.3).Press("1", "enter");
        Assert.Equal("question 2 has no answer", ((Dialog)rig.State.Popup!).Error);
        rig.Press("tab").Type("a big one").Press("tab", "1", "3", "enter");
        Assert.Equal([["a big one"], ["tests", "漢字"]], rig.Desk.All<AnswerRequest>().Single().Answers);
    }

    [Fact]
    public void A_digit_on_several_questions_opens_them_with_it_taken()
    {
        using var rig = InQueue(Asked.Questions("x", "a")).Press("3").Pass(0.3).Press("tab", "tab", "space", "enter");
        Assert.Equal([["none"], ["tests"]], rig.Desk.All<AnswerRequest>().Single().Answers);
    }

    [Fact]
    public void What_only_its_terminal_takes_says_so_and_enter_goes_there_and_types()
    {
        using var rig = InQueue(Asked.Plan("x", "a") with { Way = AnswerWay.Terminal }).Press("y");
        Assert.Contains("only be answered in its terminal; Enter goes there", rig.Message, StringComparison.Ordinal);
        rig.Press("enter");
        Assert.Equal((DashboardMode.Type, "a"), (rig.State.Mode, rig.State.Focused));
    }

    [Fact]
    public void D_dismisses_news_at_the_daemon_and_no_question()
    {
        using var rig = InQueue(Asked.Command("x", "a"), Asked.Plan("y", "b") with { Kind = QueueKind.Done, Way = AnswerWay.None }).Press("d");
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        rig.Press("j").Pass(0.3).Press("d");
        Assert.Equal(("y", QueueDecision.Dismiss), (rig.Desk.All<AnswerRequest>().Single().Item, rig.Desk.All<AnswerRequest>().Single().Decision));
    }

    [Fact]
    public void Buttons_and_options_of_the_card_take_clicks_after_the_same_moment()
    {
        using var rig = Rig(Asked.Question("x", "a")).Press("a");
        var option = Find(rig, "2. Postgres");
        rig.Click(option);
        Assert.Empty(rig.Desk.All<AnswerRequest>());
        rig.Pass(0.3).Click(Find(rig, "n deny"));
        Assert.Equal(QueueDecision.Deny, rig.Desk.All<AnswerRequest>().Single().Decision);
    }

    [Fact]
    public void The_wheel_and_page_keys_scroll_the_card()
    {
        using var rig = InQueue(Asked.Edit("x", "a"));
        Assert.DoesNotContain("line 40", rig.Text, StringComparison.Ordinal);
        rig.Press("pgdn", "pgdn", "pgdn", "pgdn");
        Assert.Contains("line 40", rig.Text, StringComparison.Ordinal);
        rig.Wheel((10, 5), -40);
        Assert.Contains("apply_patch wants to change files", rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_click_on_an_item_of_the_daemons_queue_shows_its_card()
    {
        using var rig = Rig(Asked.Command("x", "a"), Asked.Edit("y", "b"));
        rig.Click((5, rig.Lines.Length - 2));
        Assert.Equal((DashboardMode.Queue, "b"), (rig.State.Mode, rig.State.Focused));
    }

    [Fact]
    public void The_palette_knows_the_commands_of_the_queue_while_it_has_the_keys()
    {
        using var rig = InQueue(Asked.Command("x", "a")).Press(":").Type("deny: ").Press("enter");
        Assert.Equal(QueueDecision.Deny, rig.Desk.All<AnswerRequest>().Single().Decision);
    }

    [Fact]
    public void Many_answers_at_a_persons_pace_reach_each_its_own_item_once()
    {
        var random = new Random(5);
        QueueItem[] items = [.. Enumerable.Range(0, 40).Select(i => random.Next(2) == 0 ? Asked.Low($"i{i}", "abc"[i % 3].ToString()) : Asked.Command($"i{i}", "abc"[i % 3].ToString()))];
        using var rig = InQueue(items);
        var expected = new Dictionary<string, QueueDecision>();
        while (rig.Context.Fleet.Queue.Items.Any(item => rig.State.Answers.Find(item.Key) is null))
        {
            var chosen = rig.Context.Fleet.Queue.Items[rig.State.QueueIndex].Key;
            var isNew = rig.State.Answers.Find(chosen) is null;
            var allows = random.Next(2) == 0;
            rig.Press(allows ? "y" : "n");
            if (isNew)
            {
                expected[chosen] = allows ? QueueDecision.Allow : QueueDecision.Deny;
            }

            rig.Pass(0.3 + random.NextDouble());
        }

        rig.Pass(5);
        Assert.Equal(items.Length, expected.Count);
        Assert.Equal(expected.OrderBy(pair => pair.Key), rig.Desk.All<AnswerRequest>().Select(sent => KeyValuePair.Create(sent.Item, sent.Decision)).OrderBy(pair => pair.Key));
    }

    private static QueueAnswer ByLaptop => new() { Decision = QueueDecision.Deny, By = "laptop", Surface = "cli", At = DashboardRig.Start, Reason = "no" };

    private static (int Column, int Row) Find(DashboardRig rig, string text)
    {
        var row = Array.FindIndex(rig.Lines, line => line.Contains(text, StringComparison.Ordinal));
        Assert.True(row >= 0, $"{text} is not there:\n{rig.Text}");
        return (rig.Lines[row].IndexOf(text, StringComparison.Ordinal) + 1, row);
    }

    private static DashboardRig Rig(params QueueItem[] items)
    {
        var rig = new DashboardRig();
        rig.Desk.Items.AddRange(items);
        return rig.Sessions("a", "b", "c");
    }

    // The keys belong to the queue, and the first card has been looked at.
    private static DashboardRig InQueue(params QueueItem[] items) => Rig(items).Press("a").Pass(0.3);
}
