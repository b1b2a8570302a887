using System.Text.Json.Nodes;
using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>What was said in a session is read over the whole dashboard, from what its agent keeps on disk.</summary>
public sealed class TranscriptTests
{
    private const string Id = "6f03819a-77af-4663-bbd7-d0d48098f141";

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task It_shows_the_newest_follows_is_searched_and_closes(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var file = KeepSession(sandbox);
        await sandbox.Do("adopt", Id, "-d", "--title", "talk");
        var window = await Window.Open(sandbox, judge);
        await window.UntilTile("talk", "resumed");

        await window.Type("T");
        await window.Until(picture => picture.ShowsIn("Transcript of talk", "answer 60") && !picture.ShowsIn("Transcript of talk", "question 1 "), "the newest part");
        await window.UntilShows(Id);
        await File.AppendAllTextAsync(file, Said("assistant", "and more"));
        await window.Until(picture => picture.ShowsIn("Transcript of talk", "and more"), "what was said since");

        await window.Type("/Question 17\r");
        await window.Until(picture => picture.Box("Transcript of talk")!.Foot.Contains("no older match of Question 17", StringComparison.Ordinal), "a search that minds capitals");
        await window.Type("/question 17\r");
        await window.Until(picture => picture.ShowsIn("Transcript of talk", "› question 17") && !picture.ShowsIn("Transcript of talk", "and more"), "what was searched for");
        await window.Press(Key.Home);
        await window.Until(picture => picture.ShowsIn("Transcript of talk", "› question 1 "), "the beginning");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Box("Transcript of talk") is null && picture.ShowsIn("talk", "resumed"), "the tiles");
    }

    // A session of an agent that says with what it is gone on.
    private static string KeepSession(Sandbox sandbox)
    {
        var programs = Directory.CreateDirectory(Path.Combine(sandbox.Directory, "agents")).FullName;
        var script = sandbox.Write("agents/claude", "#!/bin/sh\n[ \"$1\" = --version ] && { echo 2.1.329; exit; }\necho resumed\nexec sleep 600\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        sandbox.Set("PATH", $"{programs}:{sandbox.Environment["PATH"]}");
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.Environment["HOME"], ".claude/projects/-work")).FullName;
        var file = Path.Combine(folder, Id + ".jsonl");
        File.WriteAllText(file, string.Concat(Enumerable.Range(1, 60).Select(number => Said("user", $"question {number} is this", sandbox.WorkingDirectory) + Said("assistant", $"answer {number}"))));
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        return file;
    }

    private static string Said(string role, string text, string? directory = null) => new JsonObject
    {
        ["type"] = role, ["cwd"] = directory, ["timestamp"] = "2026-11-21T10:00:00Z", ["message"] = new JsonObject { ["role"] = role, ["content"] = text },
    }.ToJsonString() + "\n";
}
