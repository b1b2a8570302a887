using Tether.EndToEnd.Tests.Approvals;

namespace Tether.EndToEnd.Tests.Disk;

/// <summary>When no decision can be written down, people's answers go through and nothing else is allowed.</summary>
public sealed class FullDiskApprovalTests
{
    [EndToEndFact(Needs.Mount)]
    public async Task A_person_still_answers_and_no_rule_allows_anything()
    {
        await using var sandbox = new Sandbox();
        await using var disk = await FullDisk.Mount(sandbox, "24m");
        ScriptedAgent.Install(sandbox);
        await sandbox.Do("rules", "add", "--allow", "--command", "git");
        var go = Path.Combine(sandbox.WorkingDirectory, "go");
        await ScriptedAgent.Ask(sandbox, "asks", "touch one", $"once {go}", "git status");
        var item = (string)(await ScriptedAgent.UntilAsks(sandbox, "touch one"))[0]["id"]!;
        disk.Fill();

        Assert.Contains("allowed, delivered; the audit log cannot be written now", await sandbox.Do("approve", item), StringComparison.Ordinal);
        await File.WriteAllTextAsync(go, "");
        var asked = Assert.Single(await ScriptedAgent.UntilAsks(sandbox, "git status"));
        Assert.StartsWith("the audit log cannot be written", (string?)asked["policy"]!["why"], StringComparison.Ordinal);
        await sandbox.Do("deny", (string)asked["id"]!);
        await Patience.Until(() => ScriptedAgent.Answer(sandbox, "git status") is not null, "the answer");
        Assert.Equal("deny", (string?)ScriptedAgent.Answer(sandbox, "git status")!["behavior"]);

        disk.Free();
        await Patience.Until(async () => (await sandbox.Do("audit", "--verify")).StartsWith("4 entries, all as they were written", StringComparison.Ordinal), "what waited");
        Assert.Matches("allow +rule .*git status — not delivered: the audit log cannot be written", await sandbox.Do("audit"));
    }
}
