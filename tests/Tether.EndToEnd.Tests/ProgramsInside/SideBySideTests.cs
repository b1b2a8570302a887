namespace Tether.EndToEnd.Tests.ProgramsInside;

/// <summary>
/// Programs draw in a session exactly as they do without Tether: the same program runs in two terminal windows of one size, and the
/// pictures, with colours and cursor, are compared.
/// </summary>
public sealed class SideBySideTests
{
    private const string Text = "# A list\n\n* caf\u00e9 \u6f22\u5b57 \U0001f680\n\tindented\n\nint main(void) { return 42; } /* \u2500\u2500 */\n";

    public static TheoryData<int, int> Sizes { get; } = new() { { 80, 24 }, { 200, 50 } };

    [EndToEndTheory("bash")]
    [MemberData(nameof(Sizes))]
    public Task Bash(int columns, int rows) => LooksTheSame(columns, rows, ["bash", "--norc", "-i"], screen => screen.Lines.Contains("end"),
        async terminal =>
        {
            await terminal.UntilShows("ready>");
            terminal.Type("printf '\\033[1;35mpurple\\033[0m \\033[7mreverse\\033[0m\\n'; seq 1 60 | paste -sd' '; echo e''nd\r");
        });

    [EndToEndTheory("vim")]
    [MemberData(nameof(Sizes))]
    public Task Vim(int columns, int rows) => LooksTheSame(columns, rows, ["vim", "-n", "-u", "NONE", "-N", "-i", "NONE", "--cmd", "syntax on", "text.c"], screen => screen.Shows("inserted") && !screen.Shows("-- INSERT --"),
        async terminal =>
        {
            await terminal.UntilShows("A list");
            terminal.Type(":set number list hlsearch\r/int\rOinserted\e");
        });

    [EndToEndTheory("less")]
    [MemberData(nameof(Sizes))]
    public Task Less(int columns, int rows) => LooksTheSame(columns, rows, ["less", "-N", "long.txt"], screen => screen.Shows("line 120"),
        async terminal =>
        {
            await terminal.UntilShows("line 5");
            terminal.Type("/line 120\r");
        });

    [EndToEndTheory("nano")]
    [MemberData(nameof(Sizes))]
    public Task Nano(int columns, int rows) => LooksTheSame(columns, rows, ["nano", "--ignorercfiles", "text.c"], screen => screen.Shows("typed here"),
        async terminal =>
        {
            await terminal.UntilShows("A list");
            terminal.Type("typed here ");
        });

    [EndToEndTheory("git", "less")]
    [MemberData(nameof(Sizes))]
    public Task Git_log(int columns, int rows) => LooksTheSame(
        columns, rows, ["git", "-c", "color.ui=always", "-c", "core.pager=less -R", "log", "--stat", "--graph"], screen => screen.Shows("commit number 9") && screen.Shows("|"),
        _ => Task.CompletedTask,
        "git init -q . && for i in 1 2 3 4 5 6 7 8 9; do echo $i >> numbers; git add numbers; git commit -qm \"commit number $i\"; done");

    [EndToEndTheory("tmux")]
    [MemberData(nameof(Sizes))]
    public Task Tmux(int columns, int rows) => LooksTheSame(
        columns, rows, ["tmux", "-S", "@", "-f", "tmux.conf", "new", "env PS1='ready> ' bash --norc -i"], screen => screen.Lines.Any(line => line.EndsWith("below", StringComparison.Ordinal)) && screen.Shows("ready> echo"),
        async terminal =>
        {
            await terminal.UntilShows("ready>");
            terminal.Type("\x2\"");
            await terminal.Until(screen => screen.Lines.Count(line => line.StartsWith("ready>", StringComparison.Ordinal)) == 2, "two panes");
            terminal.Type("echo be''low\r");
        });

