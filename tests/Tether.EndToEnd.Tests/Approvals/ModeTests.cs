namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>`tether mode` and `run --approval`: what a session's agent may do unasked.</summary>
public sealed class ModeTests
{
    [EndToEndFact]
    public async Task Edits_allows_changes_of_files_in_the_sessions_directory_alone()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        var inside = $"write {sandbox.WorkingDirectory}/a.txt";
        var outside = $"write {sandbox.Directory}/b.txt";
        var session = await ScriptedAgent.Ask(sandbox, "asks", inside, "touch one");
        await ScriptedAgent.UntilAsks(sandbox, inside, "touch one");
        Assert.Equal("ask\n", await sandbox.Do("mode", "asks"));
        Assert.Equal("edits\n", await sandbox.Do("mode", session, "edits"));

        // What was asked before stays asked.
        await ScriptedAgent.UntilAsks(sandbox, inside, "touch one");
        await sandbox.Do("stop", session, "--force");
        sandbox.WriteConfig("TETHER_APPROVAL=edits\n");
        await sandbox.Do("restart");
        await ScriptedAgent.Ask(sandbox, "accepts", inside, outside, "touch one");
        await ScriptedAgent.UntilAsks(sandbox, outside, "touch one");
        await Patience.Until(() => ScriptedAgent.Answer(sandbox, inside) is not null, "the answer");
        Assert.Equal("allow", (string?)ScriptedAgent.Answer(sandbox, inside)!["behavior"]);
        await sandbox.Do("mode", "accepts", "0");
        await sandbox.Do("restart");
        Assert.Equal("ask\n", await sandbox.Do("mode", "accepts"));
    }

    [EndToEndFact]
    public async Task Bypass_allows_all_but_what_a_rule_denies_or_wants_asked()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await sandbox.Do("rules", "add", "--deny", "--command", "git push");
        await sandbox.Do("rules", "add", "--ask", "--command", "npm publish");
        await sandbox.Do("run", "claude", "--approval", "bypass", "-d", "--title", "asks", "--", "--ask", "rm -rf x", "git push", "npm publish");

        await ScriptedAgent.UntilAsks(sandbox, "npm publish");
        await Patience.Until(() => ScriptedAgent.Answer(sandbox, "rm -rf x") is not null && ScriptedAgent.Answer(sandbox, "git push") is not null, "two answers");
        Assert.Equal("allow", (string?)ScriptedAgent.Answer(sandbox, "rm -rf x")!["behavior"]);
        Assert.Equal("deny", (string?)ScriptedAgent.Answer(sandbox, "git push")!["behavior"]);
        Assert.Contains("mode (rule)", await sandbox.Do("audit"), StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Nothing_but_a_sessions_own_flag_means_bypass_and_ask_stays_ask()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        sandbox.WriteConfig("TETHER_APPROVAL=edits\n");
        await ScriptedAgent.Ask(sandbox, "usual", "touch one");
        await sandbox.Do("run", "claude", "--approval", "0", "-d", "--title", "strict", "--", "--ask", $"write {sandbox.WorkingDirectory}/a.txt");
        Assert.Equal("edits\n", await sandbox.Do("mode", "usual"));
        Assert.Equal("ask\n", await sandbox.Do("mode", "strict"));
        await ScriptedAgent.UntilAsks(sandbox, "touch one", $"write {sandbox.WorkingDirectory}/a.txt");

        var unknown = await sandbox.Run("mode", "usual", "all");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("is no approval mode: ask, edits or bypass", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(3, (await sandbox.Run("mode", "nobody")).ExitCode);

        sandbox.WriteConfig("TETHER_APPROVAL=bypass\n");
        await sandbox.Do("restart");
        await ScriptedAgent.Ask(sandbox, "later", "touch two");
        Assert.Equal("ask\n", await sandbox.Do("mode", "later"));
    }
}
