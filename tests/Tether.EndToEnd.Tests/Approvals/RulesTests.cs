using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>`tether rules`, `approve --always` and policy.json, held against what an agent asks.</summary>
public sealed class RulesTests
{
    [EndToEndFact]
    public async Task A_rule_answers_what_stands_in_the_queue_and_what_comes_until_it_is_removed()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        var first = await ScriptedAgent.Ask(sandbox, "first", "git status");
        await ScriptedAgent.UntilAsks(sandbox, "git status");

        var added = await sandbox.Do("rules", "add", "--allow", "--command", "git status", "--note", "harmless");
        var rule = added.Split(' ')[0];
        Assert.Equal($"{rule}  allow `git status …`\n", added);
        await sandbox.UntilShows(first, "all answered");
        Assert.Equal("allow", (string?)ScriptedAgent.Answer(sandbox, "git status")!["behavior"]);
        Assert.Equal(["allow"], await ScriptedAgent.Told(sandbox, "second", "git status -s"));

        var listed = Assert.Single((await sandbox.Json("rules", "ls", "--json")).AsArray())!;
        Assert.Equal((rule, "allow", "harmless"), ((string?)listed["id"], (string?)listed["verdict"], (string?)listed["note"]));
        Assert.Contains($"{rule}  allow    `git status …`", await sandbox.Do("rules"), StringComparison.Ordinal);
        Assert.Equal([(rule, "rule"), (rule, "rule")], await Decisions(sandbox));

        Assert.Equal("", await sandbox.Do("rules", "rm", rule));
        await ScriptedAgent.Ask(sandbox, "third", "git status -v");
        await ScriptedAgent.UntilAsks(sandbox, "git status -v");
        var gone = await sandbox.Run("rules", "rm", rule);
        Assert.Equal(3, gone.ExitCode);
        Assert.Contains($"there is no rule {rule}", gone.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task What_denies_comes_before_what_allows_and_the_agent_is_told_why()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await sandbox.Do("rules", "add", "--allow", "--command", "git");
        await sandbox.Do("rules", "add", "--deny", "--command", "git push", "--note", "ask me first");

        Assert.Equal(["allow", "deny", "deny"], await ScriptedAgent.Told(sandbox, "pushes", "git log", "git push", "git log && git push"));
        Assert.Equal("ask me first", (string?)ScriptedAgent.Answer(sandbox, "git push")!["message"]);
        await ScriptedAgent.Ask(sandbox, "hides", "git log && rm x");
        await ScriptedAgent.UntilAsks(sandbox, "git log && rm x");
    }

    [EndToEndFact]
    public async Task A_rule_with_a_count_decides_so_often_however_many_ask_at_once()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await sandbox.Do("rules", "add", "--allow", "--command", "touch", "--uses", "3");
        string[] commands = [.. Enumerable.Range(0, 10).Select(number => $"touch {number}")];

        await ScriptedAgent.Ask(sandbox, "half", commands[..5]);
        await ScriptedAgent.Ask(sandbox, "other half", commands[5..]);

