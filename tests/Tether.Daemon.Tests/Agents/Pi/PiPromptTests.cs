using System.Text;
using Tether.Daemon.Agents.Pi;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Pi;

public sealed class PiPromptTests
{
    [Fact]
    public void Keys_go_from_where_the_arrow_is()
    {
        var prompt = Read(" → Allow", "   Always allow this command in this session", "   Deny", "   Deny, and tell pi why");
        Assert.Equal((QueueKind.Approval, "bash: touch p1.txt", "touch p1.txt"), (prompt.Kind, prompt.Title, prompt.Command));
        Assert.Equal("\r", Keys(prompt, QueueDecision.Allow));
        Assert.Equal("\e[B\e[B\r", Keys(prompt, QueueDecision.Deny));
        Assert.Equal("\e[B\r", Encoding.UTF8.GetString(prompt.Find(QueueDecision.Allow, isAlways: true)!.Keys));
    }

    [Fact]
    public void The_fingerprint_does_not_follow_the_arrow()
    {
        var moved = Read("   Allow", "   Always allow this command in this session", " → Deny", "   Deny, and tell pi why");
        Assert.Equal("\e[A\e[A\r", Keys(moved, QueueDecision.Allow));
        Assert.Equal(Read(" → Allow", "   Always allow this command in this session", "   Deny", "   Deny, and tell pi why").Fingerprint, moved.Fingerprint);
    }

    [Fact]
    public void A_dialog_of_another_extension_is_a_question()
    {
        var prompt = Read(" → Yes", "   No");
        Assert.Equal(QueueKind.Question, prompt.Kind);
        Assert.Equal(["Yes", "No"], prompt.Options.Select(option => option.Label));
    }

    [Fact]
    public void Without_the_line_of_keys_there_is_none() =>
        Assert.Null(PiPrompt.Read(new ScreenText(["────────", " Allow bash?", "   touch p1.txt", "", " → Allow", "   Deny", "────────"], "", 100, 0, IsAlternate: false)));

    private static string Keys(ScreenPrompt prompt, QueueDecision decision) => Encoding.UTF8.GetString(prompt.Find(decision)!.Keys);

    // As pi 0.73.1 draws it.
    private static ScreenPrompt Read(params string[] options) => PiPrompt.Read(new ScreenText(
        [" $ touch p1.txt", "", " ⠋ Working...", "────────────", "", " Allow bash?", "   touch p1.txt", "", .. options, "", " ↑↓ navigate  enter select  escape/ctrl+c cancel", "", "────────────", "/srv/app (master)"],
        "", 100, 0, IsAlternate: false))!;
}
