using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>`tether audit`: what was decided, and that nobody has changed it since.</summary>
public sealed class AuditTests
{
    [EndToEndFact]
    public async Task Every_decision_is_listed_with_who_took_it_by_which_rule_and_why()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        Assert.Equal("nothing was decided\n", await sandbox.Do("audit"));
        var rule = (await sandbox.Do("rules", "add", "--allow", "--command", "git")).Split(' ')[0];
        await ScriptedAgent.Told(sandbox, "first", "git status");
        await ScriptedAgent.Ask(sandbox, "second", "touch one");
        await sandbox.Do("deny", (string)(await ScriptedAgent.UntilAsks(sandbox, "touch one"))[0]["id"]!, "--reason", "use two");

        var lines = (await sandbox.Do("audit")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("WHEN", lines[0], StringComparison.Ordinal);
        Assert.Matches($"  allow +rule +{rule} +Bash: git status$", lines[1]);
        Assert.Matches("  deny .*\\(cli\\) +Bash: touch one — use two$", lines[2]);

        var entries = Entries(await sandbox.Do("audit", "--json"));
        Assert.Equal([1L, 2L], entries.Select(entry => (long)entry["number"]!));
        Assert.Equal(["git status", "touch one"], entries.Select(entry => (string?)entry["command"]));
        Assert.Equal((string?)entries[0]["hash"], (string?)entries[1]["previous"]);
        Assert.Equal(["touch one"], Entries(await sandbox.Do("audit", "--json", "--session", "second")).Select(entry => (string?)entry["command"]));
        Assert.Equal(["touch one"], Entries(await sandbox.Do("audit", "--json", "-n", "1")).Select(entry => (string?)entry["command"]));
        Assert.Equal(2, Entries(await sandbox.Do("audit", "--json", "--since", "1h")).Length);
        Assert.Empty(Entries(await sandbox.Do("audit", "--json", "--since", "2100-01-01")));
        Assert.Equal(2, (await sandbox.Run("audit", "-n", "0")).ExitCode);
        Assert.Equal(2, (await sandbox.Run("audit", "--since", "yore")).ExitCode);
        Assert.Equal(3, (await sandbox.Run("audit", "--session", "nobody")).ExitCode);
    }

    [EndToEndFact]
    public async Task What_was_changed_taken_out_or_cut_off_is_found_and_named()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await sandbox.Do("rules", "add", "--deny", "--command", "rm");
        foreach (var name in (string[])["one", "two", "three"])
        {
            Assert.Equal(["deny"], await ScriptedAgent.Told(sandbox, name, $"rm {name}"));
        }

        var file = Path.Combine(sandbox.Paths.DataDirectory, "audit.jsonl");
        Assert.Equal($"3 entries, all as they were written ({file})\n", await sandbox.Do("audit", "--verify"));
        var lines = (await File.ReadAllTextAsync(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await File.WriteAllTextAsync(file, string.Join('\n', [lines[0], lines[1].Replace("\"deny\"", "\"allow\"", StringComparison.Ordinal), lines[2], ""]));
        await Broken($"{file}:2: entry 2 was changed; the entry before it is as it was written");

        await File.WriteAllTextAsync(file, string.Join('\n', [lines[0], lines[2], ""]));
        await Broken($"{file}:2: entry 2 is missing: number 3 stands in its place; the entry before it");

        await File.WriteAllTextAsync(file, string.Join('\n', [lines[0], lines[1], ""]));
        await Broken($"{file}: ends at entry 2; there were 3");
        await sandbox.Do("restart");
        await Broken($"{file}: ends at entry 2; there were 3");

        await File.WriteAllTextAsync(file, string.Join('\n', [.. lines, ""]));
        await sandbox.Do("restart");
        Assert.StartsWith("3 entries, all as they were written", await sandbox.Do("audit", "--verify"), StringComparison.Ordinal);
        Assert.Equal(["deny"], await ScriptedAgent.Told(sandbox, "four", "rm four"));
        Assert.StartsWith("4 entries, all as they were written", await sandbox.Do("audit", "--verify"), StringComparison.Ordinal);

        async Task Broken(string said)
        {
            var result = await sandbox.Run("audit", "--verify");
            Assert.True(result.ExitCode == 1 && result.Errors.Contains(said, StringComparison.Ordinal), $"{said}\n{result}");
        }
    }

    private static JsonNode[] Entries(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
