using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Keys;

public sealed class InputDecoderTests
{
    // Everything a terminal may send, one after another: what any split must not change.
    private const string Everything =
        "aé😀\x01\r\t\x7f\ex\e\r\eé\e\e[A\e[A\eOB\e[1;5C\e[3;2~\e[Z\e[[C\eOp\e[27;5;105~\e[97:65;6:3u\e[57414u\e[200~line\n\e[20\e[201~b"
        + "\e[<0;3;4M\e[<35;3;4M\e[<0;3;4m\e[32;3;4M\e[M !!\e[I\e[O\e[?62;22c\e[5;7R\e[?2026;2$y\e]11;rgb:0000/0000/0000\e\\\e]4;1;rgb:ff/00/00\a"
        + "\eP>|tether 1\e\\\e[?31u\e[8;24;80t\e[?997;1n\eP1+r544e\e\\\e_Gi=1;OK\e\\\e[99999999999999;1~\e]bad\e[1;2Rz";

    [Theory]
    [InlineData("a", "'a'")]
    [InlineData("A", "'A'")]
    [InlineData("é", "'é'")]
    [InlineData("😀", "'😀'")]
    [InlineData("\0", "' ' Control")]
    [InlineData("\x01", "'a' Control")]
    [InlineData("\b", "'h' Control")]
    [InlineData("\t", "Tab")]
    [InlineData("\n", "'j' Control")]
    [InlineData("\r", "Enter")]
    [InlineData("\x1c", "'\\' Control")]
    [InlineData("\x1f", "'_' Control")]
    [InlineData("\x7f", "Backspace")]
    [InlineData("\ea", "'a' Alt")]
    [InlineData("\eé", "'é' Alt")]
    [InlineData("\e\x7f", "Backspace Alt")]
    [InlineData("\e\x01", "'a' Alt+Control")]
    public void Text_and_controls_are_keys(string input, string expected) => Assert.Equal([expected], Decode(input));

    [Theory]
    [InlineData("\e[A", "Up")]
    [InlineData("\eOA", "Up")]
    [InlineData("\e[1;5D", "Left Control")]
    [InlineData("\e[1;9C", "Right Super")]
    [InlineData("\e[5B", "Down Control")]
    [InlineData("\e\e[A", "Up Alt")]
    [InlineData("\e\eOA", "Up Alt")]
    [InlineData("\e[H", "Home")]
    [InlineData("\e[1~", "Home")]
    [InlineData("\e[7~", "Home")]
    [InlineData("\e[4~", "End")]
    [InlineData("\e[8~", "End")]
    [InlineData("\e[2~", "Insert")]
    [InlineData("\e[3;5~", "Delete Control")]
    [InlineData("\e[5~", "PageUp")]
    [InlineData("\eOP", "F1")]
    [InlineData("\e[11~", "F1")]
    [InlineData("\e[[A", "F1")]
    [InlineData("\e[[E", "F5")]
    [InlineData("\e[1;2R", "F3 Shift")]
    [InlineData("\e[13~", "F3")]
    [InlineData("\e[15;3~", "F5 Alt")]
    [InlineData("\e[24~", "F12")]
    [InlineData("\e[25~", "F13")]
    [InlineData("\e[34~", "F20")]
    [InlineData("\e[56~", "F35")]
    [InlineData("\e[Z", "Tab Shift")]
    [InlineData("\e[1;6Z", "Tab Shift+Control")]
    [InlineData("\e[E", "KeypadBegin")]
    [InlineData("\eOM", "KeypadEnter")]
    [InlineData("\eOj", "KeypadMultiply")]
    [InlineData("\eO5p", "Keypad0 Control")]
    [InlineData("\eO1;2p", "Keypad0 Shift")]
    [InlineData("\eOa", "Up Control")]
    [InlineData("\e[d", "Left Shift")]
    [InlineData("\e[3^", "Delete Control")]
    [InlineData("\e[3@", "Delete Shift+Control")]
    public void Sequences_of_many_keyboards_are_keys(string input, string expected) => Assert.Equal([expected], Decode(input));

