namespace Tether.Protocol.Terminal.Parsing;

/// <summary>What the parser calls. Implemented by structs only, so that every call is resolved at compile time.</summary>
internal interface IVtHandler
{
    /// <summary>A run of bytes 20–7E.</summary>
    void PrintAscii(ReadOnlySpan<byte> run);

    /// <summary>One scalar value from U+00A0 on; U+FFFD stands for bytes that are not UTF-8.</summary>
    void Print(int codePoint);

    /// <summary>
    /// UTF-8 text from offset <paramref name="i"/> on, of which the handler may print as many whole characters as it likes, ASCII ones too.
    /// Returns the offset of the first byte that it leaves to the other calls.
    /// </summary>
    int PrintText(ReadOnlySpan<byte> input, int i);

    /// <summary>A control 00–1F, or 80–9F however it was written; its offsets in the stream.</summary>
    void Execute(byte control, long start, long end);

    /// <summary>ESC, up to two intermediates, final.</summary>
    void Escape(int intermediates, byte final);

    void Csi(in Sequence sequence);

    /// <summary>OSC without its introducer and terminator; <paramref name="sequence"/> carries the offsets only.</summary>
    void Osc(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator);

    void Dcs(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator);

    /// <summary>APC, PM or SOS; the text is cut where it is long.</summary>
    void Other(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> text);

    /// <summary>
    /// Asked once for a string, with at least <see cref="VtParser"/>'s look-ahead of it: true to take it as it comes, by <see cref="StringPart"/>
    /// and <see cref="StringEnd"/>, from <paramref name="start"/> on; nothing of it is kept then.
    /// </summary>
    bool Streams(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> start);

    /// <summary>More of a string that streams, cut anywhere. One that is given up is never ended.</summary>
    void StringPart(ReadOnlySpan<byte> part);

    /// <summary>The string that streams is complete; <paramref name="sequence"/> carries its offsets and, of a DCS, its head.</summary>
    void StringEnd(in Sequence sequence);

    /// <summary>A C0 control inside an OSC, in 8-bit text inside any string but SOS, after the text so far. Terminals differ; this one's screen ignores it.</summary>
    void ControlInString(ControlString kind, in Sequence sequence, byte control, ReadOnlySpan<byte> before);
}
