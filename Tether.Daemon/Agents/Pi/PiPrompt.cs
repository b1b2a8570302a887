using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Pi;

/// <summary>
/// Dialogs that extensions of pi show: a question between two rules, options of which one has an arrow, and the keys that are taken.
/// <code>
/// ────────────────
///  Allow bash?
///    touch a.txt
///
///  → Allow
///    Deny
///
///  ↑↓ navigate  enter select  escape/ctrl+c cancel
/// ────────────────
/// </code>
/// </summary>
internal static class PiPrompt
{
    private const string Foot = "↑↓ navigate", Arrow = "→ ";

    private static readonly byte[] Up = "\e[A"u8.ToArray(), Down = "\e[B"u8.ToArray(), Enter = "\r"u8.ToArray();

    /// <summary>Null when none stands on the screen.</summary>
    public static ScreenPrompt? Read(ScreenText screen)
    {
        var foot = Array.FindLastIndex(screen.Rows, row => row.TrimStart().StartsWith(Foot, StringComparison.Ordinal));
        var top = foot < 0 ? -1 : Array.FindLastIndex(screen.Rows, foot, IsRule);
        var options = foot < 0 ? -1 : Array.FindLastIndex(screen.Rows, foot, row => row.TrimStart().StartsWith(Arrow, StringComparison.Ordinal));
        if (top < 0 || options <= top)
        {
            return null;
        }

        // Blank rows stand between the question, the options and the keys.
        var first = options;
        while (first - 1 > top && screen.Rows[first - 1].Length > 0)
        {
            first--;
        }

        string[] labels = [.. screen.Rows[first..foot].TakeWhile(row => row.Length > 0).Select(row => row.Trim())];
        string[] question = [.. screen.Rows[(top + 1)..first].Where(row => row.Length > 0)];
        var selected = Array.FindIndex(labels, label => label.StartsWith(Arrow, StringComparison.Ordinal));
        return question.Length == 0 || selected < 0 ? null : Prompt(question, [.. labels.Select(label => label.StartsWith(Arrow, StringComparison.Ordinal) ? label[2..] : label)], selected);
    }

    private static ScreenPrompt Prompt(string[] question, string[] labels, int selected)
    {
        var head = question[0].Trim();
        var tool = head.StartsWith("Allow ", StringComparison.Ordinal) && head.EndsWith('?') && labels.Contains("Allow") && labels.Contains("Deny") ? head[6..^1] : null;
        var what = string.Join('\n', question.Skip(1).Select(row => row.Trim()));
        return new ScreenPrompt
        {
            Kind = tool is null ? QueueKind.Question : QueueKind.Approval,
            Fingerprint = DialogLines.Fingerprint([.. question, .. labels]),
            Title = tool is null ? head : $"{tool}: {what.Split('\n')[0]}",
            ToolClass = tool switch
            {
                "bash" => ToolClass.Command,
                "edit" or "write" => ToolClass.Edit,
                null => ToolClass.Question,
                _ => ToolClass.Other,
            },
            Command = tool == "bash" ? what : null,
            Detail = what,
            Options = [.. labels.Select((label, index) => new PromptOption(label, Keys(index - selected), DecisionOf(label, tool), label.StartsWith("Always", StringComparison.Ordinal)))
                .Where(option => tool is null || option.Label is "Allow" or "Deny" || option.IsAlways)],
        };
    }

    private static QueueDecision DecisionOf(string label, string? tool) =>
        tool is null ? QueueDecision.Answer : label == "Deny" ? QueueDecision.Deny : QueueDecision.Allow;

    private static byte[] Keys(int distance) => [.. Enumerable.Repeat(distance < 0 ? Up : Down, Math.Abs(distance)).SelectMany(key => key), .. Enter];

    private static bool IsRule(string row) => row.Length > 2 && row.All(character => character == '─');
}
