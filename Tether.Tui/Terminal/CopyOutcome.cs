namespace Tether.Tui.Terminal;

/// <summary>What was done to copy a text. Whether a clipboard took it cannot be known: neither the terminal nor the tools say.</summary>
/// <param name="Attempted">The ways tried: `OSC 52`, `xclip` …</param>
/// <param name="IsTooLongForTerminal">The text is longer than terminals take in OSC 52, so that way was left out.</param>
internal sealed record CopyOutcome(IReadOnlyList<string> Attempted, bool IsTooLongForTerminal)
{
    /// <summary>For the person: "copied by OSC 52 and xclip".</summary>
    public override string ToString()
    {
        var note = IsTooLongForTerminal ? "too long for the terminal (OSC 52)" : "";
        return Attempted switch
        {
            [] when IsTooLongForTerminal => $"not copied: {note}, and no clipboard tool was found",
            [] => "not copied: no clipboard tool was found",
            _ => $"copied by {Names}{(IsTooLongForTerminal ? $"; {note}" : "")}",
        };
    }

    private string Names => Attempted is [var only] ? only : $"{string.Join(", ", Attempted.SkipLast(1))} and {Attempted[^1]}";
}
