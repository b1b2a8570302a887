using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class ListTests
{
    [EndToEndFact]
    public async Task Without_sessions_the_list_is_empty()
    {
        await using var sandbox = new Sandbox();
        Assert.Empty((JsonArray)await sandbox.Json("ls", "--json"));
        await sandbox.Do("ls");
    }

    [EndToEndFact]
    public async Task Running_sessions_are_listed_oldest_first_and_ended_ones_with_all()
    {
        await using var sandbox = new Sandbox();
        var first = await sandbox.Detached("first", "sleep", "600");
        var ended = await sandbox.Detached("ended", "true");
        var last = await sandbox.Detached("last", "sleep", "600");
        await sandbox.UntilState(ended, "exited");
        Assert.Equal([first, last], Ids(await sandbox.Json("ls", "--json")));
        Assert.Equal([first, ended, last], Ids(await sandbox.Json("ls", "--all", "--json")));
    }

    [EndToEndFact]
    public async Task A_record_tells_what_runs_where_and_how_it_ended()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("failing", 90, 30, "sh", "-c", "echo some output; exit 3");
        await sandbox.UntilState(id, "exited");
        var session = await sandbox.Session(id);
        Assert.Equal("any", session["provider"]!.GetValue<string>());
        Assert.Equal(sandbox.WorkingDirectory, session["directory"]!.GetValue<string>());
        Assert.Equal((90, 30), (session["columns"]!.GetValue<int>(), session["rows"]!.GetValue<int>()));
        Assert.Equal(3, session["exitCode"]!.GetValue<int>());
        Assert.Null(session["signal"]);
        Assert.Equal("some output\r\n".Length, session["offset"]!.GetValue<long>());
        Assert.NotNull(session["endedAt"]);
    }

    [EndToEndFact]
    public async Task The_table_for_people_shows_ids_and_titles_and_no_control_characters()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("plain", "sh", "-c", "printf '\\033]0;evil\\007\\033[31mred text'; sleep 600");
        await sandbox.UntilShows(id, "red");
        var table = await sandbox.Do("ls");
        Assert.Contains(id, table, StringComparison.Ordinal);
        Assert.Contains("plain", table, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', table);
    }

    private static IEnumerable<string> Ids(JsonNode list) => ((JsonArray)list).Select(entry => entry!["id"]!.GetValue<string>());
}
