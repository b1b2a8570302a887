using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Api;

namespace Tether.EndToEnd.Tests.Commands;

/// <summary>`tether init`: on a new machine, again on one that is set up, asked and unasked.</summary>
public sealed class InitTests
{
    [EndToEndFact]
    public async Task On_a_new_machine_it_makes_the_token_and_again_keeps_it()
    {
        await using var sandbox = Machine();
        var before = Files(sandbox.Environment["HOME"]);
        var first = await sandbox.Json("init", "--yes", "--json");
        var file = (string)first["token"]!["file"]!;
        var token = await File.ReadAllTextAsync(file);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.True((bool)first["token"]!["isNew"]!);
        var claude = first["agents"]!.AsArray().Single(agent => (string?)agent!["name"] == "claude")!;
        Assert.Equal("2.1.329", (string?)claude["version"]);
        Assert.Empty(first["changed"]!.AsArray());

        var daemon = await sandbox.Status();
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var again = await sandbox.Json("init", "--yes", "--json");
        Assert.False((bool)again["token"]!["isNew"]!);
        Assert.Equal((token, UnixFileMode.UserRead | UnixFileMode.UserWrite), (await File.ReadAllTextAsync(file), File.GetUnixFileMode(file)));
        Assert.Equal(daemon.ProcessId, (await sandbox.Status()).ProcessId);
        using var http = new HttpClient();
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"{first["api"]}/api/sessions");
        asked.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Trim());
        using var answer = await http.SendAsync(asked);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(before, Files(sandbox.Environment["HOME"]));
    }

    [EndToEndFact]
    public async Task Its_questions_are_answered_by_enter_or_otherwise_and_only_what_differs_is_written()
    {
        await using var sandbox = Machine();
        var config = await File.ReadAllTextAsync(sandbox.Paths.ConfigFile);
        var terminal = sandbox.Open(80, 30, "init");
        await terminal.UntilShows("An API for scripts");
        terminal.Type("\r");
        await terminal.UntilShows("Shall they?");
        terminal.Type("maybe\r");
        await terminal.UntilShows("yes or no, please");
        terminal.Type("no\r");
        await terminal.UntilShows("(edits). Which");
        terminal.Type("edits\r");
        await terminal.UntilShows("Shall your desktop");
        terminal.Type("\r");
        await terminal.UntilShows("with your login");
        Assert.Equal(config, await File.ReadAllTextAsync(sandbox.Paths.ConfigFile));
        terminal.Type("\r");
        await terminal.UntilShows("starts an agent", Patience.Ample);
        Assert.Equal(config + "TETHER_HOOKS=off\nTETHER_APPROVAL=edits\n", await File.ReadAllTextAsync(sandbox.Paths.ConfigFile));
        Assert.Equal("1", (string?)(await sandbox.Json("init", "--yes", "--json"))["settings"]!["TETHER_HTTP"]);
        Assert.Equal("off", (string?)(await sandbox.Json("init", "--yes", "--json"))["settings"]!["TETHER_HOOKS"]);
    }

    [EndToEndFact]
    public async Task Without_a_terminal_it_wants_to_be_told_yes()
    {
        await using var sandbox = Machine();
        var refused = await sandbox.Run("init");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--yes", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await sandbox.Run("init", "--json")).ExitCode);
        Assert.False(File.Exists(Path.Combine(sandbox.Paths.DataDirectory, "token")));
    }

    [EndToEndFact]
    public async Task Where_there_is_no_port_there_is_no_token()
    {
        await using var sandbox = Machine();
        sandbox.Set("TETHER_HTTP", "0");
        var report = await sandbox.Json("init", "--yes", "--json");
        Assert.Null(report["api"]);
        Assert.Null(report["token"]);
        Assert.Null(report["settings"]!["TETHER_HTTP"]);
        Assert.Contains("no port", await sandbox.Do("init", "--yes"), StringComparison.Ordinal);
    }

    private static Sandbox Machine()
    {
        var sandbox = new Sandbox();
        sandbox.Unset("TETHER_HTTP");
        sandbox.WriteConfig($"# mine\nTETHER_AGENT_PORT={ApiSandbox.FreePort()}\n");
        var programs = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "agents")).FullName;
        var script = sandbox.Write("agents/claude", "#!/bin/sh\necho '2.1.329 (Claude Code)'\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        sandbox.Set("PATH", $"{Sandbox.Programs}:{programs}:/usr/bin:/bin");
        foreach (var settings in (string[])[".claude/settings.json", ".codex/config.toml"])
        {
            var path = Path.Combine(sandbox.Environment["HOME"], settings);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{}\n");
        }

        return sandbox;
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.ReadAllText(path)} {File.GetLastWriteTimeUtc(path):O}")];
}
