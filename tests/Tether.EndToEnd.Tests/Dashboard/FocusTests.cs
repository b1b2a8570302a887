using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>Going from session to session: every way leads to the same tiles.</summary>
public sealed class FocusTests
{
    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task By_tab_digits_and_the_ends_of_the_list(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenFour(sandbox, judge);
        foreach (var (key, expected) in new[] { (Key.Tab, "beta"), (Key.Tab, "gamma"), (Key.End, "delta"), (Key.Tab, "alpha"), (Key.End, "delta"), (Key.Home, "alpha") })
        {
            await window.Press(key);
            await window.UntilFocused(expected);
        }

        await window.Press(KeyPress.Of(Key.Tab, KeyModifiers.Shift));
        await window.UntilFocused("delta");
        foreach (var (keys, expected) in new[] { ("2", "beta"), ("3", "gamma"), ("9", "gamma"), ("1", "alpha"), ("G", "delta"), ("gg", "alpha") })
        {
            await window.Type(keys);
            await window.UntilFocused(expected);
        }
    }

    [EndToEndTheory]
    [MemberData(nameof(Judges.All), MemberType = typeof(Judges))]
    public async Task By_arrows_and_letters_towards_the_tile_on_that_side(Judge judge)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenFour(sandbox, judge);
        var picture = await window.Look();
        Assert.Equal(picture.Box("alpha")!.Row, picture.Box("beta")!.Row);
        Assert.Equal(picture.Box("alpha")!.Column, picture.Box("gamma")!.Column);
        foreach (var (key, expected) in new[] { (Key.Right, "beta"), (Key.Down, "delta"), (Key.Left, "gamma"), (Key.Up, "alpha") })
        {
            await window.Press(key);
            await window.UntilFocused(expected);
        }

        foreach (var (letter, expected) in new[] { ("l", "beta"), ("j", "delta"), ("h", "gamma"), ("k", "alpha") })
        {
            await window.Type(letter);
            await window.UntilFocused(expected);
        }
    }

    [EndToEndFact]
    public async Task By_the_mouse_on_a_tile_and_on_the_list()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenFour(sandbox, Judge.Emulator);
        var tile = (await window.Look()).Box("delta")!;
        await window.Type(Mouse.Click(tile.Row + 3, tile.Column + 5));
        var picture = await window.UntilFocused("delta");
        await window.Type(Mouse.Click(picture.ListRow("beta"), 4));
        picture = await window.UntilFocused("beta");
        tile = picture.Box("beta")!;
        await window.Type(Mouse.Click(tile.Row + 3, tile.Column + 5));
        await window.Until(screen => screen.IsLive("beta"), "typing after a click on what has the focus");
    }

    private static async Task<Window> OpenFour(Sandbox sandbox, Judge judge)
    {
        foreach (var title in (string[])["alpha", "beta", "gamma", "delta"])
        {
            await sandbox.Detached(title, "cat");
        }

        var window = await Window.Open(sandbox, judge, 160, 40);
        await window.Until(picture => picture.Boxes().Count() == 4 && picture.IsFocused("alpha"), "four tiles");
        return window;
    }
}
