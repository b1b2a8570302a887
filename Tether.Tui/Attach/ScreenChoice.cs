using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Attach;

/// <summary>Which way of showing a session fits what the daemon gave.</summary>
internal static class ScreenChoice
{
    public static SessionScreen For(AttachContext context, AttachedReply attached)
    {
        if (attached.Lent)
        {
            return new LentScreen(context.Terminal);
        }

        return new RelayScreen(context.Terminal, types: attached.Mode == AttachMode.Control);
    }
}
