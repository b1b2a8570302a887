using Tether.Protocol.Model;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;
using Xunit;

namespace Tether.Tui.Tests.Terminal;

public sealed class EscapeChordTests
{
    [Theory]
    [InlineData(null, 0x1d, "Ctrl-]")]
    [InlineData("ctrl-b", 0x02, "Ctrl-B")]
    [InlineData("Ctrl-]", 0x1d, "Ctrl-]")]
    [InlineData("ctrl+a", 0x01, "Ctrl-A")]
    [InlineData("^_", 0x1f, "Ctrl-_")]
    [InlineData("none", 0, "no chord")]
    public void A_chord_is_named_as_people_do(string? text, int expected, string name)
    {
        var chord = EscapeChord.Of(text is null ? [] : [new ConfigSetting("here", text)]);
        Assert.Equal((expected, name), (chord.Byte, chord.Name));
    }

    [Theory]
    [InlineData("ctrl-m")]
    [InlineData("ctrl-[")]
    [InlineData("ctrl-")]
    [InlineData("alt-x")]
    [InlineData("b")]
    [InlineData("ctrl-1")]
    public void What_cannot_be_a_chord_changes_nothing(string text)
    {
        Assert.Null(EscapeKey.Parse(text));
        Assert.Equal(EscapeChord.Default, EscapeChord.Of([new ConfigSetting("here", text)]));
        Assert.Equal("Ctrl-B", EscapeChord.Of([new ConfigSetting("here", text), new ConfigSetting("there", "ctrl-b")]).Name);
    }
}
