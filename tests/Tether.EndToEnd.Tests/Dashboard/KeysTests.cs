using Tether.EndToEnd.Tests.Dashboard.Support;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard;

/// <summary>What is typed into a tile reaches the session's program as that program asked for keys, whatever the outer terminal speaks.</summary>
public sealed class KeysTests
{
    private const string ApplicationCursorKeys = "?1h";
    private const string BracketedPaste = "?2004h";
    private const string Kitty = ">1u";

    public static TheoryData<string, string, string> FromKitty { get; } = new()
    {
        { "", "\e[13;2u", "^M" },
        { "", "\r", "^M" },
        { "", "\e[120;3u", "^[x" },
        { "", "\e[97;5u", "^A" },
        { "", "\e[27u", "^[" },
        { "", "\e[15~", "^[[15~" },
        { "", "\eOP", "^[OP" },
        { "", "\e[1;5A", "^[[1;5A" },
        { "", "\e[A", "^[[A" },
        { "", "\e[9;2u", "^[[Z" },
        { "", "\u00e9\u6f22", "M-CM-)M-fM-<M-\"" },
        { ApplicationCursorKeys, "\e[A", "^[OA" },
        { Kitty, "\e[13;2u", "^[[13;2u" },
        { Kitty, "\e[13;5u", "^[[13;5u" },
        { Kitty, "\e[120;3u", "^[[120;3u" },
        { Kitty, "\e[97;5u", "^[[97;5u" },
        { Kitty, "\e[27u", "^[[27u" },
        { Kitty, "\e[15~", "^[[15~" },
        { Kitty, "a", "a" },
    };

    public static TheoryData<string, string, string> FromOldKeys { get; } = new()
    {
        { "", "\r", "^M" },
        { "", "\ex", "^[x" },
        { "", "\x01", "^A" },
        { "", "\e[15~", "^[[15~" },
        { "", "\e[1;5A", "^[[1;5A" },
        { ApplicationCursorKeys, "\e[A", "^[OA" },
        { Kitty, "\ex", "^[[120;3u" },
        { Kitty, "\x01", "^[[97;5u" },
        { Kitty, "\e[Z", "^[[9;2u" },
        { Kitty, "\r", "^M" },
    };

    [EndToEndTheory]
    [MemberData(nameof(Programs), MemberType = typeof(KeysTests))]
    public async Task From_a_terminal_with_kittys_protocol(string asked)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenReader(sandbox, asked);
        await window.Terminal.Until(screen => screen.Modes.KittyFlags.HasFlag(KittyFlags.Disambiguate), "kitty's protocol");
        await TypesAll(window, FromKitty, asked);
    }

    [EndToEndTheory]
    [MemberData(nameof(Programs), MemberType = typeof(KeysTests))]
    public async Task From_a_terminal_that_knows_only_old_keys(string asked)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenReader(sandbox, asked, answers: false);
        await TypesAll(window, FromOldKeys, asked);
    }

    public static TheoryData<string> Programs { get; } = ["", ApplicationCursorKeys, Kitty];

    [EndToEndTheory]
    [InlineData("", "<first^Msecond^]third>")]
    [InlineData(BracketedPaste, "<^[[200~first^Msecond^]third^[[201~>")]
    public async Task A_paste_stays_in_one_piece_and_the_chord_in_it_is_text(string asked, string expected)
    {
        await using var sandbox = new Sandbox();
        var window = await OpenReader(sandbox, asked);
        await window.Type("<");
        window.Terminal.Paste("first\rsecond\x1dthird");
        await window.Type(">");
        await UntilRead(window, expected);
    }

    [EndToEndFact]
    public async Task A_large_paste_arrives_whole()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("reader", "sh", "-c", "stty raw -echo; printf ready; head -c 300000 | md5sum; cat -v");
        var window = await OpenTyping(sandbox);
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(number => $"{number:00000}\r"));
        window.Terminal.Paste(text);
#pragma warning disable CA5351 // Compared with md5sum's.
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
        await window.UntilTile("reader", sum);
    }

    [EndToEndFact]
    public async Task The_mouse_points_at_the_cell_of_the_sessions_own_screen()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenReader(sandbox, "?1000h\e[?1006h");
        var tile = (await window.Look()).Box("reader")!;
        await window.Type(Mouse.Click(tile.Row + 5, tile.Column + 11));
        await UntilRead(window, "^[[<0;11;5M^[[<0;11;5m");
        await window.Type(Mouse.WheelUp(tile.Row + 1, tile.Column + 1));
        await UntilRead(window, "^[[<64;1;1M");
    }

    [EndToEndFact]
    public async Task Focus_comes_with_typing_and_follows_the_window()
    {
        await using var sandbox = new Sandbox();
        var window = await OpenReader(sandbox, "?1004h");
        await UntilRead(window, "^[[I");
        await window.Type("\e[O");
        await UntilRead(window, "^[[I^[[O");
        await window.Type("\e[I1");
        await UntilRead(window, "^[[I^[[O^[[I1");
        await window.PressChord();
        await UntilRead(window, "^[[I^[[O^[[I1^[[O");
    }

    // All keys in one go, each behind its number, so that what one of them became is seen.
    private static async Task TypesAll(EmulatorWindow window, TheoryData<string, string, string> table, string asked)
    {
        var number = 0;
        foreach (var row in table.Where(row => (string)row[0] == asked))
        {
            await window.Type($"<{++number}:");
            await window.Type((string)row[1]);
            await window.Type(">");
            await UntilRead(window, $"<{number}:{row[2]}>");
        }

        Assert.NotEqual(0, number);
    }

    private static async Task<EmulatorWindow> OpenReader(Sandbox sandbox, string asked, bool answers = true)
    {
        var ask = asked.Length == 0 ? "" : $"\\033[{asked.Replace("\e", "\\033", StringComparison.Ordinal)}";
        await sandbox.Detached("reader", "sh", "-c", $"stty raw -echo; printf '{ask}ready'; cat -v");
        return await OpenTyping(sandbox, answers);
    }

    private static async Task<EmulatorWindow> OpenTyping(Sandbox sandbox, bool answers = true)
    {
        var terminal = sandbox.Open(120, 40);
        if (!answers)
        {
            terminal.HoldAnswers();
        }

        var window = new EmulatorWindow(terminal);
        await window.UntilTile("reader", "ready");
        await window.Press(Key.Enter);
        await window.Until(picture => picture.IsLive("reader"), "typing");
        return window;
    }

    private static Task<Picture> UntilRead(Window window, string expected) => window.Until(
        picture => string.Concat(picture.Box("reader")?.Content ?? []).Contains(expected, StringComparison.Ordinal), $"the program reads {expected}");
}
