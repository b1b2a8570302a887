using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>How a person left the dashboard is how the next one starts; what is wrong in its files is told and does no harm.</summary>
public sealed class RememberingTests
{
    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task Layout_sizes_list_and_theme_are_there_again_after_a_restart(Judge judge)
    {
        await using var sandbox = new Sandbox();
        foreach (var title in (string[])["alpha", "beta", "gamma"])
        {
            await sandbox.Detached(title, "cat");
        }

        var window = await Window.Open(sandbox, judge, 200, 40);
        var grid = Places(await window.Until(HasThree, "three tiles"));
        await window.Type(":");
        await window.Type("layout-columns\r");
        var columns = Places(await window.Until(picture => HasThree(picture) && picture.Boxes().All(box => box.Row == 1), "columns"));
        Assert.NotEqual(grid, columns);
        await window.Type("+");
        var wider = Places(await window.Until(picture => HasThree(picture) && Places(picture) != columns, "a wider first tile"));
        await window.Type("+");
        var widest = Places(await window.Until(picture => HasThree(picture) && Places(picture) != wider, "a still wider one"));
        await window.Type("-");
        await window.Until(picture => Places(picture) == wider, "the size before");
        await window.Type("+");
        await window.Until(picture => Places(picture) == widest, "the size after");
        await window.Type("s");
        var folded = Places(await window.Until(picture => HasThree(picture) && picture.Boxes().First().Column == 0, "no list"));
        await window.Type("q");
        Assert.Equal(0, await window.Exited());

        var next = await Window.Open(sandbox, Judge.Emulator, 200, 40);
        Assert.Equal(folded, Places(await next.Until(HasThree, "three tiles")));
        await next.Type("s");
        await next.Until(picture => Places(picture) == widest, "the list beside the tiles");
    }

    [EndToEndFact]
    public async Task A_bad_line_is_told_with_file_and_number_and_the_others_count()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "cat");
        await sandbox.Detached("beta", "cat");
        sandbox.Write("config/tether/keys", "# mine\nnavigate ctrl-n = focus-next\nnavigate hyperspace = quit\n");
        var window = await Window.Open(sandbox, Judge.Emulator, 240, 40);
        Assert.Contains("/keys:3: no key is called `hyperspace`", await Warning(window), StringComparison.Ordinal);
        await window.Press(Key.Enter);
        await window.UntilFocused("alpha");
        await window.Press('n', KeyModifiers.Control);
        await window.UntilFocused("beta");
        await window.Type("q");
        Assert.Equal(0, await window.Exited());

        sandbox.Write("config/tether/keys", "");
        sandbox.Write("config/tether/dashboard", "LIST=folded\nLAYOUT=spiral\n");
        var next = await Window.Open(sandbox, Judge.Emulator, 240, 40);
        Assert.Contains("/dashboard:2: LAYOUT=spiral is not understood", await Warning(next), StringComparison.Ordinal);
        await next.Press(Key.Enter);
        await next.Until(screen => screen.Boxes().FirstOrDefault() is { Column: 0 }, "the folded list");

        // What the person chooses later does not cost the line that is not understood.
        await next.Type("s");
        await next.Until(screen => screen.Boxes().FirstOrDefault() is { Column: > 0 }, "the list");
        Assert.Contains("LIST=shown", await File.ReadAllTextAsync(Path.Combine(sandbox.Paths.ConfigDirectory, "dashboard")), StringComparison.Ordinal);
        Assert.Contains("LAYOUT=spiral", await File.ReadAllTextAsync(Path.Combine(sandbox.Paths.ConfigDirectory, "dashboard")), StringComparison.Ordinal);
    }

    // The dialog's text, without its line breaks.
    private static async Task<string> Warning(Window window)
    {
        var picture = await window.Until(screen => screen.Box("Not understood") is not null, "what is wrong in the files");
        return string.Join(' ', picture.Box("Not understood")!.Content.Select(line => line.Trim()));
    }

    private static bool HasThree(Picture picture) => picture.Boxes().Count() == 3;

    private static string Places(Picture picture) => string.Join(' ', picture.Boxes().Select(box => $"{box.Column},{box.Row}:{box.Columns}×{box.Rows}"));
}
