using Tether.Daemon.Approvals;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>Who a rule counts for, when, and what no rule and no mode ever allows.</summary>
public sealed class ScopeTests
{
    public static TheoryData<string, bool> Members => new()
    {
        { """{"agents":["Claude"]}""", true },
        { """{"agents":["codex"]}""", false },
        { """{"sessions":["abcdefgh"]}""", true },
        { """{"sessions":["abcdefg"]}""", false },
        { """{"tags":["web","api"]}""", true },
        { """{"tags":["web"]}""", false },
        { """{"tools":["bash"]}""", true },
        { """{"tools":["ba*"]}""", true },
        { """{"tools":["ba"]}""", false },
        { """{"classes":["command"]}""", true },
        { """{"classes":["edit","read"]}""", false },
        { """{"hours":"09:00-18:30"}""", true },
        { """{"hours":"12:00-12:01"}""", true },
        { """{"hours":"09:00-12:00"}""", false },
        { """{"hours":"22:00-06:00"}""", false },
        { """{"hours":"22:00-12:30"}""", true },
        { """{"until":"2026-01-15T12:00:01Z"}""", true },
        { """{"until":"2026-01-15T12:00:00Z"}""", false },
        { """{"agents":["claude"],"tags":["web"]}""", false },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_member_that_is_there_must_fit(string members, bool fits)
    {
        using var rig = new PolicyRig($$"""{ "rules": [ { "verdict": "allow", "commands": ["ls"], {{members[1..]}} ] }""");
        Assert.Equal(fits ? PolicyVerdict.Allow : PolicyVerdict.Ask, rig.Verdict(rig.Command("ls")));
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("task")]
    [InlineData("TaskCreate")]
    [InlineData("Agent")]
    [InlineData("ExitPlanMode")]
    [InlineData("exit_plan_mode")]
    [InlineData("EnterPlanMode")]
    [InlineData("AskUserQuestion")]
    [InlineData("spawn_agent")]
    [InlineData("plan_exit")]
    public void Some_tools_are_always_asked(string tool)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["*"] });
        var ask = rig.Command("ls") with { Tool = tool, ToolClass = ToolClass.Other, Command = null };
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(ask, ApprovalMode.Bypass));
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Deny, Tools = [tool] });
        Assert.Equal(PolicyVerdict.Deny, rig.Verdict(ask));
    }

    [Theory]
    [InlineData(ToolClass.Question)]
    [InlineData(ToolClass.Plan)]
    [InlineData(ToolClass.SubAgent)]
    public void Some_classes_are_always_asked(ToolClass name)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["*"] });
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls") with { Tool = "X", ToolClass = name, Command = null }, ApprovalMode.Bypass));
    }

    [Theory]
    [InlineData(QueueKind.Question)]
    [InlineData(QueueKind.Plan)]
    [InlineData(QueueKind.Dialog)]
    [InlineData(QueueKind.Login)]
    public void What_is_no_approval_is_always_asked(QueueKind kind)
    {
        using var rig = new PolicyRig();
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls") with { Kind = kind }, ApprovalMode.Bypass));
    }

    [Theory]
    [InlineData("src/a.cs", "Allow")]
    [InlineData("new/deep/file.txt", "Allow")]
    [InlineData("in/a.cs", "Allow")]
    [InlineData("../work/src/a.cs", "Allow")]
    [InlineData("out/a.txt", "Ask")]
    [InlineData("../outside/x", "Ask")]
    [InlineData("/etc/passwd", "Ask")]
    [InlineData("~/.bashrc", "Ask")]
    [InlineData(".env", "Ask")]
    [InlineData("config/.env.production", "Ask")]
    [InlineData("deploy/server.pem", "Ask")]
    [InlineData(".git/hooks/pre-commit", "Ask")]
    [InlineData(".claude/settings.json", "Ask")]
    [InlineData(".codex/config.toml", "Ask")]
    [InlineData(".envrc", "Ask")]
    [InlineData(".", "Ask")]
    public void A_session_that_accepts_edits_accepts_those_of_its_own_plain_files(string path, string verdict)
    {
        using var rig = new PolicyRig();
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Edit(path), ApprovalMode.AcceptEdits));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit(path, "/etc/passwd"), ApprovalMode.AcceptEdits));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit(path), ApprovalMode.Ask));
    }

    [Fact]
    public void Accepting_edits_accepts_nothing_else()
    {
        using var rig = new PolicyRig();
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls"), ApprovalMode.AcceptEdits));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit(), ApprovalMode.AcceptEdits));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit("src/a.cs") with { Command = "touch src/a.cs" }, ApprovalMode.AcceptEdits));
    }

    [Fact]
    public void Bypass_allows_what_can_be_read()
    {
        using var rig = new PolicyRig();
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("rm -rf $X; echo $((i+1))"), ApprovalMode.Bypass));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("echo 'unclosed"), ApprovalMode.Bypass));
    }

    [Theory]
    [InlineData("cat $ROOT/tether/rules.json")]
    [InlineData("echo x > $ROOT/tether/config/policy.json")]
    [InlineData("cd $ROOT/tether && rm rules.json")]
    public void Tethers_own_files_are_always_asked(string command)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["*"] });
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command(command), ApprovalMode.Bypass));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command(command)));
    }

    [Theory]
    [InlineData("sudo ls")]
    [InlineData("ls | sudo tee x")]
    [InlineData("tether approve abc")]
    [InlineData("cat .env")]
    [InlineData("cat ~/.aws/credentials")]
    public void A_rule_for_a_tool_alone_reaches_neither_others_rights_nor_secrets(string command)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["Bash"] });
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("make && ./run.sh > log")));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command(command)));
    }

    [Fact]
    public void A_command_that_is_not_told_is_asked()
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["Bash"] });
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls") with { Command = null }, ApprovalMode.Bypass));
    }
}
