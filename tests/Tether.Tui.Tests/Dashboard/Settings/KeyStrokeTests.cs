using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Settings;

public sealed class KeyStrokeTests
{
    [Theory]
    [InlineData("ctrl-p", "Ctrl-P")]
    [InlineData("shift-tab", "Shift-Tab")]
    [InlineData("pgup", "PgUp")]
    [InlineData("f5", "F5")]
    [InlineData("space", "Space")]
    [InlineData("L", "L")]
    [InlineData("l", "l")]
    [InlineData("-", "-")]
    [InlineData("ctrl--", "Ctrl--")]
    [InlineData("+", "+")]
    [InlineData("=", "=")]
    [InlineData("ctrl-alt-delete", "Ctrl-Alt-Delete")]
    [InlineData("super-ctrl-alt-shift-f12", "Super-Ctrl-Alt-Shift-F12")]
    [InlineData("ctrl-]", "Ctrl-]")]
    [InlineData("é", "é")]
    public void A_name_is_printed_as_it_was_written_and_shown_as_people_read_it(string name, string label)
    {
        Assert.True(KeyStroke.TryParse(name, out var stroke));
        Assert.Equal(name, stroke.ToString());
        Assert.Equal(label, stroke.Label);
    }

    [Theory]
    [InlineData("shift-l", "L")]
    [InlineData("escape", "esc")]
    [InlineData("control-p", "ctrl-p")]
    [InlineData("ctrl-P", "ctrl-p")]
    [InlineData("kpenter", "enter")]
    public void Other_names_of_a_key_are_the_same_key(string name, string printed)
    {
        Assert.True(KeyStroke.TryParse(name, out var stroke));
        Assert.Equal(printed, stroke.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ctrl")]
    [InlineData("hyper-x")]
    [InlineData("foo")]
    public void What_is_no_key_is_refused(string name) => Assert.False(KeyStroke.TryParse(name, out _));

    [Fact]
    public void A_shifted_letter_is_the_same_however_the_terminal_tells_it() =>
        Assert.Equal(KeyStroke.Of(KeyPress.Of('L')), KeyStroke.Of(KeyPress.Of('L', KeyModifiers.Shift)));

    [Fact]
    public void A_control_key_is_the_same_with_locks_on() =>
        Assert.Equal(KeyStroke.Of(KeyPress.Of('p', KeyModifiers.Control)), KeyStroke.Of(KeyPress.Of('P', KeyModifiers.Control | KeyModifiers.Locks)));

    [Fact]
    public void Caps_lock_makes_no_other_command() => Assert.Equal(KeyStroke.Of(KeyPress.Of('j')), KeyStroke.Of(KeyPress.Of('J', KeyModifiers.CapsLock)));

    [Fact]
    public void The_keypad_has_ordinary_keys()
    {
        Assert.Equal(KeyStroke.Of(KeyPress.Of('7')), KeyStroke.Of(KeyPress.Of(Key.Keypad7)));
        Assert.Equal(KeyStroke.Of(KeyPress.Of('+')), KeyStroke.Of(KeyPress.Of(Key.KeypadAdd)));
        Assert.Equal(KeyStroke.Of(KeyPress.Of(Key.Up)), KeyStroke.Of(KeyPress.Of(Key.KeypadUp)));
    }
}
