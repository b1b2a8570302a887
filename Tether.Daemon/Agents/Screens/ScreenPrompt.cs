using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Screens;

/// <summary>A prompt of an agent as it stands on the screen.</summary>
internal sealed record ScreenPrompt
{
    public required QueueKind Kind { get; init; }

    /// <summary>The same for the same question and no other: made of what is asked and the options, not of what is selected, of spinners or of where it stands.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    public ToolClass ToolClass { get; init; }

    public string? Command { get; init; }

    public string Detail { get; init; } = "";

    public PromptOption[] Options { get; init; } = [];

    /// <summary>The option that does this, or null: an allow or deny for this once comes before one for ever.</summary>
    public PromptOption? Find(QueueDecision decision, bool isAlways = false) =>
        Array.Find(Options, option => option.Decision == decision && option.IsAlways == isAlways);
}

/// <summary>One way out of a prompt.</summary>
/// <param name="Label">As it stands on the screen.</param>
/// <param name="Keys">The bytes that choose it in one go, as `y` or `1` or `ESC`; empty when there is no single key.</param>
/// <param name="Decision">What it means.</param>
/// <param name="IsAlways">It also decides later questions.</param>
internal sealed record PromptOption(string Label, byte[] Keys, QueueDecision Decision, bool IsAlways = false);
