using System.Text.RegularExpressions;
using Tether.Testing.Agents;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>The real Codex asks, and is answered by the command line. Nobody is attached meanwhile: a person who is in control gets its own prompt at once.</summary>
public sealed partial class CodexTests
{
    private const string Ready = "Ask Codex to do anything";

    [EndToEndFact("codex")]
    public async Task A_command_is_allowed_and_runs()
    {
        await using var codex = await Start();
        await codex.Say(Escalated("echo 42 >a.txt") + " [[HOLD detached]]");
        await Detach(codex);
        var item = await codex.UntilItem();
        Assert.Equal("echo 42 >a.txt", item["command"]!.GetValue<string>());
        Assert.Equal("because", item["detail"]!.GetValue<string>());
        await codex.Answer("approve", item);
        await Patience.Until(() => File.Exists(Path.Combine(codex.Sandbox.WorkingDirectory, "a.txt")), "the command's file");
        Assert.Equal("answered", (await codex.UntilOver(item))["state"]!.GetValue<string>());
    }

    [EndToEndFact("codex")]
    public async Task Codexs_own_settings_stay_as_they_are()
    {
        // It writes much itself: what it does without Tether, it may do with it. So it counts how often it has told of its models.
        await using var codex = await AgentDialogue.StartAlone(Ready, "codex");
        await codex.Say(Escalated("touch alone.txt"));
        await codex.Press("y", "Would you like to run the following command?");
        await codex.Terminal.UntilShows("Done after");
        await codex.Command("/quit");
        await codex.Terminal.Exited;
        var home = Path.Combine(codex.Sandbox.Environment["HOME"], ".codex");
        var (settings, files) = (await Settings(home), Names(home));
        Assert.NotEqual(settings, ModelsTold().Replace(settings, ""));

        await codex.GoOnInTether(Ready, "codex");
        await codex.Say(Escalated("touch a.txt") + " [[HOLD detached]]");
        await Detach(codex);
        await codex.Answer("approve", await codex.UntilItem());
        await Patience.Until(() => File.Exists(Path.Combine(codex.Sandbox.WorkingDirectory, "a.txt")), "the command's file");
        await codex.Sandbox.Do("stop", await Session(codex));
        Assert.Equal(ModelsTold().Replace(settings, ""), ModelsTold().Replace(await Settings(home), ""));
        Assert.Subset(files, Names(home));
        Assert.DoesNotContain(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains("tether", StringComparison.OrdinalIgnoreCase));
    }

    private static Task<string> Settings(string home) => File.ReadAllTextAsync(Path.Combine(home, "config.toml"));

    // The folders and files at the top; those of databases come and go in several parts.
    private static HashSet<string> Names(string home) => [.. Directory.EnumerateFileSystemEntries(home).Select(path => Path.GetFileName(path).Split("-wal")[0].Split("-shm")[0])];

    private static async Task<string> Session(AgentDialogue codex) => (await codex.Sandbox.Json("ls", "--json"))[0]!["id"]!.GetValue<string>();

    private static async Task Detach(AgentDialogue codex)
    {
        codex.Terminal.Type(Keys.Detach);
        await codex.Sandbox.UntilClients(await Session(codex), 0);
        codex.Model.Release("detached");
    }

    private static string Escalated(string command) =>
        $$"""go [[TOOL exec_command {"cmd":"{{command}}","sandbox_permissions":"require_escalated","justification":"because"}]]""";

    [GeneratedRegex("""\[tui\.model_availability_nux\]\n("[^\n]*\n)*""")]
    private static partial Regex ModelsTold();

    private static Task<AgentDialogue> Start() => AgentDialogue.Start(Ready, null, "codex");
}
