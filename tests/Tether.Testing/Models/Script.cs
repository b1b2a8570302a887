using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tether.Testing.Models;

/// <summary>
/// The directives in a prompt, and how far the conversation is in carrying them out. Calls are made one for each request, the next when the result of
/// the one before is there; after the last comes the text.
/// <code>
/// [[RUN cmd]]           a call of the agent's shell tool        [[THINK text]]       reasoning before the first answer
/// [[TOOL name {json}]]  a call of any tool                      [[SLEEP ms]]         wait before each answer
/// [[PATCH text]]        a call of apply_patch with a text       [[HOLD name]]        wait until ModelServer.Release(name)
/// [[AT-ONCE]]           all calls in one answer                 [[ERR status text]]  that HTTP status
/// [[SAY text]]          the final text                          [[STREAM n ms]]      n words, ms apart
/// [[MCP server tool {json}]]  a call of an MCP server's tool
/// </code>
/// In arguments `&lt;&lt;name&gt;&gt;` is what the last result had as the JSON member of that name.
/// </summary>
internal static partial class Script
{
    private static readonly string[] ShellTools = ["exec_command", "shell_command", "shell", "Bash", "bash"];

    /// <param name="tools">What the agent offers.</param>
    /// <param name="turns">The conversation, oldest first.</param>
    public static ScriptStep Next(IReadOnlyList<OfferedTool> tools, IReadOnlyList<Turn> turns)
    {
        var at = turns.Count - 1;
        while (at >= 0 && !(turns[at].Role == TurnRole.Person && Directive().IsMatch(turns[at].Text)))
        {
            at--;
        }

        // A request for a title quotes the prompt; what the prompt says is not for it.
        if (at < 0 || tools.Count == 0 || TitleRequest().IsMatch(turns[at].Text))
        {
            return new ScriptStep { Text = at < 0 ? "Nothing to do." : "A scripted task" };
        }

        var after = turns.Skip(at + 1).ToArray();
        var results = after.Where(turn => turn.Role == TurnRole.ToolResult).Select(turn => turn.Text).ToArray();
        var isOver = after.Any(turn => turn.Role == TurnRole.Person && turn.Text.Trim() is { Length: > 0 } text && !text.StartsWith('<'));
        return Step(tools, Directive().Matches(turns[at].Text), results, isOver);
    }

    private static ScriptStep Step(IReadOnlyList<OfferedTool> tools, MatchCollection directives, string[] results, bool isOver)
    {
        var calls = new List<ToolCall>();
        var step = new ScriptStep { Text = $"Done after {results.Length} results." };
        var isAtOnce = false;
        foreach (Match directive in directives)
        {
            var text = directive.Groups["text"].Value.TrimStart();
            var words = text.Split(' ', 2);
            switch (directive.Groups["name"].Value)
            {
                case "RUN": calls.Add(Shell(tools, text)); break;
                case "TOOL": calls.Add(new ToolCall(NewId(), words[0], (JsonObject)JsonNode.Parse(words[1])!)); break;
                case "MCP": calls.Add(Mcp(words[0], words[1].Split(' ', 2), results)); break;
                case "PATCH": calls.Add(new ToolCall(NewId(), "apply_patch", null, text.Replace("\\n", "\n", StringComparison.Ordinal))); break;
                case "AT-ONCE": isAtOnce = true; break;
                case "SAY": step = step with { Text = text }; break;
                case "THINK": step = step with { Thought = results.Length == 0 ? text : null }; break;
                case "SLEEP": step = step with { Wait = Milliseconds(text) }; break;
                case "HOLD": step = step with { Hold = text }; break;
                case "ERR": step = step with { Error = Number(words[0]), Text = words.Length > 1 ? words[1] : $"scripted error {words[0]}" }; break;
                case "STREAM":
                    step = step with { Text = string.Join(' ', Enumerable.Range(0, Number(words[0])).Select(i => $"word{i}")), WordPause = Milliseconds(words[1]) };
                    break;
            }
        }

        return isOver || results.Length >= calls.Count ? step : step with { Calls = isAtOnce ? [.. calls.Skip(results.Length)] : [calls[results.Length]] };
    }

    private static ToolCall Shell(IReadOnlyList<OfferedTool> tools, string command)
    {
        var tool = ShellTools.Select(name => tools.FirstOrDefault(tool => tool.Name == name)).FirstOrDefault(tool => tool is not null)
            ?? throw new InvalidOperationException($"the agent offers no shell among {string.Join(", ", tools.Select(tool => tool.Name))}");
        var arguments = new JsonObject { [tool.Properties.Contains("cmd") ? "cmd" : "command"] = command };
        if (tool.Properties.Contains("description"))
        {
            arguments["description"] = "Run a scripted command";
        }

        return new ToolCall(NewId(), tool.Name, arguments);
    }

    private static ToolCall Mcp(string server, string[] words, string[] results)
    {
        var arguments = Placeholder().Replace(words[1], placeholder => Found(placeholder.Groups["name"].Value, results));
        return new ToolCall(NewId(), words[0], (JsonObject)JsonNode.Parse(arguments)!, Server: server);
    }

    private static string Found(string member, string[] results) =>
        results.Reverse().Select(result => Regex.Match(result, $"\"{member}\":\"([^\"]*)\"")).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "";

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(Number(text));

    // The text ends at the first `]]` that no further bracket follows, so that JSON may end in an array.
    [GeneratedRegex(@"\[\[(?<name>RUN|TOOL|MCP|PATCH|SAY|THINK|SLEEP|HOLD|ERR|STREAM|AT-ONCE)(?<text>(?: .*?)?)\]\](?!\])", RegexOptions.Singleline)]
    private static partial Regex Directive();

    [GeneratedRegex("<<(?<name>[a-z_]+)>>")]
    private static partial Regex Placeholder();

    [GeneratedRegex("single-line task title|generate a (short )?title|title generator|conversation title", RegexOptions.IgnoreCase)]
    private static partial Regex TitleRequest();
}
