using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tether.EndToEnd.Tests.Dashboard.Support;

namespace Tether.EndToEnd.Tests.Queue;

/// <summary>Who looks elsewhere hears of what needs a human once, and what the terminal shows stays as it is.</summary>
public sealed class NotificationTests
{
    // An agent that asks by its hook for each line that it reads.
    private const string Agent = """
        #!/bin/sh
        stty -echo
        echo ready
        while read -r line; do
            echo "asks for $line"
            printf '{"hook_event_name":"PermissionRequest","session_id":"s","tool_name":"Bash","tool_input":{"command":"touch %s"}}' "$line" | tether hook claude --asks >/dev/null
            echo "answered $line"
        done
        """;

    private const string Alert = "\e]9;claude needs approval — asking\e\\";

    [EndToEndFact]
    public async Task A_lent_terminal_shows_one_notification_and_the_same_screen()
    {
        await using var sandbox = NewSandbox();
        var asking = await Run(sandbox, "asking");
        var window = sandbox.Open("run", "any", "--title", "work", "--", "sh", "-c", "stty -echo; printf 'one\\033[31m red'; exec cat");
        await window.UntilShows("one red");
        window.Type("typed\r");
        var before = await window.UntilShows("one redtyped");

        await sandbox.Do("input", asking, "a.txt");
        await Patience.Until(() => Count(window) > 0, "the notification");
        Assert.Equal(before.Lines, window.Screen.Lines);
        Assert.Equal(before.Cursor, window.Screen.Cursor);

        window.Type("more\r");
        await window.UntilShows("more");
        Assert.Equal(1, Count(window));
    }

    [EndToEndFact]
    public async Task A_relayed_terminal_shows_it_too()
    {
        await using var sandbox = NewSandbox();
        sandbox.Set("TETHER_LEND", "0");
        var asking = await Run(sandbox, "asking");
        var window = sandbox.Open("run", "any", "--title", "work", "--", "cat");
        window.Type("typed\r");
        await window.UntilShows("typed");
        await sandbox.Do("input", asking, "a.txt");
        await Patience.Until(() => Count(window) > 0, "the notification");
        window.Type("more\r");
        await window.UntilShows("more");
        Assert.Equal(1, Count(window));
    }

    [EndToEndFact]
    public async Task A_dashboard_shows_it_in_place_of_other_terminals_and_only_without_the_focus()
    {
        await using var sandbox = NewSandbox();
        var asking = await Run(sandbox, "asking");
        var other = sandbox.Open("run", "any", "--title", "work", "--", "cat");
        other.Type("typed\r");
        await other.UntilShows("typed");
        var window = new EmulatorWindow(sandbox.Open(120, 40));
        await window.UntilTile("asking", "ready");
        await window.Type("\e[O");

        await sandbox.Do("input", asking, "first.txt");
        await Patience.Until(() => Count(window.Terminal) > 0, "the notification");
        await window.UntilShows("first.txt");
        await window.Type("\e[I");
        await sandbox.Do("rename", asking, "focused");
        await window.UntilShows("focused");

        // The command runs behind the notification, and the daemon tells the new title behind that.
        var second = await Run(sandbox, "second");
        await sandbox.Do("input", second, "second.txt");
        await Patience.Until(() => Told(sandbox).Length == 2, "both items told");
        await sandbox.Do("rename", second, "last");
        await window.UntilShows("last");
        Assert.Equal((1, 0), (Count(window.Terminal), Count(other)));
        Assert.DoesNotContain("second", Regex.Match(Text(window.Terminal), "\e]9;[^\e]*").Value, StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task The_persons_command_runs_once_for_an_item_also_when_the_daemon_is_killed()
    {
        await using var sandbox = NewSandbox();
        var asking = await Run(sandbox, "asking");
        await sandbox.Do("input", asking, "'$(id)'");
        await Patience.Until(() => Told(sandbox).Length == 1, "the command's line");
        Assert.Equal($"approval claude {asking} Bash: touch '$(id)'", Told(sandbox)[0]);

        SandboxProcess.Signal((await sandbox.Status()).ProcessId, Signals.Kill);
        await sandbox.Do("start");
        var item = (await Open(sandbox)).Single();
        await sandbox.Do("approve", item["id"]!.GetValue<string>());
        await sandbox.UntilShows(asking, "answered");

        await sandbox.Do("input", asking, "b.txt");
        await Patience.Until(() => Told(sandbox).Length > 1, "the next line");
        Assert.Equal([$"approval claude {asking} Bash: touch b.txt"], Told(sandbox)[1..]);
    }

    private static Sandbox NewSandbox()
    {
        var sandbox = new Sandbox();
        sandbox.Set("TERM_PROGRAM", "iTerm.app");
        var agent = Executable(sandbox.Write("work/claude", Agent));
        var command = Executable(sandbox.Write("work/told.sh",
            "#!/bin/sh\necho \"$TETHER_ITEM_KIND $TETHER_ITEM_AGENT $TETHER_ITEM_SESSION $TETHER_ITEM_TITLE\" >>\"$HOME/told\"\n"));
        sandbox.WriteProviders(new JsonObject
        {
            ["any"] = new JsonObject { ["command"] = new JsonArray("env"), ["arguments"] = true },
            ["claude"] = new JsonObject { ["command"] = new JsonArray(agent), ["arguments"] = true },
        });
        sandbox.WriteConfig($"TETHER_NOTIFY_COMMAND={command}\n");
        return sandbox;
    }

    private static async Task<string> Run(Sandbox sandbox, string title)
    {
        var printed = await sandbox.Do("run", "claude", "-d", "--title", title);
        var id = printed.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)[0];
        await sandbox.UntilShows(id, "ready");
        return id;
    }

    private static string Executable(string file)
    {
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private static async Task<IEnumerable<JsonNode>> Open(Sandbox sandbox)
    {
        JsonArray items = [];
        await Patience.Until(async () => (items = (await sandbox.Ask("queue", [], "queue-list"))["items"]!.AsArray()).Count > 0, "an open item");
        return items.Select(item => item!);
    }

    private static string[] Told(Sandbox sandbox)
    {
        var file = Path.Combine(sandbox.Environment["HOME"], "told");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private static string Text(OuterTerminal window) => Encoding.UTF8.GetString(window.Captured);

    private static int Count(OuterTerminal window) => Regex.Count(Text(window), Regex.Escape(Alert));
}