    [Theory]
    [InlineData("\e[27;5;105~", "'i' Control")]
    [InlineData("\e[27;6;65~", "'A' Shift+Control")]
    [InlineData("\e[27;2;13~", "Enter Shift")]
    [InlineData("\e[27;3;27~", "Escape Alt")]
    [InlineData("\e[27;5;233~", "'é' Control")]
    [InlineData("\e[105;5u", "'i' Control")]
    [InlineData("\e[27u", "Escape")]
    [InlineData("\e[97;2u", "'A' Shift")]
    [InlineData("\e[97;65u", "'A' CapsLock")]
    [InlineData("\e[97;66u", "'a' Shift+CapsLock")]
    [InlineData("\e[49:33;2u", "'!' Shift unshifted 1")]
    [InlineData("\e[97::99;5u", "'a' Control base c")]
    [InlineData("\e[97;5:2u", "'a' Control Repeat")]
    [InlineData("\e[97;1:3u", "'a' Release")]
    [InlineData("\e[1;1:3A", "Up Release")]
    [InlineData("\e[3;5:2~", "Delete Control Repeat")]
    [InlineData("\e[57414;1:3u", "KeypadEnter Release")]
    [InlineData("\e[57441;2u", "LeftShift Shift")]
    [InlineData("\e[57428u", "MediaPlay")]
    [InlineData("\e[97;;97u", "'a' text a")]
    [InlineData("\e[97;2;65:769u", "'A' Shift text A\u0301")]
    [InlineData("\e[0;;229u", "'å' text å")]
    [InlineData("\e[97;256u", "'a' Shift+Alt+Control+Super+Hyper+Meta+Locks")]
    public void ModifyOtherKeys_and_kittys_sequences_are_keys(string input, string expected) => Assert.Equal([expected], Decode(input));

    [Theory]
    [InlineData("\e[?62;22;52c", "PrimaryAttributes? 62,22,52 ?62;22;52c")]
    [InlineData("\e[>1;10;0c", "SecondaryAttributes 1,10,0 >1;10;0c")]
    [InlineData("\eP!|00000000\e\\", "TertiaryAttributes -1 00000000")]
    [InlineData("\e[0n", "Status 0 0n")]
    [InlineData("\e[12;40R", "CursorPosition 12,40 12;40R")]
    [InlineData("\e[?1;2;1R", "CursorPosition? 1,2,1 ?1;2;1R")]
    [InlineData("\e[?2004;1$y", "Mode? 2004,1 ?2004;1$y")]
    [InlineData("\e[4;2$y", "Mode 4,2 4;2$y")]
    [InlineData("\e[?5u", "KittyFlags? 5 ?5u")]
    [InlineData("\e[>4;2m", "KeyModifiers 4,2 >4;2m")]
    [InlineData("\e[48;24;80;480;640t", "Window 48,24,80,480,640 48;24;80;480;640t")]
    [InlineData("\e[?997;2n", "ColorScheme? 997,2 ?997;2n")]
    [InlineData("\e]11;rgb:1818/1818/1818\a", "Color 11 rgb:1818/1818/1818")]
    [InlineData("\e]4;1;rgb:ffff/0000/0000\e\\", "Color 4 1;rgb:ffff/0000/0000")]
    [InlineData("\e]lvim\e\\", "Title  vim")]
    [InlineData("\e]52;c;YQ==\e\\", "Clipboard 52 c;YQ==")]
    [InlineData("\eP>|XTerm(379)\e\\", "Version -1 XTerm(379)")]
    [InlineData("\eP1$r0m\e\\", "Setting 1 0m")]
    [InlineData("\eP1+r544e=787465726d\e\\", "Capability 1 544e=787465726d")]
    [InlineData("\e_Gi=31;OK\e\\", "Graphics  i=31;OK")]
    [InlineData("\e[?64S", "Unknown? 64 ?64S")]
    [InlineData("\e[5;5~", "PageUp Control")]
    [InlineData("\e[99~", "Unknown 99 99~")]
    [InlineData("\e[57344u", "Unknown 57344 57344u")]
    [InlineData("\e[1u", "Unknown 1 1u")]
    public void Replies_are_told_apart_from_keys(string input, string expected) => Assert.Equal([expected], Decode(input));

