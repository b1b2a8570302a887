namespace Tether.Protocol.Terminal.Keys;

/// <summary>What a terminal sent, as <see cref="InputDecoder"/> reads it: called while it is fed, in the order of the bytes.</summary>
public interface IInputListener
{
    /// <summary>A key or a character typed.</summary>
    void Key(in KeyPress press);

    /// <summary>The mouse did something.</summary>
    void Mouse(in MouseEvent mouse);

    /// <summary>
    /// The next piece of a bracketed paste, at most <see cref="InputDecoder.PieceSize"/> bytes of whatever was pasted; a character may be cut. The last
    /// one may be empty. Valid during the call.
    /// </summary>
    void Paste(ReadOnlySpan<byte> piece, bool isLast);

    /// <summary>The terminal gained or lost the focus (mode 1004).</summary>
    void Focus(bool hasFocus);

    /// <summary>An answer or a report of the terminal itself.</summary>
    void Reply(in TerminalReply reply);
}
