using System.Text;
using System.Text.Json;
using Tether.Daemon.Agents.Edits;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>What a Codex app-server (0.169) asks of its clients, as it stands in the queue.</summary>
internal static class CodexRequest
{
    /// <summary>The offer that runs what is alike for as long as this Codex lives, or for ever where Codex keeps a rule of it.</summary>
    public const string Always = "agent";

    /// <summary>The method that asks whether files may be changed.</summary>
    public const string FileChange = "item/fileChange/requestApproval";

    private const string KeyStart = "codex ";

    /// <summary>Names a request within its session: the server numbers them.</summary>
    public static string Key(string thread, JsonElement id) => $"{KeyStart}{thread} {id.GetRawText()}";

    public static bool IsKey(string key) => key.StartsWith(KeyStart, StringComparison.Ordinal);

    /// <param name="message">A request with `method`, `id` and `params`.</param>
    /// <param name="session">Ours.</param>
    /// <param name="subAgent">Which of Codex' own agents asks; null for the main one.</param>
    /// <param name="item">What was told before of the item that it is about; undefined when nothing was.</param>
    /// <returns>Null for a request that is not for people, or that lacks what it needs.</returns>
    public static Ask? Read(JsonElement message, SessionRecord session, string? subAgent, JsonElement item)
    {
        var asked = message.Member("params");
        if (asked.Text("threadId") is not { } thread || message.Member("id").ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
        {
            return null;
        }

        var ask = new Ask
        {
            Session = session.Id,
            Key = Key(thread, message.Member("id")),
            Kind = QueueKind.Approval,
            Title = "",
            SubAgent = subAgent,
            Directory = asked.Text("cwd") is ['/', ..] and var cwd ? cwd : session.Directory,
            Detail = asked.Text("reason") ?? "",
            Way = AnswerWay.Protocol,
            TakesReason = true,
            Correlation = asked.Text("itemId") ?? "",
        };
        return message.Text("method") switch
        {
            "item/commandExecution/requestApproval" => Command(asked, ask),
            FileChange => Change(asked, ask, item),
            "item/permissions/requestApproval" => Permissions(asked, ask),
            "item/tool/requestUserInput" => Questions(asked, ask),
            "mcpServer/elicitation/request" => CodexElicitation.Read(asked, ask),
            _ => null,
        };
    }

    /// <summary>The command within `/bin/bash -lc '…'`, by which Codex runs all of them; any other text as it is.</summary>
    internal static string Unwrap(string command)
    {
        foreach (var flag in (string[])[" -lc ", " -c "])
        {
            var at = command.IndexOf(flag, StringComparison.Ordinal);
            if (at > 0 && command[..at].Split('/')[^1] is "bash" or "sh" or "zsh" or "dash" && Unquote(command[(at + flag.Length)..]) is { } inner)
            {
                return inner;
            }
        }

        return command;
    }

    private static Ask Command(JsonElement asked, Ask ask)
    {
        if (asked.Member("networkApprovalContext").Text("host") is { } host)
        {
            return ask with { Tool = "network", ToolClass = ToolClass.Network, Hosts = [host], Title = $"network: {host}", AgentAlways = [new AlwaysOffer { Id = Always, Text = $"{host}, until codex ends" }] };
        }

        var command = Unwrap(asked.Text("command") ?? "");
        var isInput = asked.Text("kind") == "writeStdin";
        var amendment = asked.Texts("proposedExecpolicyAmendment");
        return ask with
        {
            Tool = isInput ? "write_stdin" : "Bash",
            ToolClass = ToolClass.Command,
            Command = command,
            Title = $"{(isInput ? "input to" : "Bash:")} {command.Split('\n')[0]}",
            AgentAlways = amendment.Length > 0 ? [new AlwaysOffer { Id = Always, Text = $"commands that start with `{string.Join(' ', amendment)}`, for ever (a rule of codex)" }] : [],
        };
    }

    private static Ask Change(JsonElement asked, Ask ask, JsonElement item)
    {
        FileEdit[] edits = [.. item.Items("changes").SelectMany(change => Edits(change, ask.Directory!))];
        var root = asked.Text("grantRoot");
        return ask with
        {
            Tool = "apply_patch",
            ToolClass = ToolClass.Edit,
            Edits = edits,
            Paths = root is ['/', ..] ? [root] : [],
            Title = $"apply_patch: {(edits.Length > 0 ? string.Join(", ", edits.Select(edit => Path.GetRelativePath(ask.Directory!, edit.Path))) : root ?? "files")}",
            AgentAlways = [new AlwaysOffer { Id = Always, Text = "changes of these files, until codex ends" }],
        };
    }

    // An added file's diff is its text, and so is a deleted one's.
    private static IEnumerable<FileEdit> Edits(JsonElement change, string directory)
    {
        if (change.Text("path") is not { Length: > 0 } named)
        {
            yield break;
        }

        var path = Path.GetFullPath(named, directory);
        var diff = change.Text("diff") ?? "";
        var kind = change.Member("kind");
        yield return kind.Text("type") switch
        {
            "add" => new FileEdit { Path = path, IsNew = true, Diff = UnifiedDiff.Of("", diff) },
            "delete" => new FileEdit { Path = path, IsDeletion = true, Diff = UnifiedDiff.Of(diff, "") },
            _ => new FileEdit { Path = path, Diff = diff.Length <= UnifiedDiff.MaxLength ? diff : diff[..UnifiedDiff.MaxLength] + "\n… (cut)\n" },
        };
        if (kind.Text("move_path") is { Length: > 0 } moved)
        {
            yield return new FileEdit { Path = Path.GetFullPath(moved, directory), IsNew = true };
        }
    }

    private static Ask Permissions(JsonElement asked, Ask ask)
    {
        var wanted = asked.Member("permissions");
        var files = wanted.Member("fileSystem");
        var entries = files.Items("entries").Select(entry => (Access: entry.Text("access") ?? "", Path: entry.Member("path").Text("path") ?? entry.Member("path").Text("pattern") ?? entry.Member("path").Member("value").Text("kind") ?? ""))
            .Concat(files.Texts("read").Select(path => (Access: "read", Path: path)))
            .Concat(files.Texts("write").Select(path => (Access: "write", Path: path)))
            .ToArray();
        var hasNetwork = wanted.Member("network").Flag("enabled");
        string[] all = [.. entries.Select(entry => $"{entry.Access} {entry.Path}"), .. hasNetwork ? ["the network"] : Array.Empty<string>()];
        return ask with
        {
            Tool = "permissions",
            ToolClass = hasNetwork && entries.Length == 0 ? ToolClass.Network : ToolClass.Other,
            Paths = [.. entries.Where(entry => entry.Path.StartsWith('/')).Select(entry => entry.Path).Distinct()],
            Input = wanted.ValueKind == JsonValueKind.Object ? wanted.GetRawText() : null,
            Title = $"permissions: {string.Join(", ", all)}",
            AgentAlways = [new AlwaysOffer { Id = Always, Text = $"{string.Join(", ", all)}, until codex ends" }],
        };
    }

    private static Ask? Questions(JsonElement asked, Ask ask)
    {
        QueueQuestion[] questions = [.. asked.Items("questions").Select(question => new QueueQuestion
        {
            Text = question.Text("question") ?? "",
            Header = question.Text("header") ?? "",
            Options = [.. question.Items("options").Select(option => new QueueOption { Label = option.Text("label") ?? "", Description = option.Text("description") ?? "" })],
            FreeText = question.Flag("isOther") || !question.Items("options").Any(),
        })];
        return questions.Length == 0 || asked.Items("questions").Any(question => question.Flag("isSecret")) ? null : ask with
        {
            Kind = QueueKind.Question,
            Tool = "request_user_input",
            ToolClass = ToolClass.Question,
            Questions = questions,
            TakesReason = false,
            Title = questions.Length == 1 ? questions[0].Text : $"{questions[0].Text} (and {questions.Length - 1} more)",
        };
    }

    // One word of a shell, whole: quoted with ' or ", or bare. Null for several words.
    private static string? Unquote(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\'':
                    var end = text.IndexOf('\'', i + 1);
                    if (end < 0)
                    {
                        return null;
                    }

                    word.Append(text, i + 1, end - i - 1);
                    i = end;
                    break;
                case '"':
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' or '$' or '`' ? 1 : 0;
                        word.Append(text[i]);
                    }

                    if (i == text.Length)
                    {
                        return null;
                    }

                    break;
                case '\\' when i + 1 < text.Length:
                    word.Append(text[++i]);
                    break;
                case ' ' or '\t' or '\n':
                    return null;
                default:
                    word.Append(text[i]);
                    break;
            }
        }

        return word.ToString();
    }
}
