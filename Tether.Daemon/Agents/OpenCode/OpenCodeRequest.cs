using System.Text.Json;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>Permissions and questions of opencode as the queue takes them. A permission's key is its own id (`per_…`), a question's too (`que_…`).</summary>
internal static class OpenCodeRequest
{
    /// <summary>What opencode itself offers to remember; see <see cref="QueueAnswer.Always"/>.</summary>
    public const string Always = "agent";

    public const string PermissionKey = "per_", QuestionKey = "que_";

    public static bool IsKey(string key) => key.StartsWith(PermissionKey, StringComparison.Ordinal) || key.StartsWith(QuestionKey, StringComparison.Ordinal);

    /// <param name="request">As GET /permission lists it and `permission.asked` tells it.</param>
    /// <param name="session">Ours.</param>
    /// <param name="subAgent">Who asks, when it is none of the person's own sessions.</param>
    /// <returns>Null when it has no id.</returns>
    public static Ask? Permission(JsonElement request, SessionRecord session, string? subAgent)
    {
        if (request.Text("id") is not { } id || request.Text("permission") is not { } tool)
        {
            return null;
        }

        var metadata = request.Member("metadata");
        var patterns = request.Texts("patterns");
        var command = tool == "bash" ? metadata.Text("command") ?? string.Join('\n', patterns) : null;
        var edits = OpenCodeEdits.Read(metadata, session.Directory);
        var url = metadata.Text("url");
        var what = command ?? url ?? (edits.Length > 0 ? string.Join(", ", edits.Select(edit => Below(session.Directory, edit.Path))) : string.Join(", ", patterns));
        var toolClass = ClassOf(tool);
        return new Ask
        {
            Session = session.Id,
            Key = id,
            Kind = QueueKind.Approval,
            Title = $"{tool}: {what.Split('\n')[0]}",
            SubAgent = subAgent,
            Tool = tool,
            ToolClass = toolClass,
            Command = command,
            Detail = Detail(tool, metadata, patterns),
            Edits = edits,
            Input = command is null && edits.Length == 0 && metadata.ValueKind == JsonValueKind.Object ? metadata.GetRawText() : null,
            Paths = PathsOf(tool, metadata, patterns, session.Directory),
            Hosts = url is not null && Uri.TryCreate(url, UriKind.Absolute, out var address) ? [address.Host] : [],
            Way = AnswerWay.Protocol,
            TakesReason = true,
            AgentAlways = request.Texts("always") is { Length: > 0 } always
                ? [new AlwaysOffer { Id = Always, Text = $"{tool} {string.Join(", ", always)}, until opencode ends" }]
                : [],
            Correlation = request.Member("tool").Text("callID") ?? "",
        };
    }

    /// <param name="request">As GET /question lists it and `question.asked` tells it.</param>
    /// <param name="session">Ours.</param>
    /// <param name="subAgent">As for <see cref="Permission"/>.</param>
    /// <returns>Null when it has no id or asks nothing.</returns>
    public static Ask? Question(JsonElement request, SessionRecord session, string? subAgent)
    {
        QueueQuestion[] questions = [.. request.Items("questions").Select(Question)];
        return request.Text("id") is not { } id || questions.Length == 0 ? null : new Ask
        {
            Session = session.Id,
            Key = id,
            Kind = QueueKind.Question,
            Title = questions.Length == 1 ? questions[0].Text : $"{questions[0].Text} (and {questions.Length - 1} more)",
            SubAgent = subAgent,
            Tool = "question",
            ToolClass = ToolClass.Question,
            Questions = questions,
            Way = AnswerWay.Protocol,
            Correlation = request.Member("tool").Text("callID") ?? "",
        };
    }

    private static QueueQuestion Question(JsonElement question) => new()
    {
        Text = question.Text("question") ?? "",
        Header = question.Text("header") ?? "",
        Options = [.. question.Items("options")
            .Select(option => new QueueOption { Label = option.Text("label") ?? "", Description = option.Text("description") ?? "" })],
        Multiple = question.Flag("multiple"),

        // Unless it says otherwise, opencode has a line to type into below the options.
        FreeText = question.Member("custom").ValueKind != JsonValueKind.False,
    };

    private static ToolClass ClassOf(string tool) => tool switch
    {
        "bash" => ToolClass.Command,
        "edit" or "write" or "patch" or "apply_patch" or "multiedit" => ToolClass.Edit,
        "read" or "glob" or "grep" or "list" or "lsp" => ToolClass.Read,
        "webfetch" or "websearch" or "codesearch" => ToolClass.Network,
        "task" => ToolClass.SubAgent,
        "question" => ToolClass.Question,
        "plan_exit" or "plan_enter" => ToolClass.Plan,
        _ => ToolClass.Other,
    };

    private static string Detail(string tool, JsonElement metadata, string[] patterns) => tool switch
    {
        "task" => metadata.Text("description") ?? "",
        "doom_loop" => "The same call was made three times in a row.",
        "external_directory" => metadata.Text("command") ?? metadata.Text("filepath") ?? "",
        "bash" when patterns.Length > 1 => string.Join('\n', patterns),
        _ => "",
    };

    private static string[] PathsOf(string tool, JsonElement metadata, string[] patterns, string directory)
    {
        IEnumerable<string> named = tool switch
        {
            "external_directory" => [metadata.Text("filepath") ?? "", .. patterns.Select(WithoutWildcard)],
            "read" => patterns.Where(pattern => !pattern.StartsWith("mcp:", StringComparison.Ordinal)),
            "glob" or "grep" => [metadata.Text("path") ?? ""],
            _ => [],
        };
        return [.. named.Where(path => path.Length > 0).Select(path => Path.GetFullPath(path, directory)).Distinct()];
    }

    private static string WithoutWildcard(string pattern) =>
        pattern.EndsWith("/*", StringComparison.Ordinal) ? pattern is "/*" ? "/" : pattern[..^2] : pattern;

    private static string Below(string directory, string path) =>
        path.StartsWith(directory + "/", StringComparison.Ordinal) ? path[(directory.Length + 1)..] : path;
}
