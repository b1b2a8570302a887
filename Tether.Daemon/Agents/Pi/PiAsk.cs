using System.Text.Json;
using Tether.Daemon.Agents.Edits;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Pi;

/// <summary>A call of a tool of pi as the queue takes it.</summary>
internal static class PiAsk
{
    /// <param name="call">`toolName`, `toolCallId`, `input`, for changes of files `file` (absolute), and where pi is.</param>
    /// <param name="context">Whose it is.</param>
    /// <exception cref="FormatException">It names no tool.</exception>
    public static Ask Read(JsonElement call, HookContext context)
    {
        var tool = call.Text("toolName") ?? throw new FormatException("it names no tool");
        var input = call.Member("input");
        var command = tool == "bash" ? input.Text("command") : null;
        var file = call.Text("file");
        var directory = call.Text("cwd");
        return new Ask
        {
            Session = context.Session.Id,
            Key = context.Key,
            Kind = QueueKind.Approval,
            Title = $"{tool}: {(command ?? input.Text("path") ?? (input.ValueKind == JsonValueKind.Object ? input.GetRawText() : "")).Split('\n')[0]}",
            Tool = tool,
            ToolClass = tool switch
            {
                "bash" => ToolClass.Command,
                "edit" or "write" => ToolClass.Edit,
                _ => ToolClass.Other,
            },
            Command = command,
            Directory = directory is not null && Path.IsPathRooted(directory) ? directory : null,
            Edits = file is not null && Path.IsPathRooted(file) ? [Edit(tool, file, input)] : [],
            Input = input.ValueKind == JsonValueKind.Object ? input.GetRawText() : null,
            Way = AnswerWay.Protocol,
            TakesReason = true,
            TakesInput = input.ValueKind == JsonValueKind.Object && !call.Flag("isCut"),
            Correlation = call.Text("toolCallId") ?? "",
        };
    }

    private static FileEdit Edit(string tool, string file, JsonElement input) =>
        tool == "write" ? EditedFile.Write(file, input.Text("content") ?? "") : EditedFile.Replace(file, Replacements(input));

    // Older versions have one replacement beside the path, newer ones a list.
    private static List<(string Old, string New, bool All)> Replacements(JsonElement input) =>
        [.. input.Items("edits").Append(input).Where(edit => edit.Text("oldText") is not null).Select(edit => (edit.Text("oldText")!, edit.Text("newText") ?? "", false))];
}
