using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Tui.Attach;

/// <summary>Which session this is and what one may do in it, in a few words for the menu.</summary>
internal static class Whereabouts
{
    public static string Of(SessionRecord session, AttachedReply attached)
    {
        var title = session.Title == session.Provider ? session.Id : $"{session.Title} ({session.Id})";
        return attached.Mode == AttachMode.Control ? title : $"{title}, observing";
    }
}
