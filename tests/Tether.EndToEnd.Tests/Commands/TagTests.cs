using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class TagTests
{
    [EndToEndFact]
    public async Task Tags_are_given_shown_listed_and_cleared()
    {
        await using var sandbox = new Sandbox();
        var tagged = await sandbox.Detached("tagged", "sleep", "600");
        await sandbox.Detached("plain", "sleep", "600");
        Assert.Equal("work\nurgent\n", await sandbox.Do("tag", tagged, "work", "urgent"));
        Assert.Equal("work\nurgent\n", await sandbox.Do("tag", "tagged"));
        Assert.Equal([tagged], Ids(await sandbox.Json("ls", "--tag", "work", "--json")));
        Assert.Empty(Ids(await sandbox.Json("ls", "--tag", "wor", "--json")));
        Assert.Contains("tagged [work,urgent]", await sandbox.Do("ls"), StringComparison.Ordinal);

        Assert.Equal("", await sandbox.Do("tag", tagged, "--clear"));
        Assert.Empty((JsonArray)(await sandbox.Session(tagged))["tags"]!);
    }

    [EndToEndFact]
    public async Task Tags_survive_the_daemon_and_the_session()
    {
        await using var sandbox = new Sandbox();
        var running = await sandbox.Detached("running", "sleep", "600");
        var ended = await sandbox.Detached("ended", "true");
        await sandbox.UntilState(ended, "exited");
        await sandbox.Do("tag", running, "a");
        await sandbox.Do("tag", ended, "b");
        await sandbox.Do("restart");
        Assert.Equal("a\n", await sandbox.Do("tag", running));
        Assert.Equal("b\n", await sandbox.Do("tag", ended));
    }

    [EndToEndFact]
    public async Task What_is_no_tag_is_refused_and_changes_nothing()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("strict", "sleep", "600");
        await sandbox.Do("tag", id, "good");
        Assert.NotEqual(0, (await sandbox.Run("tag", id, "two words")).ExitCode);
        Assert.Equal(2, (await sandbox.Run("tag", id, "--clear", "other")).ExitCode);
        Assert.Equal(3, (await sandbox.Run("tag", "nobody")).ExitCode);
        Assert.Equal("good\n", await sandbox.Do("tag", id));
    }

    private static IEnumerable<string> Ids(JsonNode list) => ((JsonArray)list).Select(entry => entry!["id"]!.GetValue<string>());
}