    [EndToEndTheory("htop")]
    [MemberData(nameof(Sizes))]
    public async Task Htop(int columns, int rows)
    {
        // Its numbers change from moment to moment: what is compared is what does not.
        await using var sandbox = new Sandbox();
        Prepare(sandbox);
        var plain = sandbox.OpenProgram(columns, rows, "/usr/bin/env", "htop", "-d", "100");
        var inside = sandbox.Open(columns, rows, "run", "any", "--", "htop", "-d", "100");
        foreach (var terminal in (OuterTerminal[])[plain, inside])
        {
            await terminal.Until(screen => screen.Shows("F10") && screen.Shows("PID"), "htop");
        }

        var (left, right) = (plain.Screen, inside.Screen);
        Assert.Equal(left.AnsiLines[^1], right.AnsiLines[^1]);
        Assert.Equal(left.AnsiLines.Single(line => line.Contains("PID", StringComparison.Ordinal)), right.AnsiLines.Single(line => line.Contains("PID", StringComparison.Ordinal)));
        Assert.Equal(left.IsAlternate, right.IsAlternate);
        Assert.Equal(left.Modes, right.Modes);
    }

    private static async Task LooksTheSame(
        int columns, int rows, string[] program, Func<OuterScreen, bool> isDrawn, Func<OuterTerminal, Task> use, string? prepare = null)
    {
        await using var sandbox = new Sandbox();
        Prepare(sandbox);
        if (prepare is not null)
        {
            using var shell = Cli.Start(sandbox, "/bin/sh", "-ec", prepare);
            await shell.WaitForExitAsync().WaitAsync(Patience.Usual);
            Assert.Equal(0, shell.ExitCode);
        }

        var plain = sandbox.OpenProgram(columns, rows, ["/usr/bin/env", .. Own(program, sandbox, "plain")]);
        await use(plain);
        await plain.Until(isDrawn, "the drawn screen");
        var expected = await Settled(plain);

        var inside = sandbox.Open(columns, rows, ["run", "any", "--", .. Own(program, sandbox, "inside")]);
        await use(inside);
        await inside.Until(screen => isDrawn(screen) && screen.Ansi == expected.Ansi && screen.Cursor == expected.Cursor, $"the same picture as\n{expected}\n{expected.Ansi}");
        Assert.Equal(expected.Modes, inside.Screen.Modes);

        // Whoever attaches later sees it too.
        var later = sandbox.Open(columns, rows, "attach", "--observe");
        await later.Until(screen => screen.Ansi == expected.Ansi && screen.Cursor == expected.Cursor, $"the same picture as\n{expected}\n{expected.Ansi}");
    }

    private static string[] Own(string[] program, Sandbox sandbox, string name) =>
        [.. program.Select(word => word == "@" ? Path.Combine(sandbox.Directory, name + ".sock") : word)];

    // A program that has drawn what was waited for may still be drawing the rest: its picture counts once it is the same for a while.
    private static async Task<OuterScreen> Settled(OuterTerminal terminal)
    {
        var last = terminal.Screen;
        for (var same = 0; same < 15;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            var now = terminal.Screen;
            same = now.Ansi == last.Ansi && now.Cursor == last.Cursor ? same + 1 : 0;
            last = now;
        }

        return last;
    }

    private static void Prepare(Sandbox sandbox)
    {
        // What a session sets, so that both programs know the same.
        sandbox.Set("COLORTERM", "truecolor");
        sandbox.Set("TERM_PROGRAM", "tether");
        sandbox.Set("GIT_AUTHOR_NAME", "Ada");
        sandbox.Set("GIT_AUTHOR_EMAIL", "ada@example.org");
        sandbox.Set("GIT_COMMITTER_NAME", "Ada");
        sandbox.Set("GIT_COMMITTER_EMAIL", "ada@example.org");
        sandbox.Write("work/text.c", Text);
        sandbox.Write("work/long.txt", string.Concat(Enumerable.Range(1, 500).Select(number => $"line {number} {new string('.', number % 90)}\n")));
        sandbox.Write("work/tmux.conf", "set -g status-right ''\nset -g status-interval 0\nset -g automatic-rename off\nset -g default-terminal tmux-256color\n");
    }
}
