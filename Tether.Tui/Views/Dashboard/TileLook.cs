using Tether.Protocol.Terminal;
using Tether.Tui.Rendering;

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

    /// <summary>Its program has ended: the border has round corners.</summary>
    public bool IsOver { get; init; }

    /// <summary>What the bottom border says: since you left, matches, where in the history.</summary>
    public string Note { get; init; } = "";

    /// <summary>What stands where no screen has come.</summary>
    public string Blank { get; init; } = "…";

    /// <summary>Number, sign and title, as they stand in a border or a head.</summary>
    public string Name => $"{Lead}{Sign} {PlainText.Of(Title)}";

    /// <summary>What stands in front of the sign.</summary>
    public string Lead => Number is { } key ? $"{key} " : "";

    /// <summary>What stands at the other end: the agent where it says more than the title, state and age; while it is typed into, that first.</summary>
    /// <param name="columns">For the name and the words; the name comes first, then the state, then the agent.</param>
    public string WordsBeside(int columns)
    {
        var agent = PlainText.Of(Agent);
        var state = IsLive ? $"TYPE · {State}" : State;
        string[] choices = [agent.Length > 0 && agent != PlainText.Of(Title) ? $"{agent} · {state}" : state, state];
        return choices.FirstOrDefault(words => TextWidth.Of(Name) + TextWidth.Of(words) <= columns) ?? (IsLive ? "TYPE" : State);
    }
}
