using Tether.Daemon.Agents.OpenCode;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.OpenCode;

/// <summary>Screens of opencode 1.18.33.</summary>
public sealed class OpenCodePromptTests
{
    [Fact]
    public void A_permission_can_be_rejected_by_one_key_and_allowed_by_none()
    {
        var prompt = Read("     ▣  Build · Stub Model", "", "  ┃", "  ┃  △ Permission required", "  ┃    # Shell command", "  ┃", "  ┃  $ touch o3.txt", "  ┃", "  ┃",
            "  ┃   Allow once   Allow always   Reject             ctrl+f fullscreen  ⇆ select  enter confirm", "  ┃", "")!;
        Assert.Equal((QueueKind.Approval, "bash: touch o3.txt", "touch o3.txt"), (prompt.Kind, prompt.Title, prompt.Command));
        Assert.Equal("\e"u8.ToArray(), prompt.Find(QueueDecision.Deny)!.Keys);
        Assert.Empty(prompt.Find(QueueDecision.Allow)!.Keys);
    }

    [Fact]
    public void The_second_dialog_of_always_is_another_one()
    {
        var prompt = Read("  ┃  △ Always allow", "  ┃", "  ┃  This will allow the following patterns until OpenCode is restarted", "  ┃", "  ┃  - touch *", "  ┃",
            "  ┃   Confirm   Cancel                                                  ⇆ select  enter confirm", "  ┃")!;
        Assert.Equal(QueueKind.Dialog, prompt.Kind);
        Assert.Null(prompt.Find(QueueDecision.Deny));
    }

    [Fact]
    public void A_single_question_is_answered_by_a_digit()
    {
        var prompt = Read("", "  ┃", "  ┃  Which colour?", "  ┃", "  ┃  1. Red", "  ┃     warm", "  ┃  2. Blue", "  ┃     cold", "  ┃  3. Type your own answer", "  ┃",
            "  ┃  ↑↓ select  enter submit  esc dismiss", "  ┃", "")!;
        Assert.Equal((QueueKind.Question, "Which colour?"), (prompt.Kind, prompt.Title));
        Assert.Equal(["Red", "Blue", "Type your own answer", "Dismiss"], prompt.Options.Select(option => option.Label));
        Assert.Equal(["1", "2", "", "\e"], prompt.Options.Select(option => System.Text.Encoding.UTF8.GetString(option.Keys)));
    }

    [Fact]
    public void A_question_with_several_answers_has_no_such_key()
    {
        var prompt = Read("", "  ┃   Fruits   Confirm", "  ┃", "  ┃  Which fruits? (select all that apply)", "  ┃", "  ┃  1. [ ] Apple", "  ┃     a", "  ┃  2. [ ] Pear", "  ┃     p", "  ┃",
            "  ┃  ⇆ tab  ↑↓ select  enter toggle  esc dismiss", "  ┃", "")!;
        Assert.All(prompt.Options.Where(option => option.Decision == QueueDecision.Answer), option => Assert.Empty(option.Keys));
    }

    [Fact]
    public void A_prompt_that_is_written_about_is_none() =>
        Assert.Null(Read("  ┃  it says △ Permission required there", "", "     all done", "  ┃", "  ┃  Build · Stub Model Stub", "  ╹▀▀▀▀"));

    private static ScreenPrompt? Read(params string[] rows) => OpenCodePrompt.Read(new ScreenText(rows, "OC | x", 100, 0, IsAlternate: true));
}
