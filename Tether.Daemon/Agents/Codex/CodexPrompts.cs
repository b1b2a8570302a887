using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>Codex' dialogs on the screen (0.169). Approvals say the key of each option in brackets; the others are chosen by their number.</summary>
internal static class CodexPrompts
{
    private const string Approval = "Would you like to ";

    public static ScreenPrompt? Read(ScreenText screen)
    {
        var rows = screen.Rows;
        if (DialogLines.Find(rows) is not { } dialog || !HasFooter(rows, dialog.Last + 1))
        {
            return null;
        }

        var above = Above(rows, dialog.First);
        if (above.Length == 0)
        {
            return null;
        }

        var (kind, toolClass) = Classify(above[0]);
        var command = Command(above);
        return new ScreenPrompt
        {
            Kind = kind,
            ToolClass = toolClass,
            Fingerprint = DialogLines.Fingerprint([.. above, .. dialog.Labels]),
            Title = command is null ? above[0] : $"Bash: {command}",
            Command = toolClass == ToolClass.Command ? command : null,
            Detail = string.Join('\n', above.Skip(1)),
            Options = [.. dialog.Labels.Select((label, index) => ToOption(label, DialogLines.Digit(index)))],
        };
    }

    // An approval begins at its question, however long its content; other dialogs at the last blank row but two.
    private static string[] Above(string[] rows, int first)
    {
        var top = Array.FindLastIndex(rows, first, row => row.TrimStart().StartsWith(Approval, StringComparison.Ordinal));
        if (top < 0)
        {
            top = first;
            for (var blanks = 0; top > 0 && blanks < 3; top--)
            {
                blanks += rows[top - 1].Length == 0 ? 1 : 0;
            }
        }

        return [.. rows[top..first].Select(row => row.Trim()).Where(row => row.Length > 0)];
    }

    private static (QueueKind Kind, ToolClass Class) Classify(string question) =>
        !question.StartsWith(Approval, StringComparison.Ordinal) ? (QueueKind.Dialog, ToolClass.Other)
        : question.Contains("command", StringComparison.Ordinal) ? (QueueKind.Approval, ToolClass.Command)
        : question.Contains("edits", StringComparison.Ordinal) ? (QueueKind.Approval, ToolClass.Edit)
        : (QueueKind.Approval, ToolClass.Other);

    private static string? Command(string[] above)
    {
        var at = Array.FindIndex(above, row => row.StartsWith("$ ", StringComparison.Ordinal));
        return at < 0 ? null : string.Join('\n', above[at..])[2..];
    }

    private static PromptOption ToOption(string label, byte[] digit)
    {
        // `Yes, proceed (y)`: what is in the last brackets is the key.
        var open = label.LastIndexOf('(');
        var key = open < 0 ? "" : label[(open + 1)..].TrimEnd(')');
        var keys = key switch { "esc" => "\e"u8.ToArray(), [>= 'a' and <= 'z'] => [(byte)key[0]], _ => digit };
        var isYes = label.StartsWith("Yes", StringComparison.Ordinal);
        var decision = isYes ? QueueDecision.Allow : label.StartsWith("No", StringComparison.Ordinal) ? QueueDecision.Deny : QueueDecision.Answer;
        return new PromptOption(label, keys, decision, isYes && label.Contains("don't ask again", StringComparison.Ordinal));
    }

    private static bool HasFooter(string[] rows, int from) =>
        rows.Skip(from).FirstOrDefault(row => row.Length > 0)?.Trim() is { } footer
        && (footer.Contains("enter to confirm", StringComparison.OrdinalIgnoreCase) || footer.Contains("enter confirm", StringComparison.OrdinalIgnoreCase)
            || footer.Contains("enter to continue", StringComparison.OrdinalIgnoreCase) || footer.Contains("enter continue", StringComparison.OrdinalIgnoreCase));
}
