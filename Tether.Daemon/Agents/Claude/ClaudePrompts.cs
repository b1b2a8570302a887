using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>
/// Claude's dialogs on the screen, as 2.1.197 and 2.1.329 draw them: a rule, a heading, the content, the question, the options. Which number means what
/// differs between versions and tools, so numbers and labels are read from the screen.
/// </summary>
internal static class ClaudePrompts
{
    // Words by which a yes decides later questions too.
    private static readonly string[] AlwaysWords = ["always allow", "don't ask again", "allow all", "accept edits", "auto mode", "auto-approve", "auto-accept"];

    public static ScreenPrompt? Read(ScreenText screen)
    {
        var rows = screen.Rows;
        return DialogLines.Find(rows) is { } dialog ? ReadNumbered(rows, dialog) : ReadPlain(rows);
    }

    private static ScreenPrompt? ReadNumbered(string[] rows, DialogLines dialog)
    {
        var top = TopOf(rows, dialog.First);
        if (top < 0 || HasInputBelow(rows, dialog.Last + 1))
        {
            return null;
        }

        var above = Content(rows[(top + 1)..dialog.First]);
        if (above.Length == 0)
        {
            return null;
        }

        // Claude's own questions end with a way back to the conversation, below a second rule.
        if (rows[(dialog.Last + 1)..].Any(row => row.Contains("Chat about this", StringComparison.Ordinal)))
        {
            return Question(above, dialog);
        }

        var (heading, question) = (above[0], above[^1]);
        var options = dialog.Labels.Select((label, index) => ToOption(label, DialogLines.Digit(index))).ToArray();
        var (kind, toolClass) = Classify(heading, question);
        var command = toolClass == ToolClass.Command ? CommandOf(rows[(top + 1)..dialog.First], above) : null;
        return new ScreenPrompt
        {
            Kind = kind,
            ToolClass = toolClass,
            Fingerprint = DialogLines.Fingerprint([.. above, .. dialog.Labels]),
            Title = kind == QueueKind.Approval ? $"{heading}: {command?.Split('\n')[0] ?? (above.Length > 2 ? above[1] : question)}" : heading.TrimEnd(':'),
            Command = command,
            Detail = string.Join('\n', above),
            Options = options,
        };
    }

    // Dialogs of the start have options without numbers in newer versions; only the selected one has a single key.
    private static ScreenPrompt? ReadPlain(string[] rows)
    {
        var footer = Array.FindLastIndex(rows, row => row.Trim() == "Enter to confirm · Esc to cancel");
        var arrow = footer < 0 ? -1 : Array.FindLastIndex(rows, footer, row => row.TrimStart().StartsWith('❯'));
        if (arrow < 0 || footer - arrow > 4)
        {
            return null;
        }

        var (first, last) = (arrow, arrow);
        while (first > 0 && rows[first - 1].Length > 0)
        {
            first--;
        }

        while (rows[last + 1].Length > 0 && last + 1 < footer)
        {
            last++;
        }

        var above = Content(rows[(TopOf(rows, first) + 1)..first]);
        var labels = rows[first..(last + 1)].Select(row => row.Trim().TrimStart('❯').Trim()).ToArray();
        return above.Length == 0 ? null : new ScreenPrompt
        {
            Kind = QueueKind.Dialog,
            Fingerprint = DialogLines.Fingerprint([.. above, .. labels]),
            Title = above[0].TrimEnd(':'),
            Detail = string.Join('\n', above),
            Options = [.. labels.Select((label, index) => ToOption(label, first + index == arrow ? "\r"u8.ToArray() : label.StartsWith("No", StringComparison.Ordinal) ? "\e"u8.ToArray() : []))],
        };
    }

    private static ScreenPrompt Question(string[] above, DialogLines dialog)
    {
        // With several questions a digit answers only the one that shows.
        var isOne = !above[0].Contains("Submit", StringComparison.Ordinal);
        var labels = dialog.Labels.Where(label => !label.StartsWith("Type something", StringComparison.Ordinal)).ToArray();
        return new ScreenPrompt
        {
            Kind = QueueKind.Question,
            ToolClass = ToolClass.Question,
            Fingerprint = DialogLines.Fingerprint([.. above, .. dialog.Labels]),
            Title = above[^1],
            Detail = string.Join('\n', above),
            Options = [.. labels.Select((label, index) => new PromptOption(label, isOne ? DialogLines.Digit(index) : [], QueueDecision.Answer))],
        };
    }

    private static PromptOption ToOption(string label, byte[] keys)
    {
        var isYes = label.StartsWith("Yes", StringComparison.Ordinal);
        var decision = isYes ? QueueDecision.Allow : label.StartsWith("No", StringComparison.Ordinal) ? QueueDecision.Deny : QueueDecision.Answer;
        return new PromptOption(label, keys, decision, isYes && AlwaysWords.Any(word => label.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static (QueueKind Kind, ToolClass Class) Classify(string heading, string question)
    {
        var word = heading.Split(' ')[0];
        return heading.Contains("plan mode", StringComparison.Ordinal) || question.Contains("plan", StringComparison.Ordinal) && heading.StartsWith("Ready", StringComparison.Ordinal)
                ? (QueueKind.Plan, ToolClass.Plan)
            : !question.StartsWith("Do you want to ", StringComparison.Ordinal) || heading.StartsWith("Detected a custom API key", StringComparison.Ordinal)
                ? (QueueKind.Dialog, ToolClass.Other)
            : word switch
            {
                "Bash" => (QueueKind.Approval, ToolClass.Command),
                "Create" or "Edit" or "Write" or "Overwrite" or "Update" => (QueueKind.Approval, ToolClass.Edit),
                "Read" or "Search" => (QueueKind.Approval, ToolClass.Read),
                "Fetch" or "Web" => (QueueKind.Approval, ToolClass.Network),
                _ => (QueueKind.Approval, ToolClass.Other),
            };
    }

    // Newer versions draw it between two dashed lines, below its description; older ones above that.
    private static string? CommandOf(string[] rows, string[] above)
    {
        var from = Array.FindIndex(rows, row => row.StartsWith('╌'));
        var to = from < 0 ? -1 : Array.FindIndex(rows, from + 1, row => row.StartsWith('╌'));
        return to > from + 1 ? string.Join('\n', rows[(from + 1)..to].Select(row => row.Trim())) : above.Length > 2 ? above[1] : null;
    }

    // The rule above the dialog; what is drawn with ╌ is inside it.
    private static int TopOf(string[] rows, int below) => Array.FindLastIndex(rows, below, row => row.StartsWith("───", StringComparison.Ordinal));

    private static string[] Content(string[] rows) =>
        [.. rows.Select(row => row.Trim()).Where(row => row.Length > 0 && !row.StartsWith('╌') && !row.StartsWith("Tip:", StringComparison.Ordinal))];

    // A list in the conversation looks like options; but then the place for the next prompt is below it.
    private static bool HasInputBelow(string[] rows, int from) => rows.Skip(from).Any(row => row.TrimStart().StartsWith('❯'));
}
