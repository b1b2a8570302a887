using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Screens;

/// <summary>One rule as a file has it: the rule, or only its id when the file takes it away, or what is wrong with it.</summary>
internal readonly record struct RuleEntry(string Id, ScreenRule? Rule, string? Problem)
{
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

    /// <param name="isChecked">See <see cref="ScreenPattern.Compile"/>.</param>
    public static RuleEntry Parse(JsonElement json, bool isChecked)
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

        return json.TryGetProperty("off", out var off) && off.ValueKind == JsonValueKind.True ? new RuleEntry(id, null, null) : ParseRule(id, json, isChecked);
    }

    private static RuleEntry ParseRule(string id, JsonElement json, bool isChecked)
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
            All = Patterns(json, "all", isChecked, ref problem),
            Any = Patterns(json, "any", isChecked, ref problem),
            Not = Patterns(json, "not", isChecked, ref problem),
            Detail = Pattern(json, "detail", isChecked, ref problem),
            Until = Pattern(json, "until", isChecked, ref problem),
        };
        problem ??= rule.All.Length + rule.Any.Length == 0 ? "wants a pattern in \"all\" or \"any\"" : null;
        return problem is null ? new RuleEntry(id, rule, null) : Bad(id, problem);
    }

    private static ScreenPattern[] Patterns(JsonElement json, string member, bool isChecked, ref string? problem)
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

        var patterns = new List<ScreenPattern>();
        foreach (var item in list.EnumerateArray())
        {
            Add(patterns, item.GetString()!, member, isChecked, ref problem);
        }

        return [.. patterns];
    }

    private static ScreenPattern? Pattern(JsonElement json, string member, bool isChecked, ref string? problem)
    {
        var patterns = new List<ScreenPattern>();
        if (Text(json, member) is { } text)
        {
            Add(patterns, text, member, isChecked, ref problem);
        }

        return patterns.FirstOrDefault();
    }

    private static void Add(List<ScreenPattern> patterns, string text, string member, bool isChecked, ref string? problem)
    {
        if (ScreenPattern.Compile(text, isChecked, out var why) is { } pattern)
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
