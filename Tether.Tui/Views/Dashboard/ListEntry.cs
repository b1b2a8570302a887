using Tether.Protocol.Terminal;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One entry of the list: a session, or the name of a group above its sessions.</summary>
internal sealed record ListEntry(string? Id, int? Number, string Sign, string Title, string Agent, string Age, string LastLine, Style StateStyle)
{
    public bool IsHeading => Id is null;

    /// <summary>Of a heading: its sessions are not listed.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Of a heading: how many sessions the group has; null: not said.</summary>
    public int? Count { get; init; }

    /// <summary>Of a folded heading: signs of its sessions that need somebody, so that folding hides none.</summary>
    public string Signs => IsHeading ? Sign : "";

    public static ListEntry Heading(string name) => new(null, null, "", name, "", "", "", default);
}
