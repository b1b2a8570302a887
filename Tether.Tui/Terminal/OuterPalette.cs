using System.Buffers.Text;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal;

/// <summary>
/// What the outer terminal says its colours are, asked before any session is shown on it: OSC 10, 11 and 12, and DA1 behind them, which every terminal
/// answers and which therefore ends the wait. What was typed meanwhile is kept.
/// </summary>
internal sealed class OuterPalette
{
    // A terminal at hand answers within a few milliseconds, and every one answers; what came later would be typed into the program.
    private const int PatienceMilliseconds = 1500;

    private const byte Escape = 0x1b;
    private const byte Bell = 7;

    private readonly int?[] _told = new int?[3];
    private readonly List<byte> _typed = [];

    private OuterPalette()
    {
    }

    /// <summary>Foreground, background and cursor, each 0xRRGGBB; null when the terminal did not tell the first two.</summary>
    public int[]? Colors => _told is [{ } foreground, { } background, var cursor] ? [foreground, background, cursor ?? foreground] : null;

    /// <summary>Keys that were typed before the terminal had answered: they belong to the program.</summary>
    public byte[] TypedAhead => [.. _typed];

    /// <summary>Asks a terminal that is in raw mode.</summary>
    public static OuterPalette Ask(TerminalDevice terminal)
    {
        terminal.Write("\e]10;?\e\\\e]11;?\e\\\e]12;?\e\\\e[c"u8);
        var until = Environment.TickCount64 + PatienceMilliseconds;
        var received = new byte[4096];
        var length = 0;
        var palette = new OuterPalette();
        while (!palette.Take(received.AsSpan(0, length)) && length < received.Length
            && Poller.WaitReadable(terminal.WaitDescriptor, (int)Math.Max(0, until - Environment.TickCount64)))
        {
            var count = terminal.Read(received.AsSpan(length));
            if (count == 0)
            {
                break;
            }

            length += Math.Max(0, count);
        }

        return palette;
    }

    /// <summary>Divides everything that the terminal has sent so far into its answers and keys.</summary>
    internal static OuterPalette Parse(ReadOnlySpan<byte> received)
    {
        var palette = new OuterPalette();
        palette.Take(received);
        return palette;
    }

    // True once DA1's answer is among it.
    private bool Take(ReadOnlySpan<byte> received)
    {
        _typed.Clear();
        var isAnswered = false;
        while (!received.IsEmpty)
        {
            var length = AnswerLength(received, ref isAnswered);
            if (length == 0)
            {
                _typed.Add(received[0]);
                length = 1;
            }

            received = received[length..];
        }

        return isAnswered;
    }

    // The length of an answer of ours at the start; 0 when it is something else.
    private int AnswerLength(ReadOnlySpan<byte> bytes, ref bool isAnswered)
    {
        if (bytes.StartsWith("\e[?"u8))
        {
            var end = 3;
            while (end < bytes.Length && bytes[end] is (>= (byte)'0' and <= (byte)'9') or (byte)';')
            {
                end++;
            }

            if (end < bytes.Length && bytes[end] == (byte)'c')
            {
                isAnswered = true;
                return end + 1;
            }

            return 0;
        }

        if (bytes.Length < 6 || !bytes.StartsWith("\e]1"u8) || bytes[3] is < (byte)'0' or > (byte)'2' || bytes[4] != (byte)';')
        {
            return 0;
        }

        var stop = bytes[5..].IndexOfAny(Bell, Escape);
        if (stop < 0)
        {
            return 0;
        }

        _told[bytes[3] - '0'] = Color(bytes.Slice(5, stop)) ?? _told[bytes[3] - '0'];
        var isString = bytes[5 + stop] == Escape && bytes.Length > 6 + stop && bytes[6 + stop] == (byte)'\\';
        return 5 + stop + (isString ? 2 : 1);
    }

    // `rgb:r/g/b` or `rgba:r/g/b/a`: one to four hexadecimal digits each, scaled to their own width (XParseColor).
    private static int? Color(ReadOnlySpan<byte> text)
    {
        var color = 0;
        text = text[(text.IndexOf((byte)':') + 1)..];
        for (var part = 0; part < 3; part++)
        {
            if (!Utf8Parser.TryParse(text, out ushort value, out var digits, 'x') || digits is 0 or > 4)
            {
                return null;
            }

            color = (color << 8) | (value * 255 / ((1 << (4 * digits)) - 1));
            text = text[digits..];
            text = text.IsEmpty ? text : text[1..];
        }

        return color;
    }
}
