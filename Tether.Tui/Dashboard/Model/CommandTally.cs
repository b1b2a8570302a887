using Tether.Protocol.Terminal;

namespace Tether.Tui.Dashboard.Model;

/// <summary>How many commands of a shell ended, and how, where it tells by OSC 133.</summary>
/// <param name="Succeeded">Those that ended with 0.</param>
/// <param name="Failed">Those that ended with another code.</param>
/// <param name="LastFailure">The exit code of the last of these; 0 when none failed.</param>
internal readonly record struct CommandTally(int Succeeded, int Failed, int LastFailure)
{
    private const string End = nameof(PromptMarkKind.End) + " ";

    /// <summary>Counts the commands that ran and ended at a row or below it.</summary>
    /// <param name="marks">From top to bottom. An end without output before it is an empty line at the prompt and does not count.</param>
    /// <param name="fromRow">Absolute row.</param>
    public static CommandTally Of(IEnumerable<PromptMark> marks, long fromRow)
    {
        var tally = default(CommandTally);
        var ran = false;
        foreach (var mark in marks)
        {
            if (mark is { Kind: PromptMarkKind.End, ExitCode: { } code } && ran && mark.Row >= fromRow)
            {
                tally = tally.With(code);
            }

            ran = mark.Kind == PromptMarkKind.Output || (ran && mark.Kind != PromptMarkKind.End);
        }

        return tally;
    }

    /// <summary>With the text of an event of the kind `prompt`: `End 2` counts, what has no exit code does not.</summary>
    public CommandTally With(string eventText) =>
        eventText.StartsWith(End, StringComparison.Ordinal) && int.TryParse(eventText.AsSpan(End.Length), out var code) ? With(code) : this;

    private CommandTally With(int exitCode) =>
        exitCode == 0 ? this with { Succeeded = Succeeded + 1 } : this with { Failed = Failed + 1, LastFailure = exitCode };
}
