namespace Tether.EndToEnd.Tests.Commands;

/// <summary>How commands find a session: by its id, by a unique prefix, by its title; and what they say when they do not.</summary>
public sealed class NamingTests
{
    public static TheoryData<string[]> CommandsOnOneSession { get; } = new()
    {
        new[] { "attach", "@" },
        new[] { "rename", "@", "new" },
        new[] { "clients", "@" },
        new[] { "input", "@", "text" },
        new[] { "keys", "@", "enter" },
        new[] { "interrupt", "@" },
        new[] { "capture", "@" },
        new[] { "logs", "@" },
        new[] { "export", "@", "--format", "asciicast" },
        new[] { "wait", "@" },
        new[] { "watch", "@" },
        new[] { "queue", "@" },
        new[] { "mode", "@" },
        new[] { "tag", "@" },
        new[] { "rules", "add", "--deny", "--session", "@" },
        new[] { "delete", "@" },
        new[] { "stop", "@" },
    };

    [EndToEndFact]
    public async Task An_id_a_unique_prefix_and_a_title_all_name_it()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("a fine title", "sh", "-c", "echo here; sleep 600");
        foreach (var name in (string[])[id, id[..3], "a fine title"])
        {
            await sandbox.UntilShows(name, "here");
        }
    }

    [EndToEndTheory]
    [MemberData(nameof(CommandsOnOneSession))]
    public async Task An_unknown_session_is_named_and_the_status_is_3(string[] command)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("other", "sleep", "600");
        var result = await sandbox.Run([.. command.Select(word => word == "@" ? "nowhere1" : word)]);
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Equal("tether: no session is called “nowhere1”; give an id, a unique prefix of one, or a title (`tether ls --all` lists them)\n", result.Errors);
        Assert.Empty(result.Output);
    }

    [EndToEndFact]
    public async Task Attaching_to_an_unknown_session_leaves_the_terminal_alone()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("attach", "nowhere1");
        Assert.Equal(3, await terminal.Exited);
        await terminal.UntilShows("nowhere1");
        Assert.Equal(terminal.SettingsBefore, terminal.Settings);
        Assert.Equal(OuterModes.Fresh, terminal.Screen.Modes);
    }

    [EndToEndFact]
    public async Task An_ambiguous_title_is_told_with_those_it_could_be()
    {
        await using var sandbox = new Sandbox();
        var first = await sandbox.Detached("twin", "sleep", "600");
        var second = await sandbox.Detached("twin", "sleep", "600");
        foreach (var command in (string[][])[["capture", "twin"], ["export", "twin"], ["wait", "twin"], ["queue", "twin"], ["stop", "twin"], ["delete", "twin"]])
        {
            var result = await sandbox.Run(command);
            Assert.True(result.ExitCode == 3, result.ToString());
            Assert.Equal($"tether: “twin” fits 2 sessions: {first} (twin), {second} (twin)\n", result.Errors);
        }
    }

    [EndToEndFact]
    public async Task A_command_that_does_not_exist_is_a_usage_error()
    {
        await using var sandbox = new Sandbox();
        var result = await sandbox.Run("frobnicate");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("frobnicate", result.Errors, StringComparison.Ordinal);
    }
}
