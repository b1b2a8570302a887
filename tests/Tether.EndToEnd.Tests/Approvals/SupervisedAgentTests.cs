namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>What an agent's session runs cannot answer what needs a human, nor change what may be done unasked.</summary>
public sealed class SupervisedAgentTests
{
    [EndToEndFact]
    public async Task A_supervised_agent_cannot_answer_itself_or_others()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await ScriptedAgent.Ask(sandbox, "asks", "touch one");
        var item = (string)(await ScriptedAgent.UntilOpen(sandbox, 1))[0]!["id"]!;

        // The same as the other one, but it runs what stands behind `--run`.
        var program = Path.Combine(sandbox.Directory, "agents", "pi");
        await File.WriteAllTextAsync(program, "#!/bin/bash\nwhile [ $# -gt 0 ] && [ \"$1\" != --run ]; do shift; done\nshift\nfor line; do $line 2>&1; done\necho all tried\nexec cat\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var session = (await sandbox.Do(
            "run", "pi", "-d", "--cols", "200", "--rows", "24", "--",
            "--run", $"tether approve {item}", $"tether deny {item}", "tether mode asks bypass", "tether rules add --allow --tool Bash")).Trim();
        await sandbox.UntilShows(session, "all tried");

        var screen = await sandbox.Do("capture", session);
        Assert.True(screen.Split('\n').Count(line => line.Contains("comes from inside session", StringComparison.Ordinal)) == 4, screen);
        Assert.Equal("open", (string?)(await ScriptedAgent.UntilOpen(sandbox, 1))[0]!["state"]);
        Assert.Equal("ask", (await sandbox.Do("mode", "asks")).Trim());

        // From a person's own shell it is another thing.
        await sandbox.Do("approve", item);
        await Patience.Until(() => ScriptedAgent.Answer(sandbox, "touch one") is not null, "the answer");
    }

    [EndToEndFact]
    public async Task The_end_of_an_agent_closes_what_it_asked_and_says_so()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        var session = await ScriptedAgent.Ask(sandbox, "asks", "touch one", "touch two");
        await ScriptedAgent.UntilOpen(sandbox, 2);

        await sandbox.Do("stop", session, "--force");

        await ScriptedAgent.UntilOpen(sandbox, 0);
        var over = await sandbox.Do("queue", "--all");
        Assert.Equal(2, over.Split('\n').Count(line => line.Contains("closed: the session ended", StringComparison.Ordinal)));
    }
}
