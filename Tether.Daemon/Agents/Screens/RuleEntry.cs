using System.Text.Json;
using System.Text.RegularExpressions;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Screens;

/// <summary>One rule as a file has it: the rule, or only its id when the file takes it away, or what is wrong with it.</summary>
internal readonly record struct RuleEntry(string Id, ScreenRule? Rule, string? Problem)
{
    private const int MostPattern = 2000;

    private static readonly Dictionary<string, AgentState> States = new()
    {
        ["unknown"] = AgentState.Unknown,
        ["starting"] = AgentState.Starting,
        ["working"] = AgentState.Working,
        ["needs-approval"] = AgentState.NeedsApproval,
        ["needs-answer"] = AgentState.NeedsAnswer,
        ["waiting"] = AgentState.Waiting,
        ["done"] = AgentState.Done,
        ["limit"] = AgentState.LimitReached,
        ["login"] = AgentState.LoginNeeded,
        ["failed"] = AgentState.Failed,
    };

    private static readonly string[] Members = ["id", "state", "priority", "region", "all", "any", "not", "detail", "until", "off"];

    /// <summary>A state by its name on the wire, as rules and people write it.</summary>
    public static bool TryParseState(string text, out AgentState state) => States.TryGetValue(text, out state);

    /// <summary>The name of a state on the wire.</summary>
    public static string NameOf(AgentState state) => States.FirstOrDefault(pair => pair.Value == state).Key ?? state.ToString().ToLowerInvariant();

    public static RuleEntry Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Bad("", "a rule must be an object");
        }

        var id = Text(json, "id");
        if (string.IsNullOrWhiteSpace(id))
        {
            return Bad("", "a rule wants an \"id\"");
        }

        if (json.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Members.Contains(name)) is { } strange)
        {
            return Bad(id, $"\"{strange}\" is not understood; there are {string.Join(", ", Members)}");
        }

        return json.TryGetProperty("off", out var off) && off.ValueKind == JsonValueKind.True ? new RuleEntry(id, null, null) : ParseRule(id, json);
    }

    /// <summary>A pattern; null, and why, when it cannot be matched in linear time or is none. Lines count: `^` and `$` are their ends.</summary>
    public static Regex? Compile(string pattern, out string? problem)
    {
        problem = pattern.Length is 0 or > MostPattern ? $"wants a pattern of 1–{MostPattern} characters" : null;
        if (problem is not null)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            problem = $"is no pattern that can be matched in linear time: {e.Message}";
            return null;
        }
    }

    private static RuleEntry ParseRule(string id, JsonElement json)
    {
        if (!States.TryGetValue(Text(json, "state") ?? "", out var state))
        {
            return Bad(id, $"wants a \"state\": {string.Join(", ", States.Keys)}");
        }

        if (!ScreenRegion.TryParse(Text(json, "region") ?? "", out var region))
        {
            return Bad(id, "wants a \"region\": all, bottom:N, after-rule, turn, cursor:N, title or notification");
        }

        string? problem = null;
        var rule = new ScreenRule
        {
            Id = id,
            State = state,
            Priority = json.TryGetProperty("priority", out var priority) && priority.TryGetInt32(out var number) ? number : 0,
            Region = region,
            All = Patterns(json, "all", ref problem),
            Any = Patterns(json, "any", ref problem),
            Not = Patterns(json, "not", ref problem),
            Detail = Pattern(json, "detail", ref problem),
            Until = Pattern(json, "until", ref problem),
        };
        problem ??= rule.All.Length + rule.Any.Length == 0 ? "wants a pattern in \"all\" or \"any\"" : null;
        return problem is null ? new RuleEntry(id, rule, null) : Bad(id, problem);
    }

    private static Regex[] Patterns(JsonElement json, string member, ref string? problem)
    {
        if (!json.TryGetProperty(member, out var list))
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            problem ??= $"\"{member}\" must be a list of patterns";
            return [];
        }

        var patterns = new List<Regex>();
        foreach (var item in list.EnumerateArray())
        {
            Add(patterns, item.GetString()!, member, ref problem);
        }

        return [.. patterns];
    }

    private static Regex? Pattern(JsonElement json, string member, ref string? problem)
    {
        var patterns = new List<Regex>();
        if (Text(json, member) is { } text)
        {
            Add(patterns, text, member, ref problem);
        }

        return patterns.FirstOrDefault();
    }

    private static void Add(List<Regex> patterns, string text, string member, ref string? problem)
    {
        if (Compile(text, out var why) is { } pattern)
        {
            patterns.Add(pattern);
        }
        else
        {
            problem ??= $"\"{member}\" {why}";
        }
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static RuleEntry Bad(string id, string problem) => new(id, null, id.Length == 0 ? problem : $"\"{id}\" {problem}");
}
