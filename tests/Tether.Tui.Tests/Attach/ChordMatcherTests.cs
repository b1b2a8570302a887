using System.Text;
using Tether.Protocol.Terminal.Keys;
using Xunit;

namespace Tether.Tui.Tests.Attach;

public sealed class ChordMatcherTests
{
    private const byte CtrlBracket = 0x1d;

    [Theory]
    [InlineData("\x1d", 0, 1)]
    [InlineData("abc\x1d" + "d", 3, 1)]
    [InlineData("\e\x1d", 1, 1)]
    [InlineData("\e[93;5u", 0, 7)]
    [InlineData("x\e[93;5:1u", 1, 9)]
    [InlineData("\e[93;133u", 0, 9)]
    [InlineData("\e[1098::93;5u", 0, 13)]
    [InlineData("\e[93;5;29u", 0, 10)]
    [InlineData("\e[27;5;93~", 0, 10)]
    [InlineData("\e[A\e[93;5u", 3, 7)]
    [InlineData("\e[200~\x1d\e[201~\x1d", 13, 1)]
    public void The_chord_is_found(string typed, int start, int length)
    {
        var matcher = new ChordMatcher(CtrlBracket);
        Assert.True(matcher.Scan(Bytes(typed), out var foundStart, out var foundLength));
        Assert.Equal((start, length), (foundStart, foundLength));
    }

    [Theory]
    [InlineData("\e")]
    [InlineData("]")]
    [InlineData("\e[93u")]
    [InlineData("\e[93;6u")]
    [InlineData("\e[93;5:2u")]
    [InlineData("\e[93;5:3u")]
    [InlineData("\e[27;2;93~")]
    [InlineData("\e[5;93~")]
    [InlineData("\e[27;5;94~")]
    [InlineData("\e[200~\x1d\e[93;5u\e[27;5;93~\e[200~\x1d")]
    [InlineData("\e[99999999999999999999999999999999999999999999999993;5u")]
    public void What_is_no_chord_passes(string typed)
    {
        var matcher = new ChordMatcher(CtrlBracket);
        Assert.False(matcher.Scan(Bytes(typed), out _, out _));
    }

    [Fact]
    public void A_paste_hides_the_chord_however_it_is_split()
    {
        var typed = Bytes("a\e[200~b\x1d\e[93;5uc\e[201~d");
        for (var first = 0; first <= typed.Length; first++)
        {
            for (var second = first; second <= typed.Length; second++)
            {
                var matcher = new ChordMatcher(CtrlBracket);
                Assert.False(matcher.Scan(typed.AsSpan(0, first), out _, out _));
                Assert.False(matcher.Scan(typed.AsSpan(first, second - first), out _, out _));
                Assert.False(matcher.Scan(typed.AsSpan(second), out _, out _));
                Assert.False(matcher.IsInPaste);
                Assert.True(matcher.Scan([CtrlBracket], out var start, out _));
                Assert.Equal(0, start);
            }
        }
    }

    [Fact]
    public void The_control_byte_is_found_in_every_split()
    {
        var typed = Bytes("\e[200~x\e[201~\e[1;5Ahällo\x1dq");
        for (var split = 0; split <= typed.Length; split++)
        {
            var matcher = new ChordMatcher(CtrlBracket);
            var found = matcher.Scan(typed.AsSpan(0, split), out var start, out _);
            if (!found)
            {
                Assert.True(matcher.Scan(typed.AsSpan(split), out start, out _));
                start += split;
            }

            Assert.Equal(typed.Length - 2, start);
        }
    }

    [Fact]
    public void Scanning_goes_on_behind_a_chord()
    {
        var matcher = new ChordMatcher(CtrlBracket);
        var typed = Bytes("\x1d\x1d");
        Assert.True(matcher.Scan(typed, out var start, out var length));
        Assert.True(matcher.Scan(typed.AsSpan(start + length), out start, out _));
        Assert.Equal(0, start);
    }

    [Fact]
    public void A_letter_chord_has_its_own_sequences()
    {
        var matcher = new ChordMatcher(0x02);
        Assert.True(matcher.Scan(Bytes("\e[98;5u"), out _, out _));
        Assert.True(matcher.Scan(Bytes("\e[27;5;98~"), out _, out _));
        Assert.False(matcher.Scan(Bytes("\x1d"), out _, out _));
    }

    [Fact]
    public void No_chord_matches_nothing()
    {
        var matcher = new ChordMatcher(0);
        Assert.False(matcher.Scan(Bytes("\0\x1d\e[64;5u"), out _, out _));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
