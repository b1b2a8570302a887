using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Native;

namespace Tether.Tui.Attach;

/// <summary>Detaches and shows what the daemon sends to put the terminal back.</summary>
internal static class Farewell
{
    private const int WaitMilliseconds = 1000;

    /// <summary>True when the daemon has answered: the terminal has had its Reset.</summary>
    public static bool Say(DaemonClient daemon, AttachedReply attached, SessionScreen screen)
    {
        var id = daemon.Tell(new DetachRequest { Channel = attached.Channel });
        do
        {
            while (daemon.Connection.TryRead(out var incoming))
            {
                if (incoming.Message is Reply reply && reply.Re == id)
                {
                    return true;
                }

                if (incoming.Message is null && incoming.Header.Channel == attached.Channel)
                {
                    screen.Show(incoming.Header, incoming.Payload.Span);
                }
            }
        }
        while (Poller.WaitReadable(daemon.Connection.WaitDescriptor, WaitMilliseconds) && daemon.Connection.Fill());

        return false;
    }
}
