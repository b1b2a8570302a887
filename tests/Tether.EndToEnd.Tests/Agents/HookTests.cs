namespace Tether.EndToEnd.Tests.Agents;

/// <summary>`tether hook` as agents run it, whatever it finds.</summary>
public sealed class HookTests
{
    private const string Payload = """{"hook_event_name":"Stop"}""";

    [EndToEndTheory]
    [InlineData("TETHER_SESSION")]
    [InlineData("TETHER_HOOK_SECRET")]
    [InlineData(null)]
    public async Task Without_a_daemon_or_a_session_it_says_nothing_and_starts_nothing(string? missing)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_SESSION", "abcd2345");
        sandbox.Set("TETHER_HOOK_SECRET", "secret");
        if (missing is not null)
        {
            sandbox.Unset(missing);
        }

        Assert.Equal(("", "", 0), Told(await Cli.Run(sandbox, Patience.Usual, Payload, "hook", "claude", "--asks")));
        Assert.Empty(sandbox.Processes);
    }

    [EndToEndFact]
    public async Task A_daemon_that_refuses_is_as_none()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Do("start");
        sandbox.Set("TETHER_SESSION", "abcd2345");
        sandbox.Set("TETHER_HOOK_SECRET", "guessed");
        Assert.Equal(("", "", 0), Told(await Cli.Run(sandbox, Patience.Usual, Payload, "hook", "claude")));
        var verbose = await Cli.Run(sandbox, Patience.Usual, Payload, "hook", "claude", "--verbose");
        Assert.Equal(("", 0), (verbose.Output, verbose.ExitCode));
        Assert.Contains("refused", verbose.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task What_is_too_long_is_passed_over()
    {
        await using var sandbox = new Sandbox();
        Assert.Equal(("", "", 0), Told(await Cli.Run(sandbox, Patience.Usual, new string('x', (1 << 20) + 1), "hook", "claude")));
    }

    private static (string Output, string Errors, int ExitCode) Told(CliResult result) => (result.Output, result.Errors, result.ExitCode);
}
