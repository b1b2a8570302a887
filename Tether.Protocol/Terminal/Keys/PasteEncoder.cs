using System.Buffers;

namespace Tether.Protocol.Terminal.Keys;

/// <summary>Pasted text and focus changes, as the program's modes want them.</summary>
public static class PasteEncoder
{
    private static ReadOnlySpan<byte> End => "\e[201~"u8;

    /// <summary>
    /// Text as one paste: between the marks of mode 2004 if it is on, and in any case without the end mark in the text, which would let
    /// the rest of it be typed. Neither does what stood around a mark come together to another.
    /// </summary>
    public static void Encode(ReadOnlySpan<byte> text, TerminalModes modes, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentNullException.ThrowIfNull(output);
        output.Write(StartMark(modes));
        output.Write(text.IndexOf(End) < 0 ? text : WithoutMarks(text));
        output.Write(EndMark(modes));
    }

    public static ReadOnlySpan<byte> StartMark(TerminalModes modes) => modes is { BracketedPaste: true } ? "\e[200~"u8 : default;

    public static ReadOnlySpan<byte> EndMark(TerminalModes modes) => modes is { BracketedPaste: true } ? End : default;

    /// <summary>Mode 1004: CSI I for focus gained, CSI O for lost.</summary>
    public static ReadOnlySpan<byte> Focus(bool hasFocus, TerminalModes modes) => modes is not { FocusReports: true }
        ? default
        : hasFocus ? "\e[I"u8 : "\e[O"u8;

    private static ReadOnlySpan<byte> WithoutMarks(ReadOnlySpan<byte> text)
    {
        byte[] kept = new byte[text.Length];
        int length = 0;
        foreach (byte b in text)
        {
            kept[length++] = b;
            length -= kept.AsSpan(0, length).EndsWith(End) ? End.Length : 0;
        }

        return kept.AsSpan(0, length);
    }
}
