using Tether.Protocol.Terminal;

namespace Tether.Tui.Views.Dashboard;

/// <summary>What a tile says about its session, beside the session's own screen.</summary>
/// <param name="Number">The key that focuses it; null behind the ninth.</param>
/// <param name="Title">What the person called it.</param>
/// <param name="Agent">The provider.</param>
/// <param name="Sign">Its state in one column.</param>
/// <param name="State">Its state and since when, in words.</param>
/// <param name="StateStyle">Its state as a style.</param>
internal sealed record TileLook(int? Number, string Title, string Agent, string Sign, string State, Style StateStyle)
{
    /// <summary>Keys of the dashboard act on this one.</summary>
    public bool IsFocused { get; init; }

    /// <summary>What is typed goes to this session's program now.</summary>
    public bool IsLive { get; init; }

    /// <summary>Another one is live.</summary>
    public bool IsDimmed { get; init; }

    /// <summary>What the bottom border says: since you left, matches, where in the history.</summary>
    public string Note { get; init; } = "";
}
