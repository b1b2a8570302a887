using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Commands;

public sealed class LogsAndExportTests
{
    [EndToEndFact]
    public async Task Logs_are_the_text_it_printed_without_escapes()
    {
        await using var sandbox = new Sandbox();
        var id = await Ended(sandbox, "printf 'one\\n\\033[32mtwo\\033[0m\\nthree\\n'");
        var lines = (await sandbox.Do("logs", id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
        Assert.Equal(["one", "two", "three"], lines);
    }

    [EndToEndFact]
    public async Task Logs_hold_more_than_the_screen()
    {
        await using var sandbox = new Sandbox();
        var id = await Ended(sandbox, "seq 1 5000");
        var lines = (await sandbox.Do("logs", id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
        Assert.Equal(Enumerable.Range(1, 5000).Select(number => $"{number}"), lines);
    }

    [EndToEndFact]
    public async Task Followed_logs_go_on_until_the_session_ends()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("talker", "sh", "-c", "echo first; read x; echo second; exit 0");
        using var follow = Cli.Start(sandbox, sandbox.Tether, "logs", id, "-f");
        Assert.Equal("first", (await NextLine(follow.StandardOutput))?.TrimEnd());
        await sandbox.Do("input", id, "go");
        string? line;
        do
        {
            line = (await NextLine(follow.StandardOutput))?.TrimEnd();
        }
        while (line is not null and not "second");

        Assert.Equal("second", line);
        await follow.WaitForExitAsync().WaitAsync(Patience.Usual);
        Assert.Equal(0, follow.ExitCode);
    }

    [EndToEndTheory]
    [InlineData(null, 2)]
    [InlineData("asciicast", 2)]
    [InlineData("asciicast-v3", 3)]
    public async Task An_export_is_an_asciicast_that_plays_to_the_same_bytes(string? format, int version)
    {
        await using var sandbox = new Sandbox();
        var id = await Ended(sandbox, "printf 'caf\\303\\251 \\033[1mbold\\033[0m\\n'; sleep 0.2; seq 1 3000; printf '\\303'; sleep 0.1; printf '\\251 end\\n'");
        string[] arguments = format is null ? ["export", id, "--format", "asciicast"] : ["export", id, "--format", format];
        var lines = (await sandbox.Do(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var head = JsonNode.Parse(lines[0])!;
        Assert.Equal(version, head["version"]!.GetValue<int>());
        var size = version == 2 ? (head["width"], head["height"]) : (head["term"]!["cols"], head["term"]!["rows"]);
        Assert.Equal((80, 24), (size.Item1!.GetValue<int>(), size.Item2!.GetValue<int>()));

        var played = new StringBuilder();
        var last = 0.0;
        foreach (var line in lines.Skip(1).Where(line => line[0] == '['))
        {
            using var entry = JsonDocument.Parse(line);
            var time = entry.RootElement[0].GetDouble();
            Assert.True(time >= (version == 2 ? last : 0), "times go forwards");
            last = time;
            if (entry.RootElement[1].GetString() == "o")
            {
                played.Append(entry.RootElement[2].GetString());
            }
        }

        Assert.Equal((await JournalBytes.Read(sandbox, id)).Text, played.ToString());
    }

    [EndToEndFact("asciinema")]
    public async Task An_export_plays_in_asciinema()
    {
        await using var sandbox = new Sandbox();
        var id = await Ended(sandbox, "echo curtain up; sleep 0.1; echo curtain down");
        var cast = sandbox.Write("show.cast", await sandbox.Do("export", id, "--format", "asciicast"));
        var terminal = sandbox.OpenProgram(80, 24, "/usr/bin/env", "asciinema", "play", "-s", "10", cast);
        await terminal.UntilShows("curtain down");
        Assert.Equal(0, await terminal.Exited);
    }

    private static async Task<string> Ended(Sandbox sandbox, string script)
    {
        var id = await sandbox.Detached("ended", "sh", "-c", script);
        await sandbox.UntilExit(id, Patience.Ample);
        return id;
    }

    private static Task<string?> NextLine(StreamReader reader) => reader.ReadLineAsync().WaitAsync(Patience.Usual);
}
