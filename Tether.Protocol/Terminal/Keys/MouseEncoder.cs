using System.Buffers;
using System.Text;
using Tether.Protocol.Terminal.Sequences;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>Mouse events to bytes, in the tracking mode and encoding that the program chose; nothing if it did not ask.</summary>
public static class MouseEncoder
{
    private const int Motion = 32;
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

    private static bool IsWheelRelease(MouseEvent mouse) => mouse.Action == MouseAction.Release && mouse.Button >= 4;

    private static void Write(MouseEvent mouse, TerminalModes modes, ref ByteText text)
    {
        bool isSgr = modes.MouseEncoding is MouseEncoding.Sgr or MouseEncoding.SgrPixels;
        int code = Code(mouse, isSgr, modes.MouseTracking == MouseTracking.X10);
        int column = mouse.Column + 1;
        int row = mouse.Row + 1;
        switch (modes.MouseEncoding)
        {
            case MouseEncoding.Sgr or MouseEncoding.SgrPixels:
                WriteNumbers("\e[<"u8, code, column, row, mouse.Action == MouseAction.Release ? 'm' : 'M', ref text);
                break;
            case MouseEncoding.Urxvt:
                WriteNumbers("\e["u8, code + 32, column, row, 'M', ref text);
                break;
            default:
                int limit = modes.MouseEncoding == MouseEncoding.Utf8 ? 2015 : 223;
                if (column <= limit && row <= limit)
                {
                    text.Add("\e[M"u8);
                    AddPosition(code + 32, modes.MouseEncoding, ref text);
                    AddPosition(column + 32, modes.MouseEncoding, ref text);
                    AddPosition(row + 32, modes.MouseEncoding, ref text);
                }

                break;
        }
    }

    private static int Code(MouseEvent mouse, bool isSgr, bool isX10)
    {
        int code = mouse.Button switch
        {
            0 => Released,
            <= 3 => mouse.Button - 1,
            _ => 64 + mouse.Button - 4,
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
