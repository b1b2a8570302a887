using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>
/// Mouse events to bytes, in the tracking mode and encoding that the program chose; nothing if it did not ask. A position beyond what the encoding
/// can say is sent as the last that it can: a release that is not sent would leave the button down.
/// </summary>
public static class MouseEncoder
{
    private const int Motion = 32;

    // One byte less the offset of 32; two bytes of UTF-8 less it.
    private const int LastOfByte = 255 - 32;
    private const int LastOfUtf8 = 2047 - 32;
    private const int Released = 3;

    public static void Encode(MouseEvent mouse, TerminalModes modes, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(output);
        if (!IsWanted(mouse, modes.MouseTracking))
        {
            return;
        }

        var text = new ByteText(stackalloc byte[32]);
        Write(mouse, modes, ref text);
        output.Write(text.Bytes);
    }

    private static bool IsWanted(MouseEvent mouse, MouseTracking tracking) => tracking switch
    {
        MouseTracking.None => false,
        MouseTracking.X10 => mouse.Action == MouseAction.Press && mouse.Button is >= 1 and <= 3,
        MouseTracking.AnyMotion => !IsWheelRelease(mouse),
        MouseTracking.ButtonMotion => !IsWheelRelease(mouse) && (mouse.Action != MouseAction.Move || mouse.Button != 0),
        _ => !IsWheelRelease(mouse) && mouse.Action != MouseAction.Move,
    };

    private static bool IsWheelRelease(MouseEvent mouse) => mouse.Action == MouseAction.Release && mouse.Button is >= 4 and <= 7;

    private static void Write(MouseEvent mouse, TerminalModes modes, ref ByteText text)
    {
        bool isSgr = modes.MouseEncoding is MouseEncoding.Sgr or MouseEncoding.SgrPixels;
        int code = Code(mouse, isSgr, modes.MouseTracking == MouseTracking.X10);
        int column = Math.Max(mouse.Column, 0) + 1;
        int row = Math.Max(mouse.Row, 0) + 1;
        switch (modes.MouseEncoding)
        {
            case MouseEncoding.Sgr or MouseEncoding.SgrPixels:
                WriteNumbers("\e[<"u8, code, column, row, mouse.Action == MouseAction.Release ? 'm' : 'M', ref text);
                break;
            case MouseEncoding.Urxvt:
                WriteNumbers("\e["u8, code + 32, column, row, 'M', ref text);
                break;
            default:
                int last = modes.MouseEncoding == MouseEncoding.Utf8 ? LastOfUtf8 : LastOfByte;
                text.Add("\e[M"u8);
                AddPosition(code + 32, modes.MouseEncoding, ref text);
                AddPosition(Math.Min(column, last) + 32, modes.MouseEncoding, ref text);
                AddPosition(Math.Min(row, last) + 32, modes.MouseEncoding, ref text);
                break;
        }
    }

    private static int Code(MouseEvent mouse, bool isSgr, bool isX10)
    {
        int code = mouse.Button switch
        {
            0 => Released,
            <= 3 => mouse.Button - 1,
            <= 7 => 64 + mouse.Button - 4,
            _ => 128 + ((mouse.Button - 8) & 3),
        };

        // Only SGR tells which button went up.
        code = mouse.Action == MouseAction.Release && !isSgr ? Released : code;
        code += mouse.Action == MouseAction.Move ? Motion : 0;
        if (isX10)
        {
            return code;
        }

        KeyModifiers held = mouse.Modifiers;
        return code + ((held & KeyModifiers.Shift) != 0 ? 4 : 0) + ((held & KeyModifiers.Alt) != 0 ? 8 : 0) + ((held & KeyModifiers.Control) != 0 ? 16 : 0);
    }

    private static void WriteNumbers(ReadOnlySpan<byte> start, int code, int column, int row, char final, ref ByteText text)
    {
        text.Add(start);
        text.Add(code);
        text.Add((byte)';');
        text.Add(column);
        text.Add((byte)';');
        text.Add(row);
        text.Add((byte)final);
    }

    private static void AddPosition(int value, MouseEncoding encoding, ref ByteText text)
    {
        if (encoding != MouseEncoding.Utf8)
        {
            text.Add((byte)value);
            return;
        }

        Span<byte> utf8 = stackalloc byte[4];
        int length = new Rune(value).EncodeToUtf8(utf8);
        text.Add(utf8[..length]);
    }
}
