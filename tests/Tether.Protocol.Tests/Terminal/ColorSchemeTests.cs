using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class ColorSchemeTests
{
    private static readonly TerminalColors Light = new() { Foreground = 0, Background = 0xfdf6e3 };

    [Fact]
    public void A_change_between_dark_and_light_is_reported_to_a_program_that_asked()
    {
        var terminal = TestTerminal.Of(20, 4).Feed("\e[?2031h");
        terminal.Emulator.Colors = Light;
        Assert.Equal("\e[?997;2n", string.Concat(terminal.Answers));
        terminal.Emulator.Colors = new TerminalColors();
        Assert.Equal("\e[?997;2n\e[?997;1n", string.Concat(terminal.Answers));
    }

    [Fact]
    public void Other_changes_and_programs_that_did_not_ask_hear_nothing()
    {
        var terminal = TestTerminal.Of(20, 4);
        terminal.Emulator.Colors = Light;
        terminal.Feed("\e[?2031h");
        terminal.Emulator.Colors = Light with { Background = 0xffffff };
        Assert.Equal("", string.Concat(terminal.Answers));
    }

    [Fact]
    public void The_first_entries_of_a_palette_are_told_and_the_others_are_xterms()
    {
        var terminal = TestTerminal.Of(20, 4);
        terminal.Emulator.Colors = Light with { Palette = [.. Enumerable.Repeat(0x123456, 16)] };
        terminal.Feed("\e]4;15;?;16;?\a");
        Assert.Equal("\e]4;15;rgb:1212/3434/5656\a\e]4;16;rgb:0000/0000/0000\a", string.Concat(terminal.Answers));
    }
}
