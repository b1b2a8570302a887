using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Groups of the list, folded away and back, and tiles made equal again.</summary>
public sealed class GroupingTests
{
    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task By_directory_and_tag_and_a_folded_group_takes_its_tiles_along(Judge judge)
    {
        await using var sandbox = new Sandbox();
        foreach (var (title, directory) in new[] { ("alpha", "client"), ("beta", "server"), ("gamma", "client") })
        {
            var folder = Directory.CreateDirectory(Path.Combine(sandbox.WorkingDirectory, directory)).FullName;
            await sandbox.Do("run", "any", "-d", "--title", title, "--cwd", folder, "--", "cat");
        }

        await sandbox.Do("tag", "alpha", "urgent");
        await sandbox.Do("tag", "beta", "urgent");
        var window = await Window.Open(sandbox, judge, 160, 40);
        await window.Until(picture => picture.Boxes().Count() == 3 && picture.IsFocused("alpha"), "three tiles");
        await window.Type("o");
        var picture = await window.Until(screen => Heading(screen, "▾", "client") >= 0 && Heading(screen, "▾", "server") >= 0, "both directories");
        Assert.Equal(["client", "alpha", "gamma", "server", "beta"], Order(picture, "client", "alpha", "gamma", "server", "beta"));

        await window.Type("f");
        await window.Until(screen => screen.Box("alpha") is null && screen.Box("gamma") is null && screen.IsFocused("beta") && Heading(screen, "▸", "client") >= 0, "one folded group");
        await window.Type("F");
        await window.Until(screen => screen.Boxes().Count() == 3 && Heading(screen, "▾", "client") >= 0, "all of it");

        await window.Type("o");
        picture = await window.Until(screen => Heading(screen, "▾", "urgent") >= 0, "the tag");
        Assert.True(Heading(picture, "▾", "client") < 0, picture.ToString());
        Assert.Equal(["urgent", "alpha", "beta", "gamma"], Order(picture, "urgent", "alpha", "beta", "gamma"));
        await window.Type("q");
        Assert.Equal(0, await window.Exited());

        var next = await Window.Open(sandbox, Judge.Emulator, 160, 40);
        await next.Until(screen => Heading(screen, "▾", "urgent") >= 0, "the same groups the next time");
    }

    [EndToEndFact]
    public async Task A_click_on_the_name_of_a_group_folds_it_and_another_one_brings_it_back()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "cat");
        await sandbox.Detached("beta", "cat");
        await sandbox.Do("tag", "beta", "later");
        var window = await Window.Open(sandbox, Judge.Emulator, 160, 40);
        await window.Until(picture => picture.Boxes().Count() == 2, "both tiles");
        await window.Type(":group-tag\r");
        var picture = await window.Until(screen => Heading(screen, "▾", "later") >= 0, "the tag");
        await window.Type(Mouse.Click(Heading(picture, "▾", "later"), 4));
        picture = await window.Until(screen => screen.Box("beta") is null && Heading(screen, "▸", "later") >= 0, "the folded group");
        await window.Type(Mouse.Click(Heading(picture, "▸", "later"), 4));
        await window.Until(screen => screen.Box("beta") is not null && Heading(screen, "▾", "later") >= 0, "the group again");
    }

    [EndToEndFact]
    public async Task Zero_makes_all_tiles_equal_again()
    {
        await using var sandbox = new Sandbox();
        foreach (var title in (string[])["alpha", "beta", "gamma"])
        {
            await sandbox.Detached(title, "cat");
        }

        var window = await Window.Open(sandbox, Judge.Emulator, 200, 40);
        var equal = Places(await window.Until(picture => picture.Boxes().Count() == 3, "three tiles"));
        await window.Type("++");
        await window.Press(Key.Tab);
        await window.Type("-");
        await window.Until(picture => picture.IsFocused("beta") && Places(picture) != equal, "other sizes");
        await window.Type("0");
        await window.Until(picture => Places(picture) == equal, "equal sizes");
    }

    // The row of a group's name in the list; -1 where it is not.
    private static int Heading(Picture picture, string sign, string name) => Array.FindIndex(
        picture.Lines, line => line.StartsWith(sign, StringComparison.Ordinal) && line.Split('│')[0].Contains(name, StringComparison.Ordinal));

    private static string[] Order(Picture picture, params string[] names) =>
        [.. names.OrderBy(name => Math.Max(Heading(picture, "▾", name), picture.ListRow(name)))];

    private static string Places(Picture picture) => string.Join(' ', picture.Boxes().Select(box => $"{box.Column},{box.Row}:{box.Columns}×{box.Rows}"));
}
