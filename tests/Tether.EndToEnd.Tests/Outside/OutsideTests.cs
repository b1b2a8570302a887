using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Outside;

/// <summary>Sessions that an agent keeps on disk, listed, read, adopted and resumed: the agent is a script that says with what it was started.</summary>
public sealed class OutsideTests
{
    private const string Id = "6f03819a-77af-4663-bbd7-d0d48098f141";

    [EndToEndFact]
    public async Task A_session_is_listed_read_and_adopted_once()
    {
        await using var sandbox = WithAgent();
        var listed = Assert.Single((JsonArray)await sandbox.Json("ls", "--external", "--json"))!;
        Assert.Equal((Id, "claude", sandbox.WorkingDirectory, false), (Text(listed, "id"), Text(listed, "agent"), Text(listed, "directory"), listed["isRunning"]!.GetValue<bool>()));
        Assert.Contains("say hello", await sandbox.Do("list", "-e", "-d", sandbox.WorkingDirectory), StringComparison.Ordinal);
        Assert.Empty((JsonArray)await sandbox.Json("ls", "-e", "-d", "/nowhere", "--json"));
        Assert.Equal("› say hello\n\nhello\n\n", await sandbox.Do("transcript", "6f03"));

        var adopted = (await sandbox.Do("adopt", "6f03", "-d")).Trim();
        await sandbox.UntilShows(adopted, $"^argument {Id}");
        await sandbox.UntilShows(adopted, $"^in {sandbox.WorkingDirectory}$");
        var record = await sandbox.Session(adopted);
        Assert.Equal((Id, "say hello"), (Text(record, "agentSession"), Text(record, "title")));

        Assert.Equal(adopted, (await sandbox.Do("adopt", Id, "-d")).Trim());
        Assert.Equal(adopted, Text(Assert.Single((JsonArray)await sandbox.Json("ls", "-e", "--json"))!, "session"));
        Assert.Equal("› say hello\n\nhello\n\n", await sandbox.Do("transcript", adopted));
    }

    [EndToEndFact]
    public async Task What_runs_elsewhere_is_adopted_only_by_force()
    {
        await using var sandbox = WithAgent();
        using var owner = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        try
        {
            Register(sandbox, owner.Id);
            var refused = await sandbox.Run("adopt", "6f03", "-d");
            Assert.Equal(4, refused.ExitCode);
            Assert.Contains($"pid {owner.Id}", refused.Errors, StringComparison.Ordinal);
            Assert.Contains("--force", refused.Errors, StringComparison.Ordinal);
            Assert.True(Assert.Single((JsonArray)await sandbox.Json("ls", "-e", "--json"))!["isRunning"]!.GetValue<bool>());
            await sandbox.Do("adopt", "6f03", "-d", "--force", "--title", "mine");
        }
        finally
        {
            owner.Kill();
        }
    }

