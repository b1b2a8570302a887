using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>What groups need to know of a session and its record may not tell.</summary>
internal interface ISessionTraits
{
    IReadOnlyList<string> TagsOf(SessionRecord session);

    /// <summary>The name of the machine it runs on.</summary>
    string HostOf(SessionRecord session);
}
