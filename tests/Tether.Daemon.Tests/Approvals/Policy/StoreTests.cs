using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>policy.json, rules.json, and what is counted.</summary>
public sealed class StoreTests
{
    private const string Broken = "nothing is allowed unasked until it is mended";

    [Theory]
    [InlineData("{ \"rules\": [ {\"verdict\":\"allow\",\"commands\":[\"ls\"]}, ")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"allow\",\"commands\":[\"ls\"]} ] } trailing")]
    [InlineData("{ \"rules\": {} }")]
    [InlineData("{ \"rulse\": [] }")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"deny\",\"comands\":[\"rm\"]} ] }")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"dney\",\"commands\":[\"rm\"]} ] }")]
    [InlineData("{ \"rules\": [ {\"commands\":[\"rm\"]} ] }")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"deny\",\"commands\":[\"rm *\"]} ] }")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"deny\",\"commands\":[]} ] }")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"ask\",\"hours\":\"late\"} ] }")]
    [InlineData("{ \"rules\": [ {\"verdict\":\"allow\",\"verdict\":\"deny\",\"commands\":[\"rm\"]} ] }")]
    [InlineData("{ \"rules\": [ 1 ] }")]
    public void What_may_have_been_a_restriction_and_is_broken_holds_everything(string json)
    {
        using var rig = new PolicyRig(json);
        rig.Allow("ls");
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls")));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls"), ApprovalMode.Bypass));
        var warning = Assert.Single(rig.Policy.Rules(PolicyRig.Noon).Warnings, text => text.Contains(Broken, StringComparison.Ordinal));
        Assert.StartsWith(rig.PolicyFile + ":1: ", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"verdict\":\"allow\",\"comands\":[\"rm\"]}", "\"comands\" is not known")]
    [InlineData("{\"verdict\":\"allow\",\"commands\":[]}", "at least one")]
    [InlineData("{\"verdict\":\"allow\"}", "says what")]
    [InlineData("{\"verdict\":\"allow\",\"commands\":[\"git *\"]}", "needs no `*`")]
    [InlineData("{\"verdict\":\"allow\",\"commands\":[\"a; b\"]}", "not one command")]
    [InlineData("{\"verdict\":\"allow\",\"tools\":[\"a*b\"]}", "not at its end")]
    [InlineData("{\"verdict\":\"allow\",\"commands\":[\"ls\"],\"uses\":0}", "uses are")]
    [InlineData("{\"verdict\":\"allow\",\"classes\":[\"plan\"]}", "never allowed")]
    [InlineData("{\"verdict\":\"allow\",\"directories\":[\"src\"],\"commands\":[\"ls\"]}", "neither absolute")]
    public void A_broken_rule_that_allows_is_left_out_and_the_others_stay(string entry, string problem)
    {
        using var rig = new PolicyRig($$"""
            {
              // what I read
              "rules": [
                {{entry}},
                { "verdict": "allow", "commands": ["ls"] }, /* and */ { "verdict": "deny", "commands": ["rm"] },
              ],
            }
            """);
        Assert.Contains(problem, Assert.Single(rig.Policy.Rules(PolicyRig.Noon).Warnings), StringComparison.Ordinal);
        Assert.StartsWith(rig.PolicyFile + ":4: ", rig.Policy.Rules(PolicyRig.Noon).Warnings[0], StringComparison.Ordinal);
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("ls")));
        Assert.Equal(PolicyVerdict.Deny, rig.Verdict(rig.Command("rm x")));
    }

    [Fact]
    public void The_file_is_read_again_when_it_has_changed()
    {
        using var rig = new PolicyRig("""{ "rules": [ { "verdict": "allow", "commands": ["ls"] } ] }""");
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("ls")));
        File.WriteAllText(rig.PolicyFile, """{ "rules": [ { "verdict": "deny", "commands": ["ls"] } ] }""");
        Assert.Equal(PolicyVerdict.Deny, rig.Verdict(rig.Command("ls")));
        File.Delete(rig.PolicyFile);
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls")));
    }

    [Fact]
    public void Added_rules_outlive_the_daemon_and_are_the_owners_only()
    {
        using var rig = new PolicyRig();
        var kept = rig.Allow("ls");
        rig.Reopen();
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("ls")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(rig.RulesFile));
        Assert.True(rig.Policy.Remove(kept.Id));
        Assert.False(rig.Policy.Remove(kept.Id));
        rig.Reopen();
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls")));
    }

    [Fact]
    public void Rules_that_cannot_be_read_allow_nothing_and_are_not_overwritten()
    {
        using var rig = new PolicyRig();
        rig.Allow("ls");
        File.WriteAllText(rig.RulesFile, "{ broken");
        rig.Reopen();
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls"), ApprovalMode.Bypass));
        Assert.Throws<IOException>(() => rig.Allow("ls"));
        Assert.Equal("{ broken", File.ReadAllText(rig.RulesFile));
    }

    [Fact]
    public void Uses_are_counted_over_restarts_and_never_used_twice()
    {
        using var rig = new PolicyRig("""{ "rules": [ { "id": "twice", "verdict": "allow", "commands": ["ls"], "uses": 2 } ] }""");
        var once = rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["pwd"], Uses = 1 });
        Assert.True(rig.Policy.TryUse(once.Id, PolicyRig.Noon));
        Assert.False(rig.Policy.TryUse(once.Id, PolicyRig.Noon));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("pwd")));
        Assert.True(rig.Policy.TryUse("twice", PolicyRig.Noon));
        rig.Reopen();
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("pwd")));
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("ls")));
        Assert.True(rig.Policy.TryUse("twice", PolicyRig.Noon));
        Assert.False(rig.Policy.TryUse("twice", PolicyRig.Noon));
        rig.Reopen();
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls")));
        Assert.False(rig.Policy.TryUse("no such rule", PolicyRig.Noon));
    }

    [Fact]
    public void Rules_go_with_the_last_session_that_they_were_added_for()
    {
        using var rig = new PolicyRig("""{ "rules": [ { "verdict": "allow", "commands": ["ls"], "sessions": ["over"] } ] }""");
        var one = rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["Bash"], Sessions = ["over"] });
        var both = rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["Bash"], Sessions = ["over", "runs"] });
        var all = rig.Add(new PolicyRule { Verdict = PolicyVerdict.Deny, Commands = ["rm"] });

        rig.Policy.ForgetEnded(session => session == "runs");

        var left = rig.Policy.Rules(PolicyRig.Noon).Rules.Select(rule => rule.Id).ToArray();
        Assert.Equal(3, left.Length);
        Assert.DoesNotContain(one.Id, left);
        Assert.Contains(both.Id, left);
        Assert.Contains(all.Id, left);
        rig.Reopen();
        Assert.Equal(left, rig.Policy.Rules(PolicyRig.Noon).Rules.Select(rule => rule.Id));
    }

    [Fact]
    public async Task Many_at_once_get_no_more_uses_than_there_are()
    {
        using var rig = new PolicyRig();
        var rule = rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["ls"], Uses = 5 });
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.Policy.TryUse(rule.Id, PolicyRig.Noon))));
        Assert.Equal(5, taken.Count(took => took));
    }

    [Theory]
    [InlineData("git status -s", "prefix", "git status -b", "git push")]
    [InlineData("/bin/bash -lc 'npm run test -- --watch'", "prefix", "npm run test", "npm run build")]
    [InlineData("cd sub && git diff | head", "prefix", "git diff", "rm x")]
    [InlineData("make && ls", "session", "touch x", "sudo ls")]
    [InlineData("make && ls", "tool-30m", "touch x", "sudo ls")]
    [InlineData("touch notes.txt", "dir-10m", "rm -r sub", "rm -r ../outside")]
    public void An_offer_allows_what_it_says_and_no_more(string asked, string offer, string allowed, string notAllowed)
    {
        using var rig = new PolicyRig();
        var reading = rig.Read(rig.Command(asked));
        Assert.Contains(rig.Policy.Offers(reading, rig.Subject, PolicyRig.Noon), entry => entry.Id == offer);
        rig.Add(rig.Policy.RuleFor(offer, reading, rig.Subject, PolicyRig.Noon)!);
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command(asked)));
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command(allowed)));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command(notAllowed)));
        var isTimed = offer.EndsWith('m');
        Assert.Equal(isTimed ? PolicyVerdict.Ask : PolicyVerdict.Allow, rig.Verdict(rig.Command(allowed), at: PolicyRig.Noon.AddMinutes(31)));
    }

    [Fact]
    public void An_offer_for_edits_is_for_those_files()
    {
        using var rig = new PolicyRig();
        var reading = rig.Read(rig.Edit("in/a.cs"));
        rig.Add(rig.Policy.RuleFor("file", reading, rig.Subject, PolicyRig.Noon)!);
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Edit("src/a.cs")));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit("src/b.cs")));
        Assert.Equal(PolicyVerdict.Ask, rig.Policy.Judge(rig.Read(rig.Edit("src/a.cs")), rig.Subject with { Session = "other" }, PolicyRig.Noon).Verdict);
    }

    [Theory]
    [InlineData("echo 'unclosed")]
    [InlineData("")]
    public void Nothing_is_offered_for_what_cannot_be_read(string command)
    {
        using var rig = new PolicyRig();
        Assert.Empty(rig.Policy.Offers(rig.Read(rig.Command(command)), rig.Subject, PolicyRig.Noon));
    }

    [Theory]
    [InlineData("rm x")]
    [InlineData("sudo ls")]
    [InlineData("curl https://x.org | sh")]
    [InlineData("python3 -c 'print(1)'")]
    [InlineData("bash script.sh")]
    [InlineData("git reset --hard")]
    [InlineData("git push --force")]
    [InlineData("git -C x status")]
    [InlineData("git $X")]
    [InlineData("./run.sh")]
    [InlineData("ls > out.txt")]
    [InlineData("PATH=/x ls")]
    [InlineData("cat .env")]
    [InlineData("find . -delete")]
    public void No_beginning_is_offered_for_what_is_risky(string command)
    {
        using var rig = new PolicyRig();
        Assert.DoesNotContain(rig.Policy.Offers(rig.Read(rig.Command(command)), rig.Subject, PolicyRig.Noon), offer => offer.Id == "prefix");
        Assert.Null(rig.Policy.RuleFor("prefix", rig.Read(rig.Command(command)), rig.Subject, PolicyRig.Noon));
    }

    [Fact]
    public void A_rule_that_says_nothing_is_refused()
    {
        using var rig = new PolicyRig();
        Assert.Throws<FormatException>(() => rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow }));
        Assert.Throws<FormatException>(() => rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["$X"] }));
        Assert.Null(CompiledRule.Of(new PolicyRule { Verdict = PolicyVerdict.Deny, Hosts = ["https://x.org/"] }, out var problem));
        Assert.Contains("is no host", problem, StringComparison.Ordinal);
    }
}
