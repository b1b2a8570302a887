using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Attach.Composed;

namespace Tether.Tui.Attach;

/// <summary>Which way of showing a session fits what the daemon gave.</summary>
internal static class ScreenChoice
{
    /// <summary>Only an observer's terminal may have another size than the session.</summary>
    public static bool IsComposed(AttachedReply attached, (int Columns, int Rows) terminal) =>
        attached.Mode == AttachMode.Observe && terminal != (attached.Session.Columns, attached.Session.Rows);

    public static SessionScreen For(AttachContext context, AttachedReply attached)
    {
        if (attached.Lent)
        {
            return new LentScreen(context.Terminal);
        }

        return IsComposed(attached, context.Terminal.Size)
            ? new ComposedScreen(context.Terminal, attached.Session)
            : new RelayScreen(context.Terminal, types: attached.Mode == AttachMode.Control);
    }
}
