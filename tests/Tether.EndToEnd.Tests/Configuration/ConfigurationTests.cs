using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Configuration;

public sealed class ConfigurationTests
{
    [EndToEndFact]
    public async Task A_bad_line_is_reported_with_file_and_line_and_stops_nothing()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("# fine\nTETHER_COLUMNS=many\nTETHER_NO_SUCH_KEY=1\nwhat is this\nTETHER_ROWS=33\n");
        var id = await sandbox.Detached("default size", "sleep", "600");
        Assert.Equal("running", await sandbox.StateOf(id));
        var warnings = (await sandbox.Status()).Warnings;
        foreach (var line in (int[])[2, 3, 4])
        {
            Assert.Contains(warnings, warning => warning.Contains($"config.env:{line}", StringComparison.Ordinal));
        }

        Assert.Contains("config.env:2", (await sandbox.Run("debug")).Output, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task A_default_size_is_used_when_none_is_given()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("TETHER_COLUMNS=101\nTETHER_ROWS=33\n");
        await sandbox.Do("run", "any", "-d", "--title", "sized", "--", "sleep", "600");
        var session = (JsonObject)((JsonArray)await sandbox.Json("ls", "--json"))[0]!;
        Assert.Equal((101, 33), (session["columns"]!.GetValue<int>(), session["rows"]!.GetValue<int>()));
    }

    [EndToEndFact]
    public async Task The_start_directorys_own_settings_count_when_the_daemon_is_started_there()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("TETHER_COLUMNS=101\nTETHER_ROWS=33\n");
        sandbox.Write("work/.env", "TETHER_COLUMNS=102\nOTHER=1\nTETHER_ROWS=abc\n");
        await sandbox.Do("start");
        await sandbox.Do("run", "any", "-d", "--title", "sized", "--", "sleep", "600");
        var session = (JsonObject)((JsonArray)await sandbox.Json("ls", "--json"))[0]!;
        Assert.Equal((102, 33), (session["columns"]!.GetValue<int>(), session["rows"]!.GetValue<int>()));
        Assert.Contains((await sandbox.Status()).Warnings, warning => warning.Contains(".env:3", StringComparison.Ordinal));
    }

    [EndToEndFact]
    public async Task A_daemon_that_a_command_starts_by_the_way_does_not_read_the_directorys_settings()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("work/.env", "TETHER_COLUMNS=102\n");
        await sandbox.Do("run", "any", "-d", "--title", "sized", "--", "sleep", "600");
        Assert.NotEqual(102, ((JsonArray)await sandbox.Json("ls", "--json"))[0]!["columns"]!.GetValue<int>());
    }

    [EndToEndFact]
    public async Task A_bad_provider_is_reported_and_the_others_work()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("config/tether/providers.json", """
            {
              "bad": { "command": 7 },
              "good": { "command": ["sleep", "600"] }
            }
            """);
        await sandbox.Do("run", "good", "-d");
        Assert.Contains((await sandbox.Status()).Warnings, warning => warning.Contains("providers.json:2", StringComparison.Ordinal));
    }
}
