using System.Buffers;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Keys;

/// <summary>Every key, held with every modifier, in every mode: what is encoded is decoded to the same key, as far as the mode can tell.</summary>
public sealed class KeyRoundTripTests
{
    private const KeyModifiers Shift = KeyModifiers.Shift;
    private const KeyModifiers Control = KeyModifiers.Control;
    private const KeyModifiers Alt = KeyModifiers.Alt;
    private const KeyModifiers Prefixed = KeyModifiers.Alt | KeyModifiers.Meta;

    // Without modifyOtherKeys or kitty's protocol these are one with another key.
    private static readonly Dictionary<int, KeyPress> ControlCollisions = new()
    {
        ['i'] = KeyPress.Of(Key.Tab),
        ['m'] = KeyPress.Of(Key.Enter),
        ['['] = KeyPress.Of(Key.Escape),
        ['3'] = KeyPress.Of(Key.Escape),
        ['8'] = KeyPress.Of(Key.Backspace),
        ['?'] = KeyPress.Of(Key.Backspace),
        ['2'] = KeyPress.Of(' ', Control),
        ['@'] = KeyPress.Of(' ', Control),
        ['4'] = KeyPress.Of('\\', Control),
        ['5'] = KeyPress.Of(']', Control),
        ['6'] = KeyPress.Of('^', Control),
        ['~'] = KeyPress.Of('^', Control),
        ['/'] = KeyPress.Of('_', Control),
        ['7'] = KeyPress.Of('_', Control),
    };

    private static readonly int[] NoControls = ['1', '9', '-', '!', 'é', 'Я', 'あ', 0x1F600];

    private static readonly int[] Characters =
        ['a', 'h', 'i', 'm', 'z', ' ', '[', '\\', ']', '^', '_', 'O', 'P', '2', '3', '4', '5', '6', '7', '8', '?', '@', '~', '/', .. NoControls];

