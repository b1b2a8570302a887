using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class PromptTypingTests
{
    private static readonly PromptOption Yes = new("Yes", [(byte)'y'], QueueDecision.Allow);

    private readonly Deadlines _deadlines = new();
    private readonly List<byte[]> _typed = [];
    private readonly List<string> _receipts = [];
    private ScreenPrompt? _shown = Prompt("a");
    private bool _isWhole = true;

    [Fact]
    public void The_same_prompt_gets_one_key_and_is_confirmed_when_it_is_gone()
    {
        Answer("a", prompt => prompt.Find(QueueDecision.Allow));
        Assert.Equal("y"u8.ToArray(), Assert.Single(_typed));
        Assert.Empty(_receipts);
        _shown = Prompt("b");
        Soon.Is(() =>
        {
            _deadlines.RunDue();
            return _receipts.Count > 0;
        });
        Assert.Equal(["confirmed"], _receipts);
    }

    [Fact]
    public void Another_prompt_gets_no_key()
    {
        _shown = Prompt("b");
        Answer("a", _ => Yes);
        Assert.Equal((0, "changed"), (_typed.Count, Assert.Single(_receipts)));
    }

    [Fact]
    public void A_prompt_that_is_being_drawn_gets_no_key()
    {
        _isWhole = false;
        Answer("a", _ => Yes);
        Assert.Equal((0, "changed"), (_typed.Count, Assert.Single(_receipts)));
    }

    [Fact]
    public void No_prompt_gets_no_key()
    {
        _shown = null;
        Answer("a", _ => Yes);
        Assert.Equal((0, "prompt-gone"), (_typed.Count, Assert.Single(_receipts)));
    }

    [Fact]
    public void An_option_without_a_key_is_not_typed()
    {
        Answer("a", _ => Yes with { Keys = [] });
        Assert.Equal((0, "no-key"), (_typed.Count, Assert.Single(_receipts)));
    }

    [Fact]
    public void A_prompt_ends_with_its_program()
    {
        var typing = Answer("a", _ => Yes);
        typing.Ended();
        Assert.Equal(["confirmed"], _receipts);
    }

    private static ScreenPrompt Prompt(string fingerprint) =>
        new() { Kind = QueueKind.Approval, Fingerprint = fingerprint, Title = fingerprint, Options = [Yes] };

    private PromptTyping Answer(string fingerprint, Func<ScreenPrompt, PromptOption?> choose)
    {
        var typing = new PromptTyping(
            () => _shown,
            () => _isWhole,
            keys =>
            {
                _typed.Add(keys);
                return true;
            },
            _deadlines);
        typing.Answer(fingerprint, choose, _receipts.Add);
        return typing;
    }
}
