using System.Text.Json;
using Tether.Daemon.Agents.Edits;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>What each tool of Claude's would do, from its input.</summary>
internal static class ClaudeTools
{
    public const string Question = "AskUserQuestion";
    public const string PlanExit = "ExitPlanMode";

    /// <summary>Adds to a question what its tool and input say.</summary>
    public static Ask Describe(Ask ask, string tool, JsonElement input, string directory)
    {
        string Absolute(string? path) => string.IsNullOrEmpty(path) ? directory : Path.GetFullPath(path, directory);

        switch (tool)
        {
            case "Bash" or "PowerShell":
                var command = input.Text("command") ?? "";
                return ask with { ToolClass = ToolClass.Command, Command = command, Title = $"{tool}: {command}", Detail = input.Text("description") ?? "" };
            case "Write" or "Edit" or "MultiEdit" or "NotebookEdit":
                var edit = Edit(tool, input, Absolute(input.Text("file_path") ?? input.Text("notebook_path")));
                return ask with { ToolClass = ToolClass.Edit, Edits = [edit], Title = $"{tool}: {Path.GetRelativePath(directory, edit.Path)}" };
            case "Read" or "NotebookRead" or "Grep" or "Glob" or "LS":
                var path = Absolute(input.Text("file_path") ?? input.Text("notebook_path") ?? input.Text("path"));
                return ask with { ToolClass = ToolClass.Read, Paths = [path], Title = $"{tool}: {input.Text("pattern") ?? path}", Detail = input.GetRawText() };
            case "WebFetch":
                var url = input.Text("url") ?? "";
                return ask with { ToolClass = ToolClass.Network, Hosts = HostOf(url), Title = $"{tool}: {url}", Detail = input.Text("prompt") ?? "" };
            case "WebSearch":
                return ask with { ToolClass = ToolClass.Network, Title = $"{tool}: {input.Text("query")}" };
            case "Agent" or "Task":
                return ask with { ToolClass = ToolClass.SubAgent, Title = $"{tool}: {input.Text("description")}", Detail = input.Text("prompt") ?? "" };
            case PlanExit:
                return ask with { Kind = QueueKind.Plan, ToolClass = ToolClass.Plan, Title = "Plan: leave planning and begin", Detail = input.Text("plan") ?? "", TakesInput = false };
            case Question:
                var questions = input.Items("questions").Select(ToQuestion).ToArray();
                return ask with
                {
                    Kind = QueueKind.Question,
                    ToolClass = ToolClass.Question,
                    Questions = questions,
                    Title = questions.Length == 0 ? "Claude asks" : questions[0].Text,
                    TakesInput = false,
                };
            default:
                return ask with { Title = tool, Detail = input.GetRawText() };
        }
    }

    private static string[] HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? [uri.Host] : [];

    private static FileEdit Edit(string tool, JsonElement input, string path) => tool switch
    {
        "Write" => EditedFile.Write(path, input.Text("content") ?? ""),
        "Edit" => EditedFile.Replace(path, [Replacement(input)]),
        "MultiEdit" => EditedFile.Replace(path, [.. input.Items("edits").Select(Replacement)]),
        _ => new FileEdit { Path = path, Diff = UnifiedDiff.Of("", input.Text("new_source") ?? "", hasPlace: false) },
    };

    private static (string Old, string New, bool All) Replacement(JsonElement edit) =>
        (edit.Text("old_string") ?? "", edit.Text("new_string") ?? "", edit.Flag("replace_all"));

    private static QueueQuestion ToQuestion(JsonElement question) => new()
    {
        Text = question.Text("question") ?? "",
        Header = question.Text("header") ?? "",
        Multiple = question.Flag("multiSelect"),
        FreeText = true,
        Options = [.. question.Items("options").Select(option => new QueueOption { Label = option.Text("label") ?? "", Description = option.Text("description") ?? "" })],
    };
}
