using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>Something that the outer terminal told.</summary>
internal abstract record InputEvent
{
    private InputEvent()
    {
    }

    /// <summary>A key or a character.</summary>
    internal sealed record Pressed(KeyPress Press) : InputEvent;

    /// <summary>The mouse, in cells of the whole screen.</summary>
    internal sealed record Pointed(MouseEvent Mouse) : InputEvent;

    /// <summary>The next piece of a paste, in order; a character may be cut between two. The last one may be empty.</summary>
    internal sealed record Pasted(ReadOnlyMemory<byte> Piece, bool IsLast) : InputEvent;

    /// <summary>The terminal gained or lost the focus.</summary>
    internal sealed record Focused(bool HasFocus) : InputEvent;

    /// <summary>More is known of the terminal: it answered, or its colours changed.</summary>
    internal sealed record Refined(Capabilities Capabilities) : InputEvent;
}
