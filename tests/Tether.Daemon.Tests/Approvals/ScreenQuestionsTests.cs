using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

public sealed class ScreenQuestionsTests
{
    private readonly QueueRig _rig = new();
    private readonly ScreenQuestions _screens;
    private readonly List<string> _typed = [];
    private string _receipt = "confirmed";
    private ScreenPrompt _onScreen = Prompt("touch a");

    public ScreenQuestionsTests() => _screens = new ScreenQuestions(
        _rig.Queue,
        (session, fingerprint, choose) =>
        {
            _typed.Add($"{session} {fingerprint} {choose(_onScreen)?.Label}");
            return Task.FromResult(_receipt);
        },
        _rig.Hand);

    [Fact]
    public void A_prompt_that_only_the_screen_shows_is_answered_by_one_of_its_keys()
    {
        _screens.Seen("one", Prompt("touch a"));
        var item = Assert.Single(_rig.Queue.Items());
        Assert.Equal((AnswerWay.Keys, "touch a"), (item.Way, item.Command));

        Assert.Equal("confirmed", _rig.Allow(item.Id).Result().Answer!.Receipt);

        Assert.Equal(["one touch a Yes"], _typed);
    }

    [Fact]
    public void A_question_that_its_hook_handed_back_is_bound_to_the_prompt_that_comes()
    {
        var ask = QueueRig.Command("one", "k1", "touch a");
        var id = _rig.Queue.Open(ask, _ => Task.FromResult("delivered"));

        _screens.HandedBack(ask);
        Assert.Equal(AnswerWay.Terminal, _rig.Item(id).Way);
        _screens.NotAsking("one");
        _screens.Seen("one", Prompt("touch a"));

        Assert.Equal((id, AnswerWay.Keys), (Assert.Single(_rig.Queue.Items()).Id, _rig.Item(id).Way));
        _rig.Allow(id).Result();
        Assert.Equal(["one touch a Yes"], _typed);
    }

    [Fact]
    public void A_prompt_that_goes_closes_its_item()
    {
        _screens.Seen("one", Prompt("touch a"));
        _screens.Gone("one", Prompt("touch a"));

        Assert.Empty(_rig.Queue.Items());
        Assert.Equal("answered in the terminal", Assert.Single(_rig.Audit).Reason);
    }

    [Fact]
    public void A_handed_back_question_whose_prompt_never_comes_is_over_when_the_agent_goes_on()
    {
        var ask = QueueRig.Command("one", "k1", "touch a");
        _rig.Queue.Open(ask, _ => Task.FromResult("delivered"));
        _screens.HandedBack(ask);
        _rig.Hand.Move(TimeSpan.FromSeconds(6));

        _screens.NotAsking("one");

        Assert.Empty(_rig.Queue.Items());
    }

    [Fact]
    public void A_prompt_that_goes_because_of_the_key_is_answered_not_closed()
    {
        var prompt = Prompt("touch a");
        var screens = default(ScreenQuestions);
        screens = new ScreenQuestions(
            _rig.Queue,
            (_, _, _) =>
            {
                screens!.Gone("one", prompt);
                return Task.FromResult(_receipt);
            },
            _rig.Hand);
        screens.Seen("one", prompt);

        var item = _rig.Allow(Assert.Single(_rig.Queue.Items()).Id).Result();

        Assert.Equal((QueueState.Answered, "confirmed"), (item.State, item.Answer!.Receipt));
    }

    [Fact]
    public void A_prompt_that_went_before_the_key_closes_its_item()
    {
        var prompt = Prompt("touch a");
        var screens = default(ScreenQuestions);
        screens = new ScreenQuestions(
            _rig.Queue,
            (_, _, _) =>
            {
                screens!.Gone("one", prompt);
                return Task.FromResult("prompt-gone");
            },
            _rig.Hand);
        screens.Seen("one", prompt);

        var item = _rig.Allow(Assert.Single(_rig.Queue.Items()).Id).Result();

        Assert.Equal((QueueState.Closed, "not delivered: answered in the terminal"), (item.State, item.Answer!.Receipt));
    }

    [Fact]
    public void An_agents_own_always_is_the_prompts_option_for_that()
    {
        _screens.Seen("one", Prompt("touch a"));
        var item = Assert.Single(_rig.Queue.Items());

        _rig.Queue.Answer(new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow, Always = Assert.Single(item.Always).Id }, "ann").Result();

        Assert.Equal(["one touch a Yes, always"], _typed);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("prompt-gone")]
    [InlineData("unconfirmed")]
    public void A_key_that_could_not_be_typed_or_did_nothing_leaves_the_question_open(string receipt)
    {
        _receipt = receipt;
        _screens.Seen("one", Prompt("touch a"));
        var item = Assert.Single(_rig.Queue.Items());

        Assert.ThrowsAny<Exception>(() => _rig.Allow(item.Id).GetAwaiter().GetResult());

        Assert.Equal(QueueState.Open, _rig.Item(item.Id).State);
    }

    [Fact]
    public void A_dialogs_options_are_its_answers()
    {
        _onScreen = Prompt("trust?") with { Kind = QueueKind.Dialog, Command = null, Title = "Trust this folder?" };
        _screens.Seen("one", _onScreen);
        var item = Assert.Single(_rig.Queue.Items());

        _rig.Queue.Answer(new AnswerRequest { Item = item.Id, Decision = QueueDecision.Answer, Answers = [["3"]] }, "ann").Result();

        Assert.Equal(["one trust? No"], _typed);
    }

    private static ScreenPrompt Prompt(string command) => new()
    {
        Kind = QueueKind.Approval,
        Fingerprint = command,
        Title = $"Bash: {command}",
        Command = command,
        ToolClass = ToolClass.Command,
        Options =
        [
            new PromptOption("Yes", "y"u8.ToArray(), QueueDecision.Allow),
            new PromptOption("Yes, always", "p"u8.ToArray(), QueueDecision.Allow, IsAlways: true),
            new PromptOption("No", "n"u8.ToArray(), QueueDecision.Deny),
        ],
    };
}