    [Fact]
    public void The_report_of_the_first_row_is_a_key_only_while_no_report_is_expected()
    {
        var recorder = new InputRecorder();
        recorder.Feed("\e[1;5R");
        recorder.Decoder.ExpectsCursorPosition = true;
        recorder.Feed("\e[1;5R");
        Assert.Equal(["F3 Control", "CursorPosition 1,5 1;5R"], recorder.Events);
    }

    [Theory]
    [InlineData("\e", "Escape")]
    [InlineData("\e\e", "Escape Alt")]
    [InlineData("\e[", "'[' Alt")]
    [InlineData("\e[[", "'[' Alt", "'['")]
    [InlineData("\eO", "'O' Alt")]
    [InlineData("\e]", "']' Alt")]
    [InlineData("\eP", "'P' Alt")]
    [InlineData("\e_", "'_' Alt")]
    [InlineData("\e\e[", "Escape", "'[' Alt")]
    [InlineData("\e\e\e", "Escape", "Escape Alt")]
    public void What_begins_a_sequence_waits_and_is_keys_when_nothing_follows(string input, params string[] expected)
    {
        InputRecorder recorder = new InputRecorder().Feed("ab").Feed(input);
        Assert.Equal(2 + (input == "\e\e\e" ? 1 : 0), recorder.Decoder.WaitingSince);
        recorder.Flush();
        Assert.Null(recorder.Decoder.WaitingSince);
        Assert.Equal(expected, recorder.Events[2..]);
        Assert.Equal("'c'", recorder.Feed("c").Events[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("\xc3")]
    [InlineData("\e[1;")]
    [InlineData("\e]11;rgb")]
    [InlineData("\e[M ")]
    [InlineData("\e[200~text\e")]
    public void What_can_be_no_key_does_not_wait_for_the_clock(string latin1)
    {
        InputRecorder recorder = new InputRecorder().Feed(Encoding.Latin1.GetBytes(latin1));
        Assert.Null(recorder.Decoder.WaitingSince);
        int count = recorder.Events.Count;
        Assert.Equal(count, recorder.Flush().Events.Count);
    }

    [Theory]
    [InlineData("\e\e[<35;3;4M", "Move 0 at 3,2")]
    [InlineData("\e\e[32;3;4M", "Press 1 at 3,2")]
    [InlineData("\e\e[M !!", "Press 1 at 0,0")]
    [InlineData("\e\e[I", "focus True")]
    [InlineData("\e\e[200~x\e[201~", "paste x.")]
    [InlineData("\e\e[0n", "Status 0 0n")]
    [InlineData("\e\e[?997;1n", "ColorScheme? 997,1 ?997;1n")]
    public void Escape_before_what_no_key_sends_is_the_escape_key(string input, string next)
    {
        Assert.Equal(["Escape", next], Decode(input));
        Assert.Equal(["Escape", next], new InputRecorder().Feed(input[..1]).Feed(input[1..]).Events);
    }

    [Theory]
    [InlineData("\ea\e", "'a' Alt", "Escape")]
    [InlineData("\e\ea", "Escape", "'a' Alt")]
    [InlineData("\e[\r", "'[' Alt", "Enter")]
    [InlineData("\e[1;5\x03", "'c' Control")]
    [InlineData("\eO\x03", "'O' Alt", "'c' Control")]
    [InlineData("\e]x", "']' Alt", "'x'")]
    [InlineData("\eP\x03", "'P' Alt", "'c' Control")]
    [InlineData("\e]11;rgb\x03", "'c' Control")]
    [InlineData("\e]11;rgb\ex", "'x' Alt")]
    [InlineData("\e[M \x03", "'c' Control")]
    public void An_unfinished_sequence_lets_go_of_the_next_key(string input, params string[] expected) =>
        Assert.Equal(expected, new InputRecorder().Feed(input).Flush().Events);

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_replacement_characters()
    {
        string[] bad = ["'\ufffd'", "'\ufffd'", "'a'", "'\ufffd'", "'\ufffd'", "'b'", "'\ufffd' Alt"];
        Assert.Equal(bad, new InputRecorder().Feed([0x80, 0xE0, (byte)'a', 0xF0, 0x90, 0xFF, (byte)'b', 0x1B, 0xFF]).Events);
    }

    [Fact]
    public void A_paste_comes_in_pieces_and_nothing_in_it_is_a_key()
    {
        string text = new string('x', InputDecoder.PieceSize) + "\r\x03\e[A\e[200~\e[201";
        var recorder = new InputRecorder();
        foreach (byte b in Encoding.UTF8.GetBytes($"\e[200~{text}\e[201~\r"))
        {
            recorder.Feed([b]);
        }

        Assert.Equal([$"paste {text[..InputDecoder.PieceSize]}", $"paste {text[InputDecoder.PieceSize..]}.", "Enter"], recorder.Events);
    }

    [Fact]
    public void A_paste_that_does_not_end_is_not_ended_by_the_clock()
    {
        InputRecorder recorder = new InputRecorder().Feed("\e[200~rm -rf /\r").Flush();
        Assert.True(recorder.Decoder.IsInPaste);
        Assert.Empty(recorder.Events);
        recorder.Decoder.Reset();
        Assert.Equal(["'a'"], recorder.Feed("a").Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ls\r\x03\e[A\tü")]
    [InlineData("a\e[201~b\e[20")]
    public void What_is_pasted_is_read_as_one_paste(string text)
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed("\e[?2004h");
        var output = new ArrayBufferWriter<byte>();
        PasteEncoder.Encode(Encoding.UTF8.GetBytes(text), terminal.Emulator.Modes, output);
        Assert.Equal([$"paste {text.Replace("\e[201~", "", StringComparison.Ordinal)}."], new InputRecorder().Feed(output.WrittenSpan).Events);
    }

    [Fact]
    public void An_empty_paste_is_told() => Assert.Equal(["paste ."], Decode("\e[200~\e[201~"));

    [Theory]
    [InlineData(MouseEncoding.Default)]
    [InlineData(MouseEncoding.Utf8)]
    public void Any_split_gives_the_same_events(MouseEncoding encoding)
    {
        byte[] input = Encoding.UTF8.GetBytes(Everything);
        string[] whole = Decode(input, encoding, _ => input.Length);
        Assert.Equal("'z'", whole[^1]);
        for (int size = 1; size < 9; size++)
        {
            Assert.Equal(whole, Decode(input, encoding, _ => size));
        }

        for (int at = 1; at < input.Length; at++)
        {
            Assert.Equal(whole, Decode(input, encoding, i => i == 0 ? at : input.Length));
        }
    }

    [Fact]
    public void Hostile_input_neither_throws_nor_is_kept()
    {
        var random = new Random(7);
        byte[] common = Encoding.Latin1.GetBytes("\e\e\e[[]]OP_G<?>;:0123456789MmuRAy$t~\\\a\x9b\xc3\xa9\xf0");
        for (int round = 0; round < 300; round++)
        {
            byte[] input = new byte[2000];
            random.NextBytes(input);
            for (int i = 0; i < input.Length; i++)
            {
                input[i] = random.Next(4) == 0 ? input[i] : common[random.Next(common.Length)];
            }

            var encoding = (MouseEncoding)(round % 2 * 1005);
            Assert.Equal(Decode(input, encoding, _ => input.Length), Decode(input, encoding, _ => 1 + random.Next(5)));
        }

        var recorder = new InputRecorder();
        byte[] endless = Encoding.UTF8.GetBytes(new string('1', 1 << 20));
        foreach (string start in (string[])["\e[", "\e]1", "\eP1", "\e[200~"])
        {
            recorder.Feed(start);
            long before = GC.GetAllocatedBytesForCurrentThread();
            recorder.Decoder.Feed(endless);
            recorder.Events.Clear();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, start == "\e[200~" ? 16 << 20 : 1 << 20);
            recorder.Decoder.Reset();
        }
    }

    private static string[] Decode(string input)
    {
        InputRecorder recorder = new InputRecorder().Feed(input);
        Assert.Null(recorder.Decoder.WaitingSince);
        return [.. recorder.Events];
    }

    private static string[] Decode(byte[] input, MouseEncoding encoding, Func<int, int> size)
    {
        var recorder = new InputRecorder();
        recorder.Decoder.MouseEncoding = encoding;
        for (int i = 0; i < input.Length;)
        {
            int count = Math.Min(size(i), input.Length - i);
            recorder.Feed(input.AsSpan(i, count));
            i += count;
        }

        return [.. recorder.Flush().Events];
    }
}