    private static IEnumerable<Key> NamedKeys => Enum.GetValues<Key>().Where(key => key != Key.Character);

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(31)]
    public void Kittys_protocol_with_all_keys_tells_everything(int flags)
    {
        bool events = (flags & (int)KittyFlags.ReportEvents) != 0;
        foreach (KeyAction action in events ? Enum.GetValues<KeyAction>() : [KeyAction.Press])
        {
            for (int modifiers = 0; modifiers < 256; modifiers++)
            {
                foreach (Key key in NamedKeys)
                {
                    KeyPress press = KeyPress.Of(key, (KeyModifiers)modifiers) with { Action = action };
                    Assert.Equal(press, RoundTrip(press, $"\e[>{flags}u"));
                }

                foreach (int character in Characters)
                {
                    KeyPress press = Typed(character, (KeyModifiers)modifiers) with { Action = action };
                    KeyPress? read = RoundTrip(press, $"\e[>{flags}u");
                    Assert.Equal(press, read is { } known ? known with { Text = null } : read);
                }
            }
        }
    }

    [Fact]
    public void The_text_and_the_layout_come_back_as_well()
    {
        KeyPress press = new(Key.Character, '!', Shift) { Unshifted = '1', BaseLayout = '&', Text = "!\u0301" };
        Assert.Equal(press, RoundTrip(press, "\e[>31u"));
    }

    [Theory]
    [InlineData("\e[>1u")]
    [InlineData("\e[?1h\e=\e[>1u")]
    public void Kittys_first_flag_tells_all_but_text_and_locks_with_it(string modes)
    {
        for (int modifiers = 0; modifiers < 256; modifiers++)
        {
            foreach (Key key in NamedKeys)
            {
                KeyPress press = KeyPress.Of(key, (KeyModifiers)modifiers);
                KeyModifiers held = press.Modifiers & ~KeyModifiers.Locks;
                KeyPress? expected = key switch
                {
                    Key.CapsLock or Key.ScrollLock or Key.NumLock or >= Key.LeftShift => null,
                    Key.Enter or Key.Tab or Key.Backspace when held == KeyModifiers.None => KeyPress.Of(key),
                    >= Key.Keypad0 and <= Key.KeypadSeparator and not Key.KeypadEnter when (held & ~Shift) == KeyModifiers.None =>
                        KeyPress.Of("0123456789./*-+\r=,"[key - Key.Keypad0]),
                    _ => press,
                };
                Assert.Equal(expected, RoundTrip(press, modes));
            }

            foreach (int character in Characters)
            {
                KeyPress press = Typed(character, (KeyModifiers)modifiers);
                bool isText = (press.Modifiers & ~(Shift | KeyModifiers.Locks)) == KeyModifiers.None;
                Assert.Equal(isText ? KeyPress.Of(press.CodePoint) : press, RoundTrip(press, modes));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\e[?1h")]
    [InlineData("\e=")]
    [InlineData("\e[?1h\e[?66h")]
    public void An_old_keyboard_tells_what_its_bytes_can(string modes)
    {
        bool hasKeypad = modes.Contains("\e=", StringComparison.Ordinal) || modes.Contains("66", StringComparison.Ordinal);
        for (int modifiers = 0; modifiers < 16; modifiers++)
        {
            foreach (Key key in NamedKeys)
            {
                KeyPress press = KeyPress.Of(key, (KeyModifiers)modifiers);
                Assert.Equal(hasKeypad && modifiers == 0 && IsKeypadText(key) ? press : OldKey(press), RoundTrip(press, modes));
            }

            foreach (int character in Characters)
            {
                KeyPress press = Typed(character, (KeyModifiers)modifiers);
                Assert.Equal(OldCharacter(press), RoundTrip(press, modes));
            }
        }
    }

    [Theory]
    [InlineData("\e[>4;2m")]
    [InlineData("\e[>4;2m\e[>4;1f")]
    public void ModifyOtherKeys_2_tells_the_modifiers_of_characters(string modes)
    {
        for (int modifiers = 0; modifiers < 16; modifiers++)
        {
            foreach (int character in Characters)
            {
                KeyPress press = Typed(character, (KeyModifiers)modifiers);
                bool isText = (press.Modifiers & ~Shift) == KeyModifiers.None && (character != ' ' || press.Modifiers == KeyModifiers.None);
                Assert.Equal(isText ? KeyPress.Of(press.CodePoint) : press, RoundTrip(press, modes));
            }

            foreach (Key key in (Key[])[Key.Enter, Key.Tab, Key.Backspace, Key.Escape])
            {
                KeyPress press = KeyPress.Of(key, (KeyModifiers)modifiers);
                KeyPress expected = (key, press.Modifiers) switch
                {
                    (Key.Backspace, Control) => KeyPress.Of('h', Control),
                    (Key.Escape, Shift or Control) => KeyPress.Of(Key.Escape),
                    _ => press,
                };
                Assert.Equal(expected, RoundTrip(press, modes));
            }
        }
    }

    private static bool IsKeypadText(Key key) => key is >= Key.Keypad0 and <= Key.KeypadSeparator;

    private static KeyPress? OldKey(KeyPress press)
    {
        KeyModifiers alt = press.Modifiers & Alt;
        return press.Key switch
        {
            Key.Enter or Key.Escape => KeyPress.Of(press.Key, alt),
            Key.Tab => KeyPress.Of(Key.Tab, press.Modifiers & (Alt | Shift)),
            Key.Backspace => (press.Modifiers & Control) != 0 ? KeyPress.Of('h', Control | alt) : KeyPress.Of(Key.Backspace, alt),
            Key.Menu => KeyPress.Of(Key.F16, press.Modifiers),
            Key.KeypadEnter => KeyPress.Of(Key.Enter, alt),
            _ when IsKeypadText(press.Key) => KeyPress.Of("0123456789./*-+\r=,"[press.Key - Key.Keypad0], alt),
            >= Key.KeypadLeft and <= Key.KeypadDelete => KeyPress.Of(
                ((Key[])[Key.Left, Key.Right, Key.Up, Key.Down, Key.PageUp, Key.PageDown, Key.Home, Key.End, Key.Insert, Key.Delete])[press.Key - Key.KeypadLeft],
                press.Modifiers),
            >= Key.MediaPlay or (>= Key.CapsLock and <= Key.Pause) => null,
            _ => press,
        };
    }

    private static KeyPress OldCharacter(KeyPress press)
    {
        KeyModifiers alt = (press.Modifiers & Prefixed) != 0 ? Alt : KeyModifiers.None;
        int lower = char.ToLowerInvariant((char)press.CodePoint);
        if ((press.Modifiers & Control) == 0 || NoControls.Contains(press.CodePoint) || press.CodePoint > 0x7F)
        {
            return KeyPress.Of(press.CodePoint, alt);
        }

        KeyPress one = ControlCollisions.TryGetValue(lower, out KeyPress other) ? other : KeyPress.Of(lower, Control);
        return one with { Modifiers = one.Modifiers | alt };
    }

    // Letters as Shift and Caps Lock make them.
    private static KeyPress Typed(int character, KeyModifiers modifiers)
    {
        bool isUpper = (modifiers & Shift) != 0 != ((modifiers & KeyModifiers.CapsLock) != 0);
        string text = char.ConvertFromUtf32(character);
        return KeyPress.Of(char.ConvertToUtf32(isUpper ? text.ToUpperInvariant() : text.ToLowerInvariant(), 0), modifiers);
    }

    private static KeyPress? RoundTrip(KeyPress press, string modes)
    {
        var output = new ArrayBufferWriter<byte>();
        KeyEncoder.Encode(press, Modes(modes), output);
        InputRecorder recorder = new InputRecorder().Feed(output.WrittenSpan).Flush();
        Assert.Equal(recorder.Keys.Count, recorder.Events.Count);
        return recorder.Keys.Count == 0 ? null : Assert.Single(recorder.Keys);
    }

    private static TerminalModes Modes(string modes)
    {
        if (!Terminals.TryGetValue(modes, out TestTerminal? terminal))
        {
            Terminals[modes] = terminal = TestTerminal.Of(20, 2).Feed(modes);
        }

        return terminal.Emulator.Modes;
    }

    [ThreadStatic]
    private static Dictionary<string, TestTerminal>? s_terminals;

    private static Dictionary<string, TestTerminal> Terminals => s_terminals ??= [];
}
