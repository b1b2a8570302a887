using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Edits;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>
/// What a tool of an unknown agent would do, from the names that agents give their tools and from its input alone: no file that it names is read, for who registers may not
/// be who may read it. A tool by another name is just its name, and is judged as such.
/// </summary>
internal static class ExternalTools
{
    /// <summary>Adds to an ask what its tool and input say.</summary>
    public static Ask Describe(Ask ask, string tool, JsonElement input, string directory)
    {
        string[] Paths(params string[] names) => [.. names.Select(name => input.Text(name)).OfType<string>().Where(path => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal)).Select(path => Path.GetFullPath(path, directory))];

        switch (tool.ToLowerInvariant())
        {
            case "bash" or "sh" or "shell" or "powershell" or "exec" or "exec_command" or "execute" or "execute_command" or "run_command" or "run_shell_command" or "terminal" or "command":
                var command = input.Text("command") ?? input.Text("cmd");
                return ask with { ToolClass = ToolClass.Command, Command = command, Title = $"{tool}: {command ?? "a command that is not told"}" };
            case "write" or "edit" or "multiedit" or "notebookedit" or "write_file" or "edit_file" or "create_file" or "replace" or "str_replace":
                var edits = Paths("file_path", "path", "notebook_path").Take(1).Select(path => new FileEdit { Path = path, Diff = Diff(input) }).ToArray();
                return ask with { ToolClass = ToolClass.Edit, Edits = edits, Title = $"{tool}: {(edits.Length == 0 ? "a file that is not told" : Path.GetRelativePath(directory, edits[0].Path))}" };
            case "read" or "read_file" or "notebookread" or "grep" or "glob" or "ls" or "list_directory" or "search":
                var paths = Paths("file_path", "path", "notebook_path");
                return ask with { ToolClass = ToolClass.Read, Paths = paths, Title = $"{tool}: {input.Text("pattern") ?? paths.FirstOrDefault() ?? directory}" };
            case "webfetch" or "web_fetch" or "fetch" or "websearch" or "web_search" or "http":
                var url = input.Text("url");
                return ask with
                {
                    ToolClass = ToolClass.Network,
                    Hosts = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? [uri.Host] : [],
                    Title = $"{tool}: {url ?? input.Text("query")}",
                };
            case "task" or "agent":
                return ask with { ToolClass = ToolClass.SubAgent, Title = $"{tool}: {input.Text("description")}" };
            default:
                return ask with { Title = ask.Title.Length > 0 ? ask.Title : tool };
        }
    }

    private static string Diff(JsonElement input)
    {
        var after = input.Text("content") ?? input.Text("new_string") ?? input.Text("new_source") ?? input.Text("file_text") ?? "";
        return UnifiedDiff.Of(input.Text("old_string") ?? "", after, hasPlace: false);
    }
}
