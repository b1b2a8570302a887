using Tether.Protocol.Terminal;

namespace Tether.Tui.Dashboard.Model;

/// <summary>How many commands of a shell ended, and how, where it tells by OSC 133.</summary>
/// <param name="Succeeded">Those that ended with 0.</param>
/// <param name="Failed">Those that ended with another code.</param>
/// <param name="LastFailure">The exit code of the last of these; 0 when none failed.</param>
internal readonly record struct CommandTally(int Succeeded, int Failed, int LastFailure)
{
    private const char Prompt = (char)PromptMarkKind.Prompt;
    private const char Command = (char)PromptMarkKind.Command;
    private const char Output = (char)PromptMarkKind.Output;
    private const char End = (char)PromptMarkKind.End;

    /// <summary>Nothing runs: an end that comes now is that of an empty line.</summary>
    public bool IsAtPrompt { get; init; }

    /// <summary>None yet, at the same place of the dialogue.</summary>
    public CommandTally Emptied => new() { IsAtPrompt = IsAtPrompt };

    /// <summary>With the text of an event of the kind `prompt`: the letter of OSC 133, and behind `D` a blank and the exit code. What has no exit code does not count.</summary>
    public CommandTally With(string eventText) => eventText switch
    {
        [Prompt or Command, ..] => this with { IsAtPrompt = true },
        [Output, ..] => this with { IsAtPrompt = false },
        [End, ' ', .. var code] when !IsAtPrompt && int.TryParse(code, out var exitCode) => With(exitCode),
        _ => this,
    };

    private CommandTally With(int exitCode) =>
        exitCode == 0 ? this with { Succeeded = Succeeded + 1 } : this with { Failed = Failed + 1, LastFailure = exitCode };
}