        var open = await ScriptedAgent.UntilOpen(sandbox, 7);
        var asked = open.Select(item => (string)item!["command"]!).ToHashSet();
        await Patience.Until(() => commands.Count(command => ScriptedAgent.Answer(sandbox, command) is not null) == 3, "three answers");
        Assert.DoesNotContain(commands, command => asked.Contains(command) && ScriptedAgent.Answer(sandbox, command) is not null);
        Assert.Contains("0×", await sandbox.Do("rules"), StringComparison.Ordinal);
        Assert.Equal(3, (await Decisions(sandbox)).Length);
    }

    [EndToEndFact]
    public async Task A_rule_for_a_time_and_a_session_decides_in_it_and_not_beyond()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await sandbox.Detached("elsewhere", "sleep", "600");
        await sandbox.Do("rules", "add", "--allow", "--tool", "Bash", "--session", "elsewhere", "--for", "30m");
        await sandbox.Do("rules", "add", "--allow", "--command", "git", "--for", "1s");
        var left = (await sandbox.Do("rules", "ls")).Split('\n');
        Assert.Contains(left, line => line.Contains("Bash, session", StringComparison.Ordinal) && (line.Contains(" 29m", StringComparison.Ordinal) || line.Contains(" 30m", StringComparison.Ordinal)));
        await Patience.Until(async () => (await sandbox.Do("rules")).Split('\n').Any(line => line.Contains("`git …`", StringComparison.Ordinal) && line.Contains(" over ", StringComparison.Ordinal)), "the end of its time");

        await ScriptedAgent.Ask(sandbox, "asks", "git status", "touch one");
        await ScriptedAgent.UntilAsks(sandbox, "git status", "touch one");
        var rule = (await sandbox.Do("rules", "add", "--allow", "--tool", "Bash", "--session", "asks", "--for", "10m")).Split(' ')[0];
        await ScriptedAgent.UntilOpen(sandbox, 0);
        Assert.Equal("allow", (string?)ScriptedAgent.Answer(sandbox, "touch one")!["behavior"]);

        await sandbox.Do("stop", "asks", "--force");
        await Patience.Until(async () => !(await sandbox.Do("rules")).Contains(rule, StringComparison.Ordinal), "the end of the session's rule");
    }

    [EndToEndFact]
    public async Task Always_answers_this_and_makes_the_rule_that_it_words()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await ScriptedAgent.Ask(sandbox, "asks", "npm test", "rm -rf build");
        var items = await ScriptedAgent.UntilAsks(sandbox, "npm test", "rm -rf build");
        string[] offered = [.. items[0]["always"]!.AsArray().Select(offer => (string)offer!["id"]!)];
        Assert.Equal(["prefix", "tool-30m", "session", "dir-10m"], offered);
        Assert.DoesNotContain(items[1]["always"]!.AsArray(), offer => (string)offer!["id"]! == "prefix");

        var unknown = await sandbox.Run("approve", (string)items[0]["id"]!, "--always", "everything");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("is none of what always can mean here: prefix (`npm test …`", unknown.Errors, StringComparison.Ordinal);
        await ScriptedAgent.UntilAsks(sandbox, "npm test", "rm -rf build");

        Assert.Contains("allowed, delivered", await sandbox.Do("approve", (string)items[0]["id"]!, "--always", "prefix"), StringComparison.Ordinal);
        var rule = Assert.Single((await sandbox.Json("rules", "--json")).AsArray())!;
        Assert.Equal(["npm test"], rule["commands"]!.AsArray().Select(command => (string?)command));
        Assert.StartsWith("always prefix, by ", (string?)rule["origin"], StringComparison.Ordinal);
        Assert.Equal(["allow"], await ScriptedAgent.Told(sandbox, "again", "npm test -- --watch"));
        Assert.Equal([((string)rule["id"]!, "cli"), ((string)rule["id"]!, "rule")], await Decisions(sandbox));
    }

    [EndToEndFact]
    public async Task A_rule_is_rehearsed_against_what_was_answered_and_one_is_suggested()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await ScriptedAgent.Ask(sandbox, "asks", "cargo test a", "cargo test b", "cargo test c", "cargo publish");
        var items = await ScriptedAgent.UntilAsks(sandbox, "cargo test a", "cargo test b", "cargo test c", "cargo publish");
        foreach (var item in items[..3])
        {
            await sandbox.Do("approve", (string)item["id"]!);
        }

        await sandbox.Do("deny", (string)items[3]["id"]!, "--reason", "not yet");

        var wide = await sandbox.Do("rules", "rehearse", "--allow", "--command", "cargo");
        Assert.Contains("would allow 4 of 4 recorded requests, of which you allowed 3 and denied 1", wide, StringComparison.Ordinal);
        Assert.Matches("against you: .*Bash: cargo publish — not yet", wide);
        var narrow = await sandbox.Json("rules", "rehearse", "--allow", "--command", "cargo test", "--json");
        Assert.Equal((3, 3, 0), ((int)narrow["fits"]!, (int)narrow["allowed"]!, (int)narrow["denied"]!));
        Assert.Empty((await sandbox.Json("rules", "--json")).AsArray());

        var suggested = (await sandbox.Do("rules", "suggest")).Split('\n');
        Assert.Contains("you allowed this 3 times", suggested[1], StringComparison.Ordinal);
        using (var shell = Cli.Start(sandbox, "/bin/sh", "-c", suggested[2]))
        {
            await shell.WaitForExitAsync().WaitAsync(Patience.Ample);
            Assert.Equal(0, shell.ExitCode);
        }

        var rule = (string)Assert.Single((await sandbox.Json("rules", "--json")).AsArray())!["id"]!;
        Assert.Contains("would allow 3 of 4", await sandbox.Do("rules", "rehearse", rule), StringComparison.Ordinal);
        Assert.Contains("nothing yet", await sandbox.Do("rules", "suggest"), StringComparison.Ordinal);
        Assert.Equal(["allow"], await ScriptedAgent.Told(sandbox, "again", "cargo test d"));
    }

    [EndToEndFact]
    public async Task What_is_no_rule_is_refused_with_what_is_allowed()
    {
        await using var sandbox = new Sandbox();
        foreach (var (arguments, status, said) in (IEnumerable<(string[], int, string)>)
        [
            (["add", "--command", "git"], 2, "give one of --allow, --ask and --deny"),
            (["add", "--allow", "--deny", "--command", "git"], 2, "give one of --allow, --ask and --deny"),
            (["add", "--allow", "--class", "shell"], 2, "allowed are command, edit, read, network and other"),
            (["add", "--allow", "--tool", "Bash", "--for", "soon"], 2, "allowed are times as 90s, 30m, 2h, 1d"),
            (["add", "--allow", "--tool", "Bash", "--session", "nobody"], 3, "nobody"),
            (["add", "--allow", "--tool", "Bash", "--hours", "morning"], 2, "morning"),
            (["rehearse"], 2, "give a rule's id, or describe one"),
            (["rehearse", "r-absent"], 3, "there is no rule r-absent"),
            (["rm", "r-absent"], 3, "there is no rule r-absent"),
        ])
        {
            var result = await sandbox.Run(["rules", .. arguments]);
            Assert.True(result.ExitCode == status && result.Errors.Contains(said, StringComparison.Ordinal), result.ToString());
        }

        Assert.Equal("no rules: everything is asked that a session's mode does not allow\n", await sandbox.Do("rules"));
    }

    [EndToEndFact]
    public async Task A_broken_policy_is_reported_with_file_and_line_and_holds_all_that_would_be_allowed()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        var path = sandbox.Write("config/tether/policy.json", """
            { // mine
              "rules": [
                { "verdict": "allow", "commands": ["git status"] },
                { "verdict": "deny", "comands": ["git push"] },
                { "verdict": "allow", "tools": [] }
              ]
            }
            """);

        var listed = await sandbox.Run("rules");
        Assert.Equal(1, listed.ExitCode);
        Assert.Contains("allow    `git status …`", listed.Output, StringComparison.Ordinal);
        Assert.Contains($"{path}:4: \"comands\" is not known", listed.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing is allowed unasked until it is mended", listed.Errors, StringComparison.Ordinal);
        Assert.Contains($"{path}:5: \"tools\" must be a text or a list of at least one; it is left out", listed.Errors, StringComparison.Ordinal);
        await ScriptedAgent.Ask(sandbox, "asks", "git status");
        var item = Assert.Single(await ScriptedAgent.UntilAsks(sandbox, "git status"));
        Assert.Contains($"{path}:4", (string?)item["policy"]!["why"], StringComparison.Ordinal);
        await sandbox.Do("deny", (string)item["id"]!);

        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("comands", "commands", StringComparison.Ordinal).Replace("[]", "[\"LS\"]", StringComparison.Ordinal));
        var rules = (await sandbox.Json("rules", "--json")).AsArray();
        Assert.Equal(["policy.json:4", "policy.json:3", "policy.json:5"], rules.Select(rule => (string?)rule!["origin"]));
        Assert.Equal(["allow", "deny"], await ScriptedAgent.Told(sandbox, "again", "git status", "git push"));
        var own = await sandbox.Run("rules", "rm", (string)rules[0]!["id"]!);
        Assert.Equal(3, own.ExitCode);
        Assert.Contains("policy.json:4", own.Errors, StringComparison.Ordinal);
    }

    // By which rule and over which surface, oldest first.
    private static async Task<(string?, string?)[]> Decisions(Sandbox sandbox) =>
    [
        .. (await sandbox.Do("audit", "--json")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .Select(entry => ((string?)entry["rule"], (string?)entry["surface"])),
    ];
}
