using System.Text.Json;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Pi;

/// <summary>A call of a tool of pi as the queue takes it.</summary>
internal static class PiAsk
{
    /// <param name="call">`toolName`, `toolCallId`, `input`, for changes of files `file` (absolute) and `before` (its text), and where pi is.</param>
    /// <param name="context">Whose it is.</param>
    /// <exception cref="FormatException">It names no tool.</exception>
    public static Ask Read(JsonElement call, HookContext context)
    {
        var tool = Text(call, "toolName") ?? throw new FormatException("it names no tool");
        var input = call.TryGetProperty("input", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var command = tool == "bash" ? Text(input, "command") : null;
        var file = Text(call, "file");
        var directory = Text(call, "cwd");
        return new Ask
        {
            Session = context.Session.Id,
            Key = context.Key,
            Kind = QueueKind.Approval,
            Title = $"{tool}: {(command ?? Text(input, "path") ?? (input.ValueKind == JsonValueKind.Object ? input.GetRawText() : "")).Split('\n')[0]}",
            Tool = tool,
            ToolClass = tool switch
            {
                "bash" => ToolClass.Command,
                "edit" or "write" => ToolClass.Edit,
                _ => ToolClass.Other,
            },
            Command = command,
            Directory = directory is not null && Path.IsPathRooted(directory) ? directory : null,
            Edits = file is not null && Path.IsPathRooted(file) ? [Edit(tool, file, Text(call, "before"), input)] : [],
            Input = input.ValueKind == JsonValueKind.Object ? input.GetRawText() : null,
            Way = AnswerWay.Protocol,
            TakesReason = true,
            TakesInput = input.ValueKind == JsonValueKind.Object && !(call.TryGetProperty("isCut", out var isCut) && isCut.ValueKind == JsonValueKind.True),
            Correlation = Text(call, "toolCallId") ?? "",
        };
    }

    private static FileEdit Edit(string tool, string file, string? before, JsonElement input)
    {
        var content = Text(input, "content");
        return tool == "write"
            ? new FileEdit { Path = file, Diff = TextDiff.Of(before ?? "", content ?? ""), IsNew = before is null && !File.Exists(file) }
            : new FileEdit { Path = file, Diff = Replaced(before, Replacements(input)) };
    }

    // Where the file could not be read, or a text is not in it, the replaced texts alone.
    private static string Replaced(string? before, List<(string Old, string New)> replacements)
    {
        var after = before;
        foreach (var (old, replacement) in replacements)
        {
            var at = after is null || old.Length == 0 ? -1 : after.IndexOf(old, StringComparison.Ordinal);
            after = at < 0 ? null : string.Concat(after.AsSpan(0, at), replacement, after.AsSpan(at + old.Length));
        }

        return before is not null && after is not null
            ? TextDiff.Of(before, after)
            : string.Join('\n', replacements.SelectMany(pair => Marked('-', pair.Old).Concat(Marked('+', pair.New))));
    }

    private static IEnumerable<string> Marked(char mark, string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n').Select(line => mark + line);

    // Older versions have one replacement beside the path, newer ones a list.
    private static List<(string Old, string New)> Replacements(JsonElement input)
    {
        var list = input.ValueKind == JsonValueKind.Object && input.TryGetProperty("edits", out var edits) && edits.ValueKind == JsonValueKind.Array
            ? edits.EnumerateArray().ToList()
            : [];
        return [.. list.Append(input).Where(edit => Text(edit, "oldText") is not null).Select(edit => (Text(edit, "oldText")!, Text(edit, "newText") ?? ""))];
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
