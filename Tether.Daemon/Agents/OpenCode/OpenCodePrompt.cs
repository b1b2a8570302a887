using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>
/// The dialogs at the foot of opencode's screen. Which button of a permission is selected is told by colour alone, and moving the selection goes round: so no key
/// allows for certain, and only Esc, which rejects, is offered.
/// </summary>
internal static class OpenCodePrompt
{
    private const string Edge = "┃", PermissionHead = "△ Permission required", AlwaysHead = "△ Always allow", QuestionFoot = "esc dismiss";

    private static readonly byte[] Escape = "\e"u8.ToArray();

    /// <summary>Null when none stands on the screen.</summary>
    public static ScreenPrompt? Read(ScreenText screen)
    {
        string[] rows = [.. screen.Rows.Select(row => row.TrimStart() is var text && text.StartsWith(Edge, StringComparison.Ordinal) ? text[Edge.Length..].Trim() : "\0")];
        return Permission(rows) ?? Question(rows);
    }

    private static ScreenPrompt? Permission(string[] rows)
    {
        var head = Array.FindLastIndex(rows, row => row is PermissionHead or AlwaysHead);
        if (head < 0)
        {
            return null;
        }

        var isAlways = rows[head] == AlwaysHead;
        var foot = Array.FindIndex(rows, head, row => isAlways ? row.StartsWith("Confirm ", StringComparison.Ordinal) : row.StartsWith("Allow once ", StringComparison.Ordinal));
        if (foot < 0)
        {
            return null;
        }

        string[] body = [.. rows[(head + 1)..foot].Where(row => row.Length > 0)];
        var command = body.FirstOrDefault(row => row.StartsWith("$ ", StringComparison.Ordinal))?[2..];
        var what = body.Length > 0 ? body[0].TrimStart('#', '→', '←', '%', ' ') : "";
        return new ScreenPrompt
        {
            Kind = isAlways ? QueueKind.Dialog : QueueKind.Approval,
            Fingerprint = DialogLines.Fingerprint([rows[head], .. body]),
            Title = isAlways ? "Always allow?" : command is null ? what : $"bash: {command}",
            ToolClass = command is not null ? ToolClass.Command
                : what.StartsWith("Edit ", StringComparison.Ordinal) ? ToolClass.Edit
                : what.StartsWith("WebFetch ", StringComparison.Ordinal) ? ToolClass.Network
                : ToolClass.Other,
            Command = command,
            Detail = string.Join('\n', body),
            Options = isAlways
                ? [new PromptOption("Confirm", [], QueueDecision.Allow, IsAlways: true), new PromptOption("Cancel", Escape, QueueDecision.Dismiss)]
                :
                [
                    new PromptOption("Allow once", [], QueueDecision.Allow),
                    new PromptOption("Allow always", [], QueueDecision.Allow, IsAlways: true),
                    new PromptOption("Reject", Escape, QueueDecision.Deny),
                ],
        };
    }

    private static ScreenPrompt? Question(string[] rows)
    {
        var foot = Array.FindLastIndex(rows, row => row.EndsWith(QuestionFoot, StringComparison.Ordinal));
        var head = foot < 0 ? -1 : Array.FindLastIndex(rows, foot, row => row == "\0");
        string[] body = foot < 0 ? [] : [.. rows[(head + 1)..foot].Where(row => row.Length > 0)];
        var first = Array.FindIndex(body, row => IsOption(row, 1));
        if (first <= 0)
        {
            return null;
        }

        // With several questions, or several answers to one, a digit does not yet submit.
        var isSubmittedAtOnce = rows[foot].Contains("enter submit", StringComparison.Ordinal);
        var options = new List<PromptOption>();
        foreach (var row in body.Skip(first))
        {
            if (IsOption(row, options.Count + 1))
            {
                var isOwn = row.EndsWith("Type your own answer", StringComparison.Ordinal);
                options.Add(new PromptOption(row[3..], isSubmittedAtOnce && !isOwn ? DialogLines.Digit(options.Count) : [], QueueDecision.Answer));
            }
        }

        return new ScreenPrompt
        {
            Kind = QueueKind.Question,
            Fingerprint = DialogLines.Fingerprint(body),
            Title = body[first - 1],
            ToolClass = ToolClass.Question,
            Detail = string.Join('\n', body),
            Options = [.. options, new PromptOption("Dismiss", Escape, QueueDecision.Dismiss)],
        };
    }

    private static bool IsOption(string row, int number) => number <= 9 && row.StartsWith($"{number}. ", StringComparison.Ordinal);
}
