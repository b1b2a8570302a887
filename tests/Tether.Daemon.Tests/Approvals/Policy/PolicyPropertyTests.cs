using Tether.Daemon.Approvals;
using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>What holds for any rules and any requests, tried with many of both.</summary>
public sealed class PolicyPropertyTests
{
    private static readonly string[] Commands = ["git status", "git", "ls", "rm -rf", "cat", "sudo apt", "npm run test", "cd", "curl"];

    private static readonly string[] Pieces =
    [
        "git status", "git push -f", "ls -la", "rm -rf sub", "cat src/a.cs", "cat out/secret.txt", "sudo apt update", "npm run test", "cd sub", "cd ..", "curl https://a.org/x", "curl $URL",
        "$CMD x", "echo $(git status)", "bash -c 'rm -rf x'", "env A=b git status", "git status > src/out", "xargs cat", "find . -exec rm {} +", "f() { ls; }", "echo $((x))", "cat .env", "x=1", "'unclosed",
    ];

    [Fact]
    public void A_rule_that_denies_never_allows_anything_new_and_one_that_allows_takes_nothing_when_it_goes()
    {
        using var rig = new PolicyRig();
        var random = new Random(11);
        var asks = Enumerable.Range(0, 120).Select(_ => RandomAsk(rig, random)).ToArray();
        var readings = asks.Select(rig.Read).ToArray();
        for (var round = 0; round < 25; round++)
        {
            var rules = Enumerable.Range(0, random.Next(1, 5)).Select(_ => rig.Add(RandomRule(rig, random, (PolicyVerdict)random.Next(3)))).ToList();
            var before = Allowed();
            var added = rig.Add(RandomRule(rig, random, random.Next(2) == 0 ? PolicyVerdict.Deny : PolicyVerdict.Ask));
            Assert.Subset(before, Allowed());
            rig.Policy.Remove(added.Id);
            Assert.Equal(before, Allowed());
            foreach (var rule in rules)
            {
                var until = Allowed();
                rig.Policy.Remove(rule.Id);
                if (rule.Verdict == PolicyVerdict.Allow)
                {
                    Assert.Subset(until, Allowed());
                }
            }

            HashSet<(int, ApprovalMode)> Allowed() =>
            [
                .. from index in Enumerable.Range(0, readings.Length)
                   from mode in Enum.GetValues<ApprovalMode>()
                   where rig.Policy.Judge(readings[index], rig.Subject with { Mode = mode }, PolicyRig.Noon).Verdict == PolicyVerdict.Allow
                   select (index, mode),
            ];
        }
    }

    [Fact]
    public void A_line_is_allowed_only_if_each_of_its_commands_is()
    {
        using var rig = new PolicyRig();
        rig.Allow("git status", "ls", "cat src/a.cs", "npm run test");
        var random = new Random(5);
        string[] joints = [" && ", " || ", "; ", " | ", "\n", " & ", " |& "];
        var allowed = 0;
        for (var i = 0; i < 1500; i++)
        {
            var pieces = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pieces[random.Next(Pieces.Length)]).ToArray();
            var line = pieces.Aggregate((left, right) => left + joints[random.Next(joints.Length)] + right);
            line = random.Next(4) switch { 0 => $"( {line}\n)", 1 => $"{{ {line}\n}}", 2 => $"ls $({line}\n)", _ => line };
            if (rig.Verdict(rig.Command(line)) == PolicyVerdict.Allow)
            {
                allowed++;
                Assert.All(pieces, piece => Assert.Equal(PolicyVerdict.Allow, rig.Verdict(rig.Command(piece))));
            }
        }

        Assert.True(allowed > 50, $"only {allowed} were allowed: nothing was tried");
    }

    private static Ask RandomAsk(PolicyRig rig, Random random) => random.Next(5) switch
    {
        0 => rig.Edit(Pick(random, ["src/a.cs", "out/x", ".env", "/etc/passwd", "notes.txt"])),
        1 => rig.Command("ls") with { Tool = Pick(random, ["WebFetch", "Task", "Read"]), ToolClass = ToolClass.Other, Command = null },
        _ => rig.Command(string.Join(Pick(random, [" && ", "; ", " | ", "\n"]), Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, Pieces)))),
    };

    private static PolicyRule RandomRule(PolicyRig rig, Random random, PolicyVerdict verdict) => new()
    {
        Verdict = verdict,
        Commands = Some(random, Commands),
        Tools = verdict == PolicyVerdict.Allow ? ["*"] : Some(random, ["Bash", "Edit", "Task", "W*"]),
        Paths = Some(random, ["src/**", "**", "/etc/**", rig.Expand("$ROOT/outside/*"), "~/**"]),
        Directories = Some(random, [rig.Work, Path.Combine(rig.Work, "sub"), "/etc"]),
        Hosts = random.Next(4) == 0 ? ["a.org"] : [],
        Tags = random.Next(6) == 0 ? ["api"] : [],
        Hours = random.Next(6) == 0 ? "22:00-06:00" : null,
    };

    private static string[] Some(Random random, string[] from) => random.Next(3) == 0 ? [Pick(random, from), Pick(random, from)] : [];

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
