using System.Buffers;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Tiles;

namespace Tether.Tui.Dashboard.Link;

/// <summary>What the person does while a session is live, written for that session's own modes, whatever the outer terminal speaks.</summary>
internal sealed class SessionTyping(DashboardContext context)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private bool _isInPaste;

    public void Key(SessionReplica replica, in KeyPress press)
    {
        KeyEncoder.Encode(press, replica.Emulator.Modes, _bytes);
        Send(replica);
    }

    /// <summary>The next piece of a paste. The mark that would end it early is the sender's to keep out; pieces come without it.</summary>
    public void Paste(SessionReplica replica, ReadOnlySpan<byte> piece, bool isLast)
    {
        var modes = replica.Emulator.Modes;
        if (!_isInPaste)
        {
            _bytes.Write(PasteEncoder.StartMark(modes));
        }

        _bytes.Write(piece);
        _isInPaste = !isLast;
        if (isLast)
        {
            _bytes.Write(PasteEncoder.EndMark(modes));
        }

        Send(replica);
    }

    /// <summary>The mouse on a cell of the session's screen.</summary>
    public void Mouse(SessionReplica replica, in MouseEvent mouse)
    {
        MouseEncoder.Encode(mouse, replica.Emulator.Modes, _bytes);
        Send(replica);
    }

    /// <summary>True if the session's program asked for the mouse.</summary>
    public static bool WantsMouse(SessionReplica replica) => replica.Emulator.Modes.MouseTracking != MouseTracking.None;

    public void Focus(SessionReplica replica, bool hasFocus)
    {
        _bytes.Write(PasteEncoder.Focus(hasFocus, replica.Emulator.Modes));
        Send(replica);
    }

    private void Send(SessionReplica replica)
    {
        context.Link.SendInput(replica.Channel, _bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }
}
