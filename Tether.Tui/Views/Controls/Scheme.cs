using Tether.Protocol.Terminal;

namespace Tether.Tui.Views.Controls;

/// <summary>The styles of one theme, by what they are for. Views name a purpose, never a colour.</summary>
internal sealed record Scheme
{
    /// <summary>As it is called in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Ordinary text, and the ground everything is drawn on.</summary>
    public required Style Text { get; init; }

    /// <summary>What is there but does not matter now: hints, ages, borders of what has no focus.</summary>
    public required Style Muted { get; init; }

    /// <summary>Headings and keys in hints.</summary>
    public required Style Strong { get; init; }

    /// <summary>The top and bottom lines.</summary>
    public required Style Bar { get; init; }

    /// <summary>The row or item under the cursor.</summary>
    public required Style Selected { get; init; }

    /// <summary>The border of the view that has the focus.</summary>
    public required Style Focus { get; init; }

    /// <summary>The border and chip while keys go to a session.</summary>
    public required Style Live { get; init; }

    /// <summary>A session that needs a human.</summary>
    public required Style NeedsYou { get; init; }

    /// <summary>A session that works.</summary>
    public required Style Working { get; init; }

    /// <summary>Done, unread.</summary>
    public required Style Done { get; init; }

    /// <summary>Failed or lost.</summary>
    public required Style Failed { get; init; }

    /// <summary>A line that an edit adds.</summary>
    public required Style Added { get; init; }

    /// <summary>A line that an edit takes away.</summary>
    public required Style Removed { get; init; }

    /// <summary>Matches of a search.</summary>
    public required Style Match { get; init; }

    /// <summary>What is selected for copying.</summary>
    public required Style Selection { get; init; }

    /// <summary>True if the rest is to be dimmed while one view is live; false where the terminal has no colours to dim.</summary>
    public bool Dims { get; init; } = true;
}
