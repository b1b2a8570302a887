using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.Attach;

/// <summary>Sends what is typed to the program, in frames of a size that the daemon takes.</summary>
internal sealed class InputSender(IConnection connection, int channel)
{
    private const int Piece = FrameHeader.MaxFrame / 2;

    public void Send(ReadOnlySpan<byte> typed)
    {
        for (; !typed.IsEmpty; typed = typed[Math.Min(Piece, typed.Length)..])
        {
            connection.SendFrame(new FrameHeader(FrameKind.Input, channel, 0, 0), typed[..Math.Min(Piece, typed.Length)]);
        }
    }
}
