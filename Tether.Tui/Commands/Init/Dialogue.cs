namespace Tether.Tui.Commands.Init;

/// <summary>Asks questions that all have an answer already.</summary>
/// <param name="read">The next line; null when there are no more.</param>
/// <param name="print">Shows a text.</param>
internal sealed class Dialogue(Func<string?> read, Action<string> print)
{
    /// <summary>One of the question's choices; the current one for an empty line.</summary>
    /// <exception cref="TetherException">There are no more lines.</exception>
    public string Ask(InitQuestion question)
    {
        while (true)
        {
            print($"{question.Text} [{Offered(question)}] ");
            var line = read() ?? throw new TetherException(ExitCodes.Failure, "nothing was changed");
            if (Chosen(question, line.Trim().ToLowerInvariant()) is { } choice)
            {
                return choice;
            }

            print($"  {(question.IsYesNo ? "yes or no" : string.Join(", ", question.Choices))}, please\n");
        }
    }

    private static string Offered(InitQuestion question) => question.IsYesNo
        ? question.Current == question.Choices[0] ? "Y/n" : "y/N"
        : string.Join('/', question.Choices.Select(choice => choice == question.Current ? choice.ToUpperInvariant() : choice));

    private static string? Chosen(InitQuestion question, string line)
    {
        if (line.Length == 0)
        {
            return question.Current;
        }

        string[] words = question.IsYesNo ? ["yes", "no"] : question.Choices;
        var fitting = Enumerable.Range(0, words.Length).Where(index => words[index].StartsWith(line, StringComparison.Ordinal)).ToArray();
        return fitting is [var one] ? question.Choices[one] : null;
    }
}
