using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>The palette and the help, over everything else.</summary>
public sealed class PopupTests
{
    private const string Palette = "Commands and sessions";

    // Beginnings of what each key does.
    private static readonly string[] Told =
    [
        "Go to the session that has needed you", "Go into the queue", "Take the item out of the queue", "Type into the session", "Give the session the whole terminal",
        "Start a new session", "Give the session another title", "Give the session tags", "Stop the session", "Forget an ended session", "Go to the next session",
        "Go to the tile on the left", "Scroll back", "Search the session", "Go on to the next older match", "Copy what is selected", "Take the next layout",
        "Make the tile larger", "Make the tile smaller", "Fold the session list", "Group the list", "Find a command or a session", "Show all keys",
        "Draw the whole screen anew", "Leave the dashboard",
    ];

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task The_palette_finds_sessions_and_commands_by_a_few_letters(Judge judge)
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "cat");
        await sandbox.Detached("beta", "cat");
        var window = await Window.Open(sandbox, judge);
        await window.UntilFocused("alpha");
        await window.Type(":");
        await window.Until(picture => picture.Box(Palette) is not null, "the palette");
        await window.Type("gobeta");
        await window.UntilTile(Palette, "go to beta");
        await window.Press(Key.Enter);
        await window.UntilFocused("beta");
        await window.Press('p', KeyModifiers.Control);
        await window.Until(picture => picture.Box(Palette) is not null, "the palette again");
        await window.Type("layout-single");
        await window.UntilTile(Palette, "layout-single");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.Box(Palette) is null && picture.IsFocused("beta") && picture.Box("alpha") is null, "one tile");
        await window.Type(":");
        await window.Until(picture => picture.Box(Palette) is not null, "the palette a third time");
        await window.Type("x");
        await window.Press(Key.Escape);
        await window.Until(picture => picture.Boxes().Count() == 1, "the end of the palette");
    }

    [EndToEndFact]
    public async Task The_help_tells_every_key_on_one_page_or_on_several()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("alpha", "cat");
        var window = (EmulatorWindow)await Window.Open(sandbox, Judge.Emulator, 120, 150);
        await window.UntilFocused("alpha");
        await window.Type("?");
        var picture = await window.Until(screen => screen.Box("Keys") is not null, "the help");
        Assert.All(Told, text => Assert.Contains(text, picture.ToString(), StringComparison.Ordinal));

        window.Terminal.Resize(80, 16);
        picture = await window.Until(screen => screen is { Columns: 80, Lines.Length: 16 } && screen.Box("Keys") is not null, "the help in a small window");
        var missing = Told.Where(text => !picture.Shows(text)).ToList();
        while (missing.Count > 0)
        {
            var before = picture.Box("Keys")!.Content;
            await window.Press(Key.PageDown);
            picture = await window.Until(screen => screen.Box("Keys") is { } box && !box.Content.SequenceEqual(before), $"a page that tells: {string.Join(", ", missing)}");
            missing.RemoveAll(picture.Shows);
        }

        await window.Press(Key.Escape);
        await window.Until(screen => screen.Box("Keys") is null, "the end of the help");
    }
}
