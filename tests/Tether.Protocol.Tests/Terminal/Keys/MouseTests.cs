using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Keys;

public sealed class MouseTests
{
    private const KeyModifiers Shift = KeyModifiers.Shift;
    private const KeyModifiers Control = KeyModifiers.Control;

    // xterm's ctlseqs, "Mouse Tracking" and "Extended coordinates".
    [Theory]
    [InlineData("9", MouseAction.Press, 1, 0, 0, Shift, "\e[M !!")]
    [InlineData("9", MouseAction.Release, 1, 0, 0, KeyModifiers.None, "")]
    [InlineData("9", MouseAction.Press, 4, 0, 0, KeyModifiers.None, "")]
    [InlineData("1000", MouseAction.Press, 3, 1, 2, KeyModifiers.None, "\e[M\"#\"")]
    [InlineData("1000", MouseAction.Release, 3, 1, 2, KeyModifiers.None, "\e[M##\"")]
    [InlineData("1000", MouseAction.Press, 4, 0, 0, Shift | Control, "\e[Mt!!")]
    [InlineData("1000", MouseAction.Release, 4, 0, 0, KeyModifiers.None, "")]
    [InlineData("1000", MouseAction.Move, 1, 0, 0, KeyModifiers.None, "")]
    [InlineData("1001", MouseAction.Press, 1, 0, 0, KeyModifiers.None, "\e[M !!")]
    [InlineData("1002", MouseAction.Move, 1, 0, 0, KeyModifiers.None, "\e[M@!!")]
    [InlineData("1002", MouseAction.Move, 0, 0, 0, KeyModifiers.None, "")]
    [InlineData("1003", MouseAction.Move, 0, 0, 0, KeyModifiers.None, "\e[MC!!")]
    [InlineData("1003;1006", MouseAction.Move, 0, 0, 0, KeyModifiers.Alt, "\e[<43;1;1M")]
    [InlineData("1000;1006", MouseAction.Press, 1, 299, 499, KeyModifiers.None, "\e[<0;500;300M")]
    [InlineData("1000;1006", MouseAction.Release, 2, 0, 0, KeyModifiers.None, "\e[<1;1;1m")]
    [InlineData("1000;1006", MouseAction.Press, 7, 0, 0, KeyModifiers.None, "\e[<67;1;1M")]
    [InlineData("1000;1006", MouseAction.Press, 8, 0, 0, KeyModifiers.None, "\e[<128;1;1M")]
    [InlineData("1000;1006", MouseAction.Release, 9, 0, 0, KeyModifiers.None, "\e[<129;1;1m")]
    [InlineData("1000;1016", MouseAction.Press, 1, 480, 640, KeyModifiers.None, "\e[<0;641;481M")]
    [InlineData("1000;1015", MouseAction.Press, 1, 9, 19, KeyModifiers.None, "\e[32;20;10M")]
    [InlineData("1000;1015", MouseAction.Release, 1, 9, 19, KeyModifiers.None, "\e[35;20;10M")]
    [InlineData("1000", MouseAction.Press, 1, 222, 223, KeyModifiers.None, "\e[M \xff\xff")]
    [InlineData("1000", MouseAction.Release, 1, 1000, 300, KeyModifiers.None, "\e[M#\xff\xff")]
    [InlineData("1000;1005", MouseAction.Press, 1, 94, 300, KeyModifiers.None, "\e[M \xc5\x8d\x7f")]
    [InlineData("1000;1005", MouseAction.Press, 1, 5000, 5000, KeyModifiers.None, "\e[M \xdf\xbf\xdf\xbf")]
    [InlineData("1006", MouseAction.Press, 1, 0, 0, KeyModifiers.None, "")]
    public void The_mouse_is_told_as_the_modes_want_it(string modes, MouseAction action, int button, int row, int column, KeyModifiers modifiers, string latin1) =>
        Assert.Equal(latin1, Encoding.Latin1.GetString(Encode(new MouseEvent(action, button, row, column, modifiers), modes)));

    [Theory]
    [InlineData("1003", MouseEncoding.Default, 222)]
    [InlineData("1003;1005", MouseEncoding.Utf8, 2014)]
    [InlineData("1003;1006", MouseEncoding.Sgr, 100_000)]
    [InlineData("1003;1015", MouseEncoding.Urxvt, 100_000)]
    [InlineData("1003;1016", MouseEncoding.SgrPixels, 100_000)]
    public void What_is_told_is_read_back_as_far_as_the_encoding_can_tell(string modes, MouseEncoding encoding, int last)
    {
        foreach (MouseAction action in Enum.GetValues<MouseAction>())
        {
            for (int button = action == MouseAction.Move ? 0 : 1; button <= 11; button++)
            {
                for (int modifiers = 0; modifiers < 8; modifiers++)
                {
                    foreach (int at in (int[])[0, 1, 60, 94, 95, 96, 127, 222, last])
                    {
                        var mouse = new MouseEvent(action, button, Math.Min(at, last), Math.Min(7, at), (KeyModifiers)modifiers);
                        bool isSgr = encoding is MouseEncoding.Sgr or MouseEncoding.SgrPixels;
                        MouseEvent? expected = action != MouseAction.Release ? mouse
                            : button is >= 4 and <= 7 ? null
                            : isSgr ? mouse : mouse with { Button = 0 };
                        Assert.Equal(expected, Decode(Encode(mouse, modes), encoding));
                    }
                }
            }
        }
    }

    [Fact]
    public void A_position_that_no_byte_can_say_is_read_as_beyond_the_last() =>
        Assert.Equal(new MouseEvent(MouseAction.Press, 1, 223, 223, KeyModifiers.None), Decode([0x1B, (byte)'[', (byte)'M', 32, 0, 0], MouseEncoding.Default));

    [Theory]
    [InlineData("\e[<M")]
    [InlineData("\e[<0;0;0M")]
    [InlineData("\e[<0M")]
    [InlineData("\e[0;0;0M")]
    public void Numbers_left_out_are_the_first_cell(string input)
    {
        MouseEvent? mouse = Decode(Encoding.ASCII.GetBytes(input), MouseEncoding.Sgr);
        Assert.Equal(new MouseEvent(MouseAction.Press, 1, 0, 0, KeyModifiers.None), mouse);
    }

    private static byte[] Encode(MouseEvent mouse, string modes)
    {
        var output = new ArrayBufferWriter<byte>();
        MouseEncoder.Encode(mouse, TestTerminal.Of(20, 2).Feed($"\e[?{modes}h").Emulator.Modes, output);
        return output.WrittenSpan.ToArray();
    }

    private static MouseEvent? Decode(byte[] bytes, MouseEncoding encoding)
    {
        var recorder = new InputRecorder();
        recorder.Decoder.MouseEncoding = encoding;
        recorder.Feed(bytes);
        Assert.Equal(recorder.MouseEvents.Count, recorder.Events.Count);
        return recorder.MouseEvents.Count == 0 ? null : Assert.Single(recorder.MouseEvents);
    }
}
