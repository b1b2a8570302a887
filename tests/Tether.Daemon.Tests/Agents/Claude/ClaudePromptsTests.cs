using Tether.Daemon.Agents.Claude;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Claude;

/// <summary>Screens as Claude Code 2.1.197 and 2.1.329 drew them.</summary>
public sealed class ClaudePromptsTests
{
    private const string Command329 = """
        ● Bash(touch a1.txt)
          ⎿  Waiting…

        ──────────────────────────────────────────────────────────────
         Bash command
         Tip: auto mode handles these prompts for you — choose "switch to auto mode" below
         Run a stub command
        ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
         touch a1.txt
        ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
         Do you want to proceed?
         ❯ 1. Yes
           2. Yes, and always allow access to /tmp/w from this project
           3. Yes, and switch to auto mode · auto mode handles these prompts for you
           4. No

         Esc to cancel · Tab to amend
        """;

    private const string Command197 = """
        ● Bash(touch a1.txt)
          ⎿  Waiting…

        ──────────────────────────────────────────────────────────────
         Bash command

           touch a1.txt
           Run a stub command

         Do you want to proceed?
         ❯ 1. Yes
           2. Yes, and always allow access to w/ from this project
           3. No

         Esc to cancel · Tab to amend · ctrl+e to explain
        """;

    private const string Write329 = """
        ──────────────────────────────────────────────────────────────
         Create file
         n.txt
        ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
          1 one
          2 two
        ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
         Do you want to create n.txt?
         ❯ 1. Yes
           2. Yes, and switch to accept edits (auto-approve file edits and common file commands) for this session
              (shift+tab)
           3. No

         Esc to cancel · Tab to amend
        """;

    private const string Question = """
        ──────────────────────────────────────────────────────────────
         ☐ Colour

        Which colour?

        ❯ 1. Red
             warm
          2. Blue
             cold
          3. Type something.
        ──────────────────────────────────────────────────────────────
          4. Chat about this

        Enter to select · ↑/↓ to navigate · Esc to cancel
        """;

    private const string Trust329 = """
        ──────────────────────────────────────────────────────────────
         Accessing workspace:

         /srv/app-2

         Quick safety check: Is this a project you created or one you trust?

         Security guide

         ❯ No, exit
           Yes, I trust this folder

         Enter to confirm · Esc to cancel
        """;

    private const string Trust197 = """
        ──────────────────────────────────────────────────────────────
         Accessing workspace:

         /srv/app-2

         Security guide

         ❯ 1. Yes, I trust this folder
           2. No, exit

         Enter to confirm · Esc to cancel
        """;

    private const string Plan = """
        ──────────────────────────────────────────────────────────────
         Exit plan mode?

          Claude wants to exit plan mode

          ❯ 1. Yes, and switch to default (ask each time) for this session
            2. No
        """;

    [Theory]
    [InlineData(Command329, "4")]
    [InlineData(Command197, "3")]
    public void A_commands_options_have_the_numbers_of_the_screen(string screen, string no)
    {
        var prompt = Read(screen)!;
        Assert.Equal((QueueKind.Approval, ToolClass.Command), (prompt.Kind, prompt.ToolClass));
        Assert.Equal(("touch a1.txt", "Bash command: touch a1.txt"), (prompt.Command, prompt.Title));
        Assert.Equal("1"u8.ToArray(), prompt.Find(QueueDecision.Allow)!.Keys);
        Assert.Equal(System.Text.Encoding.ASCII.GetBytes(no), prompt.Find(QueueDecision.Deny)!.Keys);
        Assert.Equal("2"u8.ToArray(), prompt.Find(QueueDecision.Allow, isAlways: true)!.Keys);
    }

    [Fact]
    public void A_command_of_several_lines_is_whole()
    {
        var prompt = Read(Command329.Replace("touch a1.txt\n", "cd /tmp &&\n   touch a1.txt\n", StringComparison.Ordinal))!;
        Assert.Equal(("cd /tmp &&\ntouch a1.txt", "Bash command: cd /tmp &&"), (prompt.Command, prompt.Title));
    }

    [Fact]
    public void A_file_is_named_and_a_wrapped_option_is_one()
    {
        var prompt = Read(Write329)!;
        Assert.Equal((QueueKind.Approval, ToolClass.Edit, "Create file: n.txt"), (prompt.Kind, prompt.ToolClass, prompt.Title));
        Assert.Equal(3, prompt.Options.Length);
        Assert.EndsWith("for this session (shift+tab)", prompt.Options[1].Label, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_has_its_answers_as_options()
    {
        var prompt = Read(Question)!;
        Assert.Equal((QueueKind.Question, "Which colour?"), (prompt.Kind, prompt.Title));
        Assert.Equal([("Red warm", "1"), ("Blue cold", "2")], prompt.Options.Select(option => (option.Label, System.Text.Encoding.ASCII.GetString(option.Keys))));
    }

    [Fact]
    public void A_plan_may_be_left_or_not()
    {
        var prompt = Read(Plan)!;
        Assert.Equal(QueueKind.Plan, prompt.Kind);
        Assert.Equal("1"u8.ToArray(), prompt.Find(QueueDecision.Allow)!.Keys);
        Assert.Equal("2"u8.ToArray(), prompt.Find(QueueDecision.Deny)!.Keys);
    }

    [Fact]
    public void Trusting_a_folder_is_a_dialog_whose_yes_may_have_no_single_key()
    {
        var (plain, numbered) = (Read(Trust329)!, Read(Trust197)!);
        Assert.Equal((QueueKind.Dialog, "Accessing workspace"), (plain.Kind, plain.Title));
        Assert.Empty(plain.Find(QueueDecision.Allow)!.Keys);
        Assert.Equal("\r"u8.ToArray(), plain.Find(QueueDecision.Deny)!.Keys);
        Assert.Equal((QueueKind.Dialog, "1"), (numbered.Kind, System.Text.Encoding.ASCII.GetString(numbered.Find(QueueDecision.Allow)!.Keys)));
    }

    [Fact]
    public void The_fingerprint_is_of_the_question_and_not_of_what_is_selected_or_stands_above()
    {
        var moved = Command329.Replace("❯ 1. Yes", "  1. Yes", StringComparison.Ordinal).Replace("  4. No", "❯ 4. No", StringComparison.Ordinal).Replace("Waiting…", "Waiting…\n\n", StringComparison.Ordinal);
        Assert.Equal(Read(Command329)!.Fingerprint, Read(moved)!.Fingerprint);
        Assert.NotEqual(Read(Command329)!.Fingerprint, Read(Command329.Replace("touch a1.txt", "touch a2.txt", StringComparison.Ordinal))!.Fingerprint);
    }

    [Theory]
    [InlineData("❯ \n──────\n  ? for shortcuts")]
    [InlineData("""
        ● Choose:
        ──────────────────────────────
         ❯ 1. Yes
           2. No
        ──────────────────────────────
        ❯
        ──────────────────────────────
        """)]
    [InlineData("")]
    public void A_list_in_the_conversation_is_no_prompt(string screen) => Assert.Null(Read(screen));

    private static ScreenPrompt? Read(string screen) => new ClaudeAgent().ReadPrompt(AgentFixture.Screen(screen));
}
