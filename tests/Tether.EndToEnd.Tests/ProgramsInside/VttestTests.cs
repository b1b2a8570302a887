using Tether.Testing.Outer;

namespace Tether.EndToEnd.Tests.ProgramsInside;

/// <summary>vttest, the test program for terminals, in a session: it judges the reports itself, and says what its screens should show.</summary>
public sealed class VttestTests
{
    private const string Next = "Push <RETURN>";

    [EndToEndTheory("vttest")]
    [InlineData("6.3", "TERMINAL OK", "-- OK")]
    [InlineData("6.4", "VT200 family", "22 = color")]
    [InlineData("6.5", "Pp=1 (VT220)", "registration number ok")]
    [InlineData("6.6", "Tertiary Device Attributes", "ok")]
    [InlineData("6.7", "argument 0", "-- OK")]
    [InlineData("11.3.3.6", "DECLRMM", "reset")]
    [InlineData("11.3.3.7", "DECRQSS", "ok")]
    [InlineData("11.3.3.8", "DECRQSS", "ok")]
    public async Task Reports_are_understood(string path, string first, string second)
    {
        await using var sandbox = new Sandbox();
        var terminal = await Open(sandbox, path);
        var screen = await terminal.UntilShows(Next);
        Assert.True(screen.Shows(first) && screen.Shows(second), $"{screen}");
        Assert.DoesNotContain("failed", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("-- Not", screen.Text, StringComparison.OrdinalIgnoreCase);
    }

    [EndToEndFact("vttest")]
    public async Task The_border_and_the_frame_stand_where_they_should()
    {
        await using var sandbox = new Sandbox();
        var screen = await (await Open(sandbox, "1")).UntilShows(Next);
        string[] border = [new string('*', 80), $"*{new string('+', 78)}*"];
        Assert.Equal(border, screen.Lines[..2]);
        Assert.Equal(border.Reverse(), screen.Lines[^2..]);
        Assert.All(screen.Lines[2..^2], line => Assert.True(line.StartsWith("*+ ", StringComparison.Ordinal) && line.EndsWith(" +*", StringComparison.Ordinal), line));
        Assert.Equal(2, screen.Lines.Count(line => line.Contains($" {new string('E', 60)} ", StringComparison.Ordinal)));
    }

    [EndToEndFact("vttest")]
    public async Task Lines_and_characters_are_inserted_and_deleted_as_it_says()
    {
        await using var sandbox = new Sandbox();
        var terminal = await Open(sandbox, "8");
        await terminal.UntilShows("Screen accordion test");
        var accordion = await NextPage(terminal, "nothing more");
        Assert.Equal([new string('A', 80), new string('X', 80)], accordion.Lines.Where(line => line.Length == 80));
        Assert.Equal(3, accordion.Lines.Count(line => line.Length > 0));
        Assert.Equal($"A{new string('*', 78)}B", (await NextPage(terminal, "Test of 'Insert Mode'")).Lines[0]);
        Assert.Equal("AB", (await NextPage(terminal, "Test of 'Delete Character'")).Lines[0]);
        var staggered = await NextPage(terminal, "The right column should be staggered");
        Assert.Equal(Enumerable.Range(0, 24).Select(row => 79 - row), staggered.Lines.Select(line => line.Length));

        // The same once more for lines of double width, which are shown at half of their length.
        terminal.Type("\r");
        await terminal.Until(screen => screen.Lines[0].Length < 40 && screen.Shows(Next), "the page for double width");
        var inserted = await NextPage(terminal, "'Insert Character'");
        Assert.Equal(2, inserted.Lines.Count(line => line.Trim() == "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"));
    }

    [EndToEndFact("vttest")]
    public async Task Control_characters_inside_sequences_and_leading_zeros_are_obeyed()
    {
        await using var sandbox = new Sandbox();
        var terminal = await Open(sandbox, "1");
        await terminal.UntilShows("unbroken bor-");

        // The page for 132 columns and both for autowrap lie between; they look alike.
        await terminal.Until(
            screen =>
            {
                if (screen.Shows(Next) && !screen.Shows("inside ESC sequences"))
                {
                    terminal.Type("\r");
                }

                return screen.Shows("inside ESC sequences") && screen.Shows(Next);
            },
            "the page about control characters");
        Assert.Equal(4, terminal.Screen.Lines.Count(line => line == "A B C D E F G H I"));
        await NextPage(terminal, "This is a correct sentence\"");
        Assert.Contains("This is a correct sentence", terminal.Screen.Lines);
    }

    // A choice in each menu from the main one on; the last one is a test.
    private static async Task<OuterTerminal> Open(Sandbox sandbox, string path)
    {
        var terminal = sandbox.Open("run", "any", "--", "vttest");
        var menu = "VT100 test program";
        var open = "";
        foreach (var choice in path.Split('.'))
        {
            await terminal.Until(screen => screen.Shows(menu) && screen.Shows("Enter choice number"), menu);
            terminal.Type($"{choice}\r");
            open = open.Length == 0 ? choice : $"{open}.{choice}";
            menu = $"Menu {open}:";
        }

        return terminal;
    }

    private static Task<OuterScreen> NextPage(OuterTerminal terminal, string title)
    {
        terminal.Type("\r");
        return terminal.Until(screen => screen.Shows(title) && screen.Shows(Next), title);
    }
}