    [EndToEndFact]
    public async Task What_was_written_a_moment_ago_is_not_adopted()
    {
        await using var sandbox = WithAgent();
        System.IO.File.SetLastWriteTimeUtc(File(sandbox), TimeProvider.System.GetUtcNow().UtcDateTime);
        var refused = await sandbox.Run("adopt", "6f03", "-d");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("s ago", refused.Errors, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Attach_takes_an_agents_id_too()
    {
        await using var sandbox = WithAgent();
        var terminal = sandbox.Open("attach", "6f03819a");
        await terminal.UntilShows("resumed");
        var unknown = await sandbox.Run("transcript", "0123abcd");
        Assert.Equal(3, unknown.ExitCode);
    }

    [EndToEndFact]
    public async Task Sessions_that_were_lost_are_offered_and_resumed_as_they_were()
    {
        await using var sandbox = WithAgent();
        var first = (await sandbox.Do("adopt", "6f03", "-d", "--title", "my work")).Trim();
        await sandbox.Do("tag", first, "blue");
        await sandbox.UntilShows(first, "resumed");
        Assert.Empty((JsonArray)await sandbox.Json("resume", "--json"));

        // As a machine that goes down: nobody is left who knows how it ended.
        var (daemon, keeper, program) = (await Daemon(sandbox), await Keeper(sandbox), await sandbox.ProcessOf(first));
        foreach (var process in (int[])[daemon, keeper, program])
        {
            SandboxProcess.Signal(process, Signals.Kill);
        }

        await sandbox.UntilState(first, "lost");
        Assert.Equal(first, Text(Assert.Single((JsonArray)await sandbox.Json("resume", "--json"))!, "id"));
        Assert.Contains("my work", await sandbox.Do("resume"), StringComparison.Ordinal);

        var printed = await sandbox.Do("resume", "--all");
        Assert.Contains($"continues {first}", printed, StringComparison.Ordinal);
        var second = printed.Split(' ')[0];
        var record = await sandbox.Session(second);
        Assert.Equal(("my work", "blue", Id), (Text(record, "title"), record["tags"]![0]!.GetValue<string>(), Text(record, "agentSession")));
        await sandbox.UntilShows(second, $"^argument {Id}");
        Assert.Empty((JsonArray)await sandbox.Json("resume", "--json"));
    }

    [EndToEndFact]
    public async Task A_transcript_is_followed()
    {
        await using var sandbox = WithAgent();
        var terminal = sandbox.Open("transcript", "6f03", "-f", "-n", "1");
        await terminal.UntilShows("hello");
        await System.IO.File.AppendAllTextAsync(File(sandbox), Answer("and more") + "\n");
        await terminal.UntilShows("and more");
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<int> Daemon(Sandbox sandbox) => (await sandbox.Status()).ProcessId;

    private static async Task<int> Keeper(Sandbox sandbox) => (await sandbox.Ask("status", null, "status-report"))["keeperProcessId"]!.GetValue<int>();

    private static Sandbox WithAgent()
    {
        var sandbox = new Sandbox();
        var programs = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "agents")).FullName;
        var script = sandbox.Write("agents/claude", "#!/bin/sh\n[ \"$1\" = --version ] && { echo 2.1.329; exit; }\nprintf 'argument %s\\n' \"$@\"\necho \"in $PWD\"\necho resumed\nexec sleep 600\n");
        System.IO.File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        sandbox.Set("PATH", $"{programs}:{sandbox.Environment["PATH"]}");
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(File(sandbox))!);
        Assert.True(folder.Exists);
        System.IO.File.WriteAllText(File(sandbox), Prompt(sandbox.WorkingDirectory, "say hello") + "\n" + Answer("hello") + "\n");
        System.IO.File.SetLastWriteTimeUtc(File(sandbox), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        return sandbox;
    }

    private static string File(Sandbox sandbox) => Path.Combine(sandbox.Environment["HOME"], ".claude/projects/-work", Id + ".jsonl");

    private static void Register(Sandbox sandbox, int process)
    {
        var start = System.IO.File.ReadAllText($"/proc/{process}/stat").Split(' ')[21];
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Environment["HOME"], ".claude/sessions")).FullName;
        System.IO.File.WriteAllText(Path.Combine(folder, $"{process}.json"), new JsonObject { ["pid"] = process, ["sessionId"] = Id, ["procStart"] = start, ["status"] = "busy" }.ToJsonString());
    }

    private static string Prompt(string directory, string text) => new JsonObject
    {
        ["type"] = "user", ["cwd"] = directory, ["timestamp"] = "2026-11-21T10:00:00Z", ["message"] = new JsonObject { ["role"] = "user", ["content"] = text },
    }.ToJsonString();

    private static string Answer(string text) => new JsonObject
    {
        ["type"] = "assistant", ["timestamp"] = "2026-11-21T10:00:01Z",
        ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) },
    }.ToJsonString();
}
