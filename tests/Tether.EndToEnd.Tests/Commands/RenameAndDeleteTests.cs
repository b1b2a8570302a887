using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class RenameAndDeleteTests
{
    [EndToEndFact]
    public async Task A_new_title_is_listed_and_names_the_session()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("old", "sleep", "600");
        await sandbox.Do("rename", id, "brand new");
        Assert.Equal("brand new", (await sandbox.Session(id))["title"]!.GetValue<string>());
        await sandbox.Do("capture", "brand new");
        Assert.Equal(3, (await sandbox.Run("capture", "old")).ExitCode);
    }

    [EndToEndFact]
    public async Task A_new_title_survives_the_daemon()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("old", "sleep", "600");
        await sandbox.Do("rename", id, "kept");
        await sandbox.Do("restart");
        Assert.Equal("kept", (await sandbox.Session(id))["title"]!.GetValue<string>());
    }

    [EndToEndFact]
    public async Task A_deleted_session_and_its_journal_are_gone()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("secretive", "echo", "burn after reading");
        await sandbox.UntilState(id, "exited");
        Assert.NotEmpty(FilesOf(sandbox, id));
        await sandbox.Do("delete", id);
        Assert.Empty((JsonArray)await sandbox.Json("ls", "--all", "--json"));
        Assert.Empty(FilesOf(sandbox, id));
        Assert.Equal(3, (await sandbox.Run("logs", id)).ExitCode);
    }

    [EndToEndFact]
    public async Task A_running_session_is_not_deleted()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("busy", "sleep", "600");
        var result = await sandbox.Run("delete", id);
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.Equal("running", await sandbox.StateOf(id));
    }

    [EndToEndFact]
    public async Task Of_several_all_that_can_be_are_deleted()
    {
        await using var sandbox = new Sandbox();
        var (first, running, last) = (await sandbox.Detached("first", "true"), await sandbox.Detached("running", "sleep", "600"), await sandbox.Detached("last", "true"));
        await sandbox.UntilState(first, "exited");
        await sandbox.UntilState(last, "exited");
        var result = await sandbox.Run("delete", "first", "nosuch", "running", last);
        Assert.True(result.ExitCode == 4, result.ToString());
        Assert.Equal($"{first} deleted\n{last} deleted\n", result.Output);
        Assert.Equal([running], ((JsonArray)await sandbox.Json("ls", "--all", "--json")).Select(session => session!["id"]!.GetValue<string>()));
    }

    private static string[] FilesOf(Sandbox sandbox, string id) =>
        [.. Directory.EnumerateFileSystemEntries(sandbox.Paths.DataDirectory, "*", SearchOption.AllDirectories).Where(path => path.Contains(id, StringComparison.Ordinal))];
}
