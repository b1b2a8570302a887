using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Attach;

/// <summary>What to attach to next, and as what.</summary>
internal sealed record AttachPlan(string Session)
{
    public AttachMode Mode { get; init; } = AttachMode.Control;

    /// <summary>Take control from whoever has it.</summary>
    public bool Take { get; init; }

    /// <summary>
    /// The session is known to run. Otherwise nothing is done to the terminal before the answer, which may be that there is no such session.
    /// </summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Shown for a moment on the last row once the screen is there.</summary>
    public string? Message { get; init; }

    /// <summary>What the terminal was asked just now; null when it was not.</summary>
    public ColorInquiry? Inquiry { get; init; }

    /// <summary>The terminal still owes answers, which only this program knows: it cannot be lent.</summary>
    public bool AwaitsColors => Inquiry is { IsOpen: true };

    /// <summary>Keys that were typed before the session was there.</summary>
    public byte[] TypedAhead { get; init; } = [];

    /// <summary>Rows of history to print above the screen: only the first time, or they would stand in the terminal's own history twice.</summary>
    public int Scrollback { get; init; }
}
