using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

public sealed class KeyTests
{
    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("ctrl-c", "", "\x03")]
    [InlineData("ctrl-i", "", "\t")]
    [InlineData("ctrl-space", "", "\0")]
    [InlineData("alt-x", "", "\ex")]
    [InlineData("shift-a", "", "A")]
    [InlineData("enter", "", "\r")]
    [InlineData("backspace", "", "\x7f")]
    [InlineData("escape", "", "\e")]
    [InlineData("shift-tab", "", "\e[Z")]
    [InlineData("up", "", "\e[A")]
    [InlineData("up", "\e[?1h", "\eOA")]
    [InlineData("ctrl-up", "\e[?1h", "\e[1;5A")]
    [InlineData("home", "", "\e[H")]
    [InlineData("f1", "", "\eOP")]
    [InlineData("f5", "", "\e[15~")]
    [InlineData("f12", "", "\e[24~")]
    [InlineData("ctrl-alt-del", "", "\e[3;7~")]
    [InlineData("é", "", "é")]
    [InlineData("-", "", "-")]
    [InlineData("ctrl--", "\e[>4;2m", "\e[27;5;45~")]
    [InlineData("shift-enter", "\e[>4;2m", "\e[27;2;13~")]
    [InlineData("ctrl-i", "\e[>4;1m\e[>4;1f", "\e[105;5u")]
    [InlineData("ctrl-c", "\e[>1u", "\e[99;5u")]
    [InlineData("shift-enter", "\e[>1u", "\e[13;2u")]
    [InlineData("enter", "\e[>1u", "\r")]
    [InlineData("escape", "\e[>1u", "\e[27u")]
    [InlineData("A", "\e[>1u", "A")]
    [InlineData("A", "\e[>8u", "\e[97;2u")]
    [InlineData("A", "\e[>12u", "\e[97:65;2u")]
    [InlineData("a", "\e[>24u", "\e[97;;97u")]
    [InlineData("f1", "\e[>1u", "\e[P")]
    [InlineData("f3", "\e[>1u", "\e[13~")]
    public void A_key_is_sent_as_the_modes_want_it(string name, string modes, string expected)
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed(modes);
        Assert.True(KeyNames.TryParse(name, out KeyPress press));
        var output = new ArrayBufferWriter<byte>();
        KeyEncoder.Encode(press, terminal.Emulator.Modes, output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ctrl-")]
    [InlineData("hyper-x")]
    [InlineData("f13")]
    [InlineData("ab")]
    [InlineData(null)]
    public void What_is_no_key_is_not_parsed(string? name) => Assert.False(KeyNames.TryParse(name, out _));

    [Fact]
    public void A_paste_cannot_end_itself()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("\e[?2004h");
        var output = new ArrayBufferWriter<byte>();
        PasteEncoder.Encode("a\e[201~b"u8, terminal.Emulator.Modes, output);
        Assert.Equal("\e[200~ab\e[201~", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
