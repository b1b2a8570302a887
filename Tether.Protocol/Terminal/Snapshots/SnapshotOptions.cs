namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>What a snapshot holds beside the screen.</summary>
public sealed record SnapshotOptions
{
    /// <summary>At most this many rows of scrollback are printed above the screen.</summary>
    public int ScrollbackRows { get; init; }

    /// <summary>
    /// True for a terminal that already shows something: attributes, margins and modes are reset and the screen is erased first. False for
    /// one in its initial state; what is on its screen then scrolls away.
    /// </summary>
    public bool ClearScreen { get; init; }

    /// <summary>
    /// True for an emulator like this one that shows something already: it is reset whole (RIS), and gets all that one in its initial state would.
    /// Titles and the working directory outlive a reset: one that was never set stays what it was.
    /// </summary>
    public bool IsReplica { get; init; }

    /// <summary>
    /// True to write the prompt marks (OSC 133) too. For an emulator that goes on where this one was; not for a person's terminal, which would
    /// take old marks for news: some begin a new line at each, announce finished commands, or clear the last prompt when they are resized.
    /// </summary>
    public bool PromptMarks { get; init; }
}
