using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>Rules that allow files: every path that is named or written must fit, with links followed.</summary>
public sealed class PathRuleTests
{
    [Theory]
    [InlineData("cat src/a.cs", "Allow")]
    [InlineData("cat ./src/../src/a.cs", "Allow")]
    [InlineData("cat in/a.cs", "Allow")]
    [InlineData("cat $WORK/src/a.cs", "Allow")]
    [InlineData("cat $ROOT/worklink/src/a.cs", "Allow")]
    [InlineData("cd src && cat a.cs", "Allow")]
    [InlineData("cat src/a.cs > src/b.cs", "Allow")]
    [InlineData("cat src/a.cs > /dev/null", "Allow")]
    [InlineData("cat < src/a.cs", "Allow")]
    [InlineData("cat src/new/deep/x.cs", "Allow")]
    [InlineData("cat notes.txt", "Ask")]
    [InlineData("cat src/a.cs notes.txt", "Ask")]
    [InlineData("cat src/a.cs > notes.txt", "Ask")]
    [InlineData("cat srcx/a.cs", "Ask")]
    [InlineData("cat src/../notes.txt", "Ask")]
    [InlineData("cat out/secret.txt", "Ask")]
    [InlineData("cat src/../../outside/secret.txt", "Ask")]
    [InlineData("cat in/../notes.txt", "Ask")]
    [InlineData("cd sub && cat src/a.cs", "Ask")]
    [InlineData("cd sub; cat ../src/a.cs", "Ask")]
    [InlineData("cd $X && cat src/a.cs", "Ask")]
    [InlineData("cat src/*.cs", "Ask")]
    [InlineData("cat src/$X", "Ask")]
    [InlineData("cat {src/a.cs,notes.txt}", "Ask")]
    [InlineData("ls | xargs cat", "Ask")]
    [InlineData("cat ~/.bashrc", "Ask")]
    [InlineData("cat --out=/etc/x src/a.cs", "Ask")]
    [InlineData("cat -o/etc/x src/a.cs", "Ask")]
    [InlineData("ln -s / src/l && cat src/l/etc/passwd", "Ask")]
    [InlineData("while true; do cd ..; cat src/a.cs; done", "Ask")]
    [InlineData("cat /proc/self/cwd/src/a.cs", "Ask")]
    [InlineData("cat", "Ask")]
    public void Cover_every_path_of_a_command(string command, string verdict)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["cat", "ls", "ln"], Paths = ["src/**"] });
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Command(command)));
    }

    [Theory]
    [InlineData("src/a.cs", "Allow")]
    [InlineData("$WORK/src/a.cs", "Allow")]
    [InlineData("in/a.cs", "Allow")]
    [InlineData("src/x/y.txt", "Ask")]
    [InlineData("notes.txt", "Ask")]
    [InlineData("out/a.cs", "Ask")]
    [InlineData("src/../../outside/a.cs", "Ask")]
    [InlineData("../work/src/a.cs", "Allow")]
    public void Cover_edits(string path, string verdict)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Classes = [ToolClass.Edit], Paths = ["src/**/*.cs"] });
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Edit(path)));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit(path, "notes.txt")));
    }

    [Fact]
    public void A_link_that_is_put_in_a_rules_place_opens_nothing()
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Classes = [ToolClass.Edit], Paths = ["gen/**"] });
        Directory.CreateSymbolicLink(Path.Combine(rig.Work, "gen"), Path.Combine(rig.Root, "outside"));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit("gen/secret.txt")));
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Edit(Path.Combine(rig.Work, "gen/secret.txt"))));
    }

    [Theory]
    [InlineData("npm test", "Allow")]
    [InlineData("cd sub && npm test", "Allow")]
    [InlineData("cd .. && npm test", "Ask")]
    [InlineData("cd ..; npm test", "Ask")]
    [InlineData("cd out && npm test", "Ask")]
    [InlineData("cd $X && npm test", "Ask")]
    [InlineData("(cd ..); npm test", "Allow")]
    [InlineData("cd .. | npm test", "Allow")]
    [InlineData("env -C .. npm test", "Ask")]
    [InlineData("eval 'cd ..'; npm test", "Ask")]
    [InlineData("if true; then cd ..; fi; npm test", "Ask")]
    [InlineData("cd() { :; }; cd sub && npm test", "Ask")]
    [InlineData("pushd ..; npm test", "Ask")]
    public void Directories_are_those_where_each_command_would_be_run(string command, string verdict)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["npm test", "pushd"], Directories = [rig.Work] });
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Command(command)));
    }

    [Fact]
    public void A_directory_ends_at_a_separator()
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["ls"], Directories = [rig.Work[..^1]] });
        Assert.Equal(PolicyVerdict.Ask, rig.Verdict(rig.Command("ls")));
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["ls"], Directories = [Path.Combine(rig.Root, "worklink") + "/"] });
        Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command("ls")));
    }

    [Theory]
    [InlineData("curl https://api.example.com/v1", "Allow")]
    [InlineData("curl -X POST https://example.com", "Allow")]
    [InlineData("curl https://example.com.evil.org", "Ask")]
    [InlineData("curl https://example.com@evil.org", "Ask")]
    [InlineData("curl https://example.com https://evil.org", "Ask")]
    [InlineData("curl $URL", "Ask")]
    [InlineData("curl https://example.com/$X", "Ask")]
    [InlineData("curl --proxy=http://evil.org https://example.com", "Ask")]
    [InlineData("curl", "Ask")]
    public void Hosts_are_covered_all_or_not_at_all(string command, string verdict)
    {
        using var rig = new PolicyRig();
        rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = ["curl"], Hosts = ["example.com", "*.example.com"] });
        Assert.Equal(Enum.Parse<PolicyVerdict>(verdict), rig.Verdict(rig.Command(command)));
    }
}
