using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Settings;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>Some text of a card in one style; nothing in it changes what stands around it.</summary>
internal readonly record struct CardPiece(string Text, Style Style);

/// <summary>One row of a card.</summary>
internal sealed record CardLine(IReadOnlyList<CardPiece> Pieces)
{
    /// <summary>What the whole row stands on, where that is not the card's ground.</summary>
    public Style? Ground { get; init; }

    /// <summary>What a click on it does; null for nothing.</summary>
    public DashboardCommand? Command { get; init; }
}
