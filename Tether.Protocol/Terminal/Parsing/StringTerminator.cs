namespace Tether.Protocol.Terminal.Parsing;

/// <summary>How a control string ended; an answer ends the same way.</summary>
internal enum StringTerminator : byte
{
    Bell,
    EscapeBackslash,
    EightBit,
}
