using System.Text;
using Tether.Protocol.Terminal;
using Tether.Testing.Outer;

namespace Tether.EndToEnd.Tests.Queries;

/// <summary>A program that asks for colours is told those of the terminal that controls it now, whichever way that terminal is reached.</summary>
public sealed class ColorTests
{
    // `q` asks for the background; every other key is shown.
    private const string Asking = """
        stty raw -echo
        printf '\033[?2031hready\r\n'
        while IFS= read -rN1 key; do
          if [ "$key" = q ]; then
            printf '\033]11;?\033\\'
            IFS= read -rd '\' answer
            printf 'answer %q\r\n' "$answer"
          else
            printf 'got %q\r\n' "$key"
          fi
        done
        """;

    private static readonly TerminalColors Dark = new() { Foreground = 0xeeeeee, Background = 0x102030 };
    private static readonly TerminalColors Light = new() { Foreground = 0x111111, Background = 0xfdf6e3 };

    [EndToEndTheory("bash")]
    [InlineData("1")]
    [InlineData("0")]
    public async Task A_program_is_told_the_colours_of_the_terminal_that_controls_it_now(string lend)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_LEND", lend);
        var id = await sandbox.Detached("asking", "bash", "-c", Asking);
        await sandbox.UntilShows(id, "ready");
        var ann = Open(sandbox, Dark, "attach", id);
        await ann.UntilShows("ready");
        await AskUntil(ann, "1010/2020/3030");

        var bob = Open(sandbox, Light, "attach", id, "--take");
        await bob.UntilShows("ready");

        // What the program asked to hear with mode 2031.
        await bob.Until(screen => ReportedSchemes(screen) == "2", "the report of the light colours");
        await AskUntil(bob, "fdfd/f6f6/e3e3");

        // Whoever controls again is asked again.
        bob.Type("\u001dd");
        await bob.Exited;
        await ann.Until(screen => ReportedSchemes(screen) == "21", "the report of the dark colours");
        await AskUntil(ann, "1010/2020/3030");
    }

    [EndToEndTheory("bash")]
    [InlineData("1")]
    [InlineData("0")]
    public async Task Late_answers_delay_nothing_and_are_never_typed(string lend)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_LEND", lend);
        var id = await sandbox.Detached("asking", "bash", "-c", Asking);
        await sandbox.UntilShows(id, "ready");
        var terminal = sandbox.Open("attach", id);
        terminal.SetColors(Dark);
        terminal.HoldAnswers();
        await terminal.UntilShows("ready");
        terminal.Type("a");
        await terminal.UntilShows("got a");
        terminal.Type("\e");
        await terminal.UntilShows(@"got $'\E'");
        terminal.ReleaseAnswers();
        terminal.Type("b");
        await terminal.UntilShows("got b");
        await AskUntil(terminal, "1010/2020/3030");
        Assert.Equal(["got a", @"got $'\E'", "got b"], terminal.Screen.Lines.Where(line => line.StartsWith("got", StringComparison.Ordinal)));
    }

    [EndToEndTheory("bash")]
    [InlineData("1")]
    [InlineData("0")]
    public async Task Answers_that_come_after_leaving_do_not_reach_the_shell(string lend)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_LEND", lend);
        var id = await sandbox.Detached("asking", "bash", "-c", Asking);
        await sandbox.UntilShows(id, "ready");
        var terminal = sandbox.OpenProgram(80, 24, "sh", "-c", $"tether attach {id}; echo left; exec cat -v");
        terminal.HoldAnswers();
        await terminal.UntilShows("ready");
        terminal.Type("\u001dd");
        terminal.ReleaseAnswers();
        await terminal.UntilShows("left");
        terminal.Type("typed\r");
        await terminal.UntilShows("typed");
        Assert.DoesNotContain("rgb", terminal.Screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[?62", terminal.Screen.Text, StringComparison.Ordinal);
    }

    [EndToEndFact("bash")]
    public async Task An_observers_terminal_is_asked_nothing_and_changes_nothing()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("asking", "bash", "-c", Asking);
        await sandbox.UntilShows(id, "ready");
        var controller = Open(sandbox, Dark, "attach", id);
        await controller.UntilShows("ready");
        await AskUntil(controller, "1010/2020/3030");
        var observer = Open(sandbox, Light, "attach", id, "--observe");
        await observer.UntilShows("ready");
        controller.Type("x");
        await observer.UntilShows("got x");
        Assert.DoesNotContain("]11;?", Encoding.Latin1.GetString(observer.Captured), StringComparison.Ordinal);
        controller.Type("q");
        await controller.Until(screen => screen.Lines.SkipWhile(line => line != "got x").Any(line => line.Contains("1010/2020/3030", StringComparison.Ordinal)), "the controller's colours");
    }

    [EndToEndTheory("bash")]
    [InlineData("1")]
    [InlineData("0")]
    public async Task A_terminal_that_turns_light_while_it_is_attached_is_asked_again(string lend)
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_LEND", lend);
        var id = await sandbox.Detached("asking", "bash", "-c", Asking);
        await sandbox.UntilShows(id, "ready");
        var terminal = Open(sandbox, Dark, "attach", id);
        await terminal.Until(screen => screen.Shows("ready") && screen.Modes.ColorSchemeReports, "the program's mode");
        await AskUntil(terminal, "1010/2020/3030");
        terminal.SetColors(Light);
        await terminal.Until(screen => ReportedSchemes(screen) == "2", "the report of the light colours");
        await AskUntil(terminal, "fdfd/f6f6/e3e3");
    }

    private static OuterTerminal Open(Sandbox sandbox, TerminalColors colors, params string[] arguments)
    {
        var terminal = sandbox.Open(80, 60, arguments);
        terminal.SetColors(colors);
        return terminal;
    }

    // The colours are learnt behind the first screen, which nobody can see from outside: asked until they are there.
    private static async Task AskUntil(OuterTerminal terminal, string colors)
    {
        for (var answers = Answers(terminal.Screen).Length; ; answers++)
        {
            terminal.Type("q");
            var count = answers;
            var screen = await terminal.Until(screen => Answers(screen).Length > count, $"answer {count + 1}");
            if (Answers(screen)[^1].Contains(colors, StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private static string[] Answers(OuterScreen screen) => [.. screen.Lines.Where(line => line.StartsWith("answer", StringComparison.Ordinal))];

    // The keys of each `CSI ? 997 ; n n`, in order. A line may be there in part while it is looked at.
    private static string ReportedSchemes(OuterScreen screen) =>
        string.Concat(from pair in screen.Lines.Zip(screen.Lines.Skip(1))
                      where pair.First is @"got \;" && pair.Second.StartsWith("got ", StringComparison.Ordinal)
                      select pair.Second["got ".Length..]);
}
