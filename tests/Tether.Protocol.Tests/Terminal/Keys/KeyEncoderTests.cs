using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Keys;

public sealed class KeyEncoderTests
{
    private const KeyModifiers None = KeyModifiers.None;
    private const KeyModifiers Shift = KeyModifiers.Shift;
    private const KeyModifiers Alt = KeyModifiers.Alt;
    private const KeyModifiers Control = KeyModifiers.Control;
    private const KeyModifiers Caps = KeyModifiers.CapsLock;
    private const KeyModifiers Num = KeyModifiers.NumLock;

    [Theory]
    [InlineData(Key.F1, None, "\eOP")]
    [InlineData(Key.F3, None, "\eOR")]
    [InlineData(Key.F3, Shift, "\e[1;2R")]
    [InlineData(Key.F5, None, "\e[15~")]
    [InlineData(Key.F6, None, "\e[17~")]
    [InlineData(Key.F10, None, "\e[21~")]
    [InlineData(Key.F11, None, "\e[23~")]
    [InlineData(Key.F13, None, "\e[25~")]
    [InlineData(Key.F14, None, "\e[26~")]
    [InlineData(Key.F15, None, "\e[28~")]
    [InlineData(Key.F16, None, "\e[29~")]
    [InlineData(Key.F17, None, "\e[31~")]
    [InlineData(Key.F20, Control, "\e[34;5~")]
    [InlineData(Key.F35, None, "\e[56~")]
    [InlineData(Key.Menu, None, "\e[29~")]
    [InlineData(Key.Up, Num, "\e[A")]
    [InlineData(Key.KeypadUp, None, "\e[A")]
    [InlineData(Key.KeypadDelete, Shift, "\e[3;2~")]
    [InlineData(Key.KeypadBegin, None, "\e[E")]
    [InlineData(Key.Keypad5, Alt, "\e5")]
    [InlineData(Key.KeypadSeparator, None, ",")]
    [InlineData(Key.Tab, Shift | Control, "\e[Z")]
    [InlineData(Key.Tab, Shift | Alt, "\e\e[Z")]
    [InlineData(Key.Tab, Control, "\t")]
    [InlineData(Key.Backspace, Control, "\b")]
    [InlineData(Key.Backspace, Alt, "\e\x7f")]
    [InlineData(Key.Enter, Control, "\r")]
    [InlineData(Key.Enter, KeyModifiers.Meta, "\e\r")]
    [InlineData(Key.Escape, Alt, "\e\e")]
    [InlineData(Key.MediaPlay, None, "")]
    [InlineData(Key.LeftShift, Shift, "")]
    [InlineData(Key.CapsLock, None, "")]
    public void Without_any_mode_a_key_is_what_xterm_sends(Key key, KeyModifiers modifiers, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(key, modifiers), ""));

    // The kitty keyboard protocol's table "Legacy ctrl mapping of ASCII keys".
    [Theory]
    [InlineData(" 0/a?", 0, 48, 31, 1, 127)]
    [InlineData("12345", 49, 0, 27, 28, 29)]
    [InlineData("6789@", 30, 31, 127, 57, 0)]
    [InlineData("[\\]^_", 27, 28, 29, 30, 31)]
    [InlineData("zhim~", 26, 8, 9, 13, 30)]
    public void Control_makes_the_old_control_bytes(string characters, params int[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(((char)expected[i]).ToString(), Encode(KeyPress.Of(characters[i], Control), ""));
            Assert.Equal($"\e{(char)expected[i]}", Encode(KeyPress.Of(characters[i], Control | Alt), ""));
        }
    }

    [Theory]
    [InlineData("\e[?67h", Key.Backspace, None, "\b")]
    [InlineData("\e[?67h", Key.Backspace, Control, "\x7f")]
    [InlineData("\e[20h", Key.Enter, None, "\r\n")]
    [InlineData("\e=", Key.Keypad5, None, "\eOu")]
    [InlineData("\e=", Key.Keypad5, Num, "\eOu")]
    [InlineData("\e[?66h", Key.KeypadEnter, None, "\eOM")]
    [InlineData("\e=", Key.KeypadEqual, None, "\eOX")]
    [InlineData("\e=", Key.KeypadSeparator, None, "\eOl")]
    [InlineData("\e[?1h", Key.Home, None, "\eOH")]
    [InlineData("\e[?1h", Key.KeypadHome, None, "\eOH")]
    [InlineData("\e[?1h", Key.PageUp, None, "\e[5~")]
    [InlineData("\e[>4;1m", Key.Enter, Control, "\e[27;5;13~")]
    [InlineData("\e[>4;1m", Key.Enter, Alt, "\e\r")]
    [InlineData("\e[>4;2m", Key.Enter, Alt, "\e[27;3;13~")]
    [InlineData("\e[>4;1m", Key.Tab, Shift, "\e[Z")]
    [InlineData("\e[>4;2m", Key.Tab, Shift, "\e[Z")]
    [InlineData("\e[>4;2m", Key.Tab, Shift | Control, "\e[27;6;9~")]
    [InlineData("\e[>4;2m", Key.Tab, Control, "\e[27;5;9~")]
    [InlineData("\e[>4;1m", Key.Escape, Shift, "\e")]
    [InlineData("\e[>4;1m", Key.Escape, Alt, "\e[27;3;27~")]
    [InlineData("\e[>4;1m", Key.Backspace, Shift, "\x7f")]
    [InlineData("\e[>4;2m", Key.Backspace, Control, "\b")]
    [InlineData("\e[>4;2m", Key.Backspace, Shift, "\e[27;2;127~")]
    [InlineData("\e[>4;2m\e[>4;1f", Key.Enter, Shift, "\e[13;2u")]
    [InlineData("\e[>4;2m", Key.Up, Shift, "\e[1;2A")]
    public void Modes_change_a_key_as_xterm_does(string modes, Key key, KeyModifiers modifiers, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(key, modifiers), modes));

    // https://sw.kovidgoyal.net/kitty/keyboard-protocol, "Functional key definitions".
    [Theory]
    [InlineData(Key.Escape, "\e[27u")]
    [InlineData(Key.Insert, "\e[2~")]
    [InlineData(Key.Home, "\e[H")]
    [InlineData(Key.F1, "\e[P")]
    [InlineData(Key.F3, "\e[13~")]
    [InlineData(Key.F12, "\e[24~")]
    [InlineData(Key.F13, "\e[57376u")]
    [InlineData(Key.F35, "\e[57398u")]
    [InlineData(Key.PrintScreen, "\e[57361u")]
    [InlineData(Key.Menu, "\e[57363u")]
    [InlineData(Key.KeypadEnter, "\e[57414u")]
    [InlineData(Key.KeypadLeft, "\e[57417u")]
    [InlineData(Key.KeypadDelete, "\e[57426u")]
    [InlineData(Key.KeypadBegin, "\e[E")]
    [InlineData(Key.MediaPlay, "\e[57428u")]
    [InlineData(Key.MediaRecord, "\e[57437u")]
    [InlineData(Key.VolumeMute, "\e[57440u")]
    [InlineData(Key.Keypad5, "5")]
    [InlineData(Key.Enter, "\r")]
    [InlineData(Key.Tab, "\t")]
    [InlineData(Key.Backspace, "\x7f")]
    [InlineData(Key.LeftShift, "")]
    [InlineData(Key.NumLock, "")]
    public void With_kittys_first_flag_keys_without_text_have_a_sequence(Key key, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(key), "\e[?1h\e=\e[>4;2m\e[>1u"));

    [Theory]
    [InlineData(Key.CapsLock, "\e[57358u")]
    [InlineData(Key.NumLock, "\e[57360u")]
    [InlineData(Key.Keypad0, "\e[57399u")]
    [InlineData(Key.Keypad9, "\e[57408u")]
    [InlineData(Key.KeypadEqual, "\e[57415u")]
    [InlineData(Key.LeftShift, "\e[57441u")]
    [InlineData(Key.RightMeta, "\e[57452u")]
    [InlineData(Key.IsoLevel5Shift, "\e[57454u")]
    [InlineData(Key.Enter, "\e[13u")]
    [InlineData(Key.Tab, "\e[9u")]
    [InlineData(Key.Backspace, "\e[127u")]
    public void With_all_keys_as_escape_codes_every_key_has_a_sequence(Key key, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(key), "\e[>8u"));

    [Theory]
    [InlineData(1, 'a', Shift, "a")]
    [InlineData(1, 'a', Caps | Num, "a")]
    [InlineData(1, 'a', Alt, "\e[97;3u")]
    [InlineData(1, 'A', Alt | Shift, "\e[97;4u")]
    [InlineData(1, 'a', Control | Num, "\e[97;133u")]
    [InlineData(1, 'i', Control, "\e[105;5u")]
    [InlineData(1, '[', Control, "\e[91;5u")]
    [InlineData(1, ' ', Control, "\e[32;5u")]
    [InlineData(1, 'a', KeyModifiers.Super, "\e[97;9u")]
    [InlineData(1, 'a', KeyModifiers.Hyper, "\e[97;17u")]
    [InlineData(1, 'a', KeyModifiers.Meta, "\e[97;33u")]
    [InlineData(2, 'a', Control, "\x01")]
    [InlineData(4, 'a', Alt, "\ea")]
    [InlineData(4, 'A', Control | Shift, "\e[97:65;6u")]
    [InlineData(8, 'a', None, "\e[97u")]
    [InlineData(8, 'A', Caps, "\e[97;65u")]
    [InlineData(8, 'é', None, "\e[233u")]
    [InlineData(13, 'A', Shift, "\e[97:65;2u")]
    [InlineData(24, 'A', Shift, "\e[97;2;65u")]
    [InlineData(24, 'a', Control, "\e[97;5u")]
    [InlineData(31, 'あ', None, "\e[12354;;12354u")]
    public void Kittys_flags_decide_how_a_character_is_sent(int flags, int codePoint, KeyModifiers modifiers, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(codePoint, modifiers), $"\e[>{flags}u"));

    [Theory]
    [InlineData(1, 'a', None, KeyAction.Release, "")]
    [InlineData(3, 'a', None, KeyAction.Repeat, "a")]
    [InlineData(3, 'a', None, KeyAction.Release, "\e[97;1:3u")]
    [InlineData(3, 'a', Control, KeyAction.Repeat, "\e[97;5:2u")]
    [InlineData(1, 'a', Control, KeyAction.Repeat, "\e[97;5u")]
    [InlineData(11, 'a', None, KeyAction.Repeat, "\e[97;1:2u")]
    [InlineData(31, 'a', None, KeyAction.Press, "\e[97;;97u")]
    [InlineData(31, 'a', None, KeyAction.Repeat, "\e[97;1:2;97u")]
    [InlineData(31, 'a', None, KeyAction.Release, "\e[97;1:3u")]
    public void Repeats_and_releases_are_sent_where_they_are_asked_for(int flags, int codePoint, KeyModifiers modifiers, KeyAction action, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(codePoint, modifiers) with { Action = action }, $"\e[>{flags}u"));

    [Theory]
    [InlineData(3, Key.Up, KeyAction.Release, "\e[1;1:3A")]
    [InlineData(3, Key.F5, KeyAction.Repeat, "\e[15;1:2~")]
    [InlineData(3, Key.Enter, KeyAction.Repeat, "\r")]
    [InlineData(3, Key.Enter, KeyAction.Release, "")]
    [InlineData(3, Key.Tab, KeyAction.Release, "")]
    [InlineData(3, Key.Backspace, KeyAction.Release, "")]
    [InlineData(11, Key.Enter, KeyAction.Release, "\e[13;1:3u")]
    [InlineData(11, Key.LeftShift, KeyAction.Release, "\e[57441;1:3u")]
    [InlineData(1, Key.Up, KeyAction.Release, "")]
    [InlineData(0, Key.Up, KeyAction.Release, "")]
    [InlineData(0, Key.Up, KeyAction.Repeat, "\e[A")]
    public void So_are_those_of_other_keys_but_never_the_release_of_enter(int flags, Key key, KeyAction action, string expected) =>
        Assert.Equal(expected, Encode(KeyPress.Of(key) with { Action = action }, $"\e[>{flags}u"));

    [Fact]
    public void What_is_known_of_the_layout_and_the_text_is_sent()
    {
        var shiftedOne = new KeyPress(Key.Character, '!', Shift | Control) { Unshifted = '1' };
        Assert.Equal("\e[49:33;6u", Encode(shiftedOne, "\e[>5u"));
        KeyPress cyrillic = KeyPress.Of('с', Control) with { BaseLayout = 'c' };
        Assert.Equal("\e[1089::99;5u", Encode(cyrillic, "\e[>5u"));
        KeyPress composed = KeyPress.Of('e') with { Text = "e\u0301" };
        Assert.Equal("\e[101;;101:769u", Encode(composed, "\e[>24u"));
        Assert.Equal("e\u0301", Encode(composed, ""));
    }

    [Fact]
    public void A_mark_cut_out_of_a_paste_leaves_no_other_one_behind()
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("\e[?2004h");
        var output = new ArrayBufferWriter<byte>();
        PasteEncoder.Encode("a\e[20\e[201~1~b"u8, terminal.Emulator.Modes, output);
        Assert.Equal("\e[200~ab\e[201~", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Encode(KeyPress press, string modes)
    {
        var output = new ArrayBufferWriter<byte>();
        KeyEncoder.Encode(press, TestTerminal.Of(20, 2).Feed(modes).Emulator.Modes, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
