using Tether.Tui.Rendering;

namespace Tether.Tui.Dashboard.Layout;

/// <summary>Which tiles are to be placed where.</summary>
internal sealed record TileRequest
{
    /// <summary>What the tiles share.</summary>
    public required Area Area { get; init; }

    /// <summary>Ids in the order of the list.</summary>
    public required IReadOnlyList<string> Sessions { get; init; }

    public TileArrangement Arrangement { get; init; }

    /// <summary>Index of the session whose tile must be seen; -1 for none, then <see cref="Page"/> is shown.</summary>
    public int Focused { get; init; } = -1;

    /// <summary>Index of the big one in <see cref="TileArrangement.Main"/>.</summary>
    public int Main { get; init; }

    /// <summary>The page that is seen now.</summary>
    public int Page { get; init; }

    public TileWeights Weights { get; init; } = new();
}
