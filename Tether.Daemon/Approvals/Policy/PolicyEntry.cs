using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>One entry of policy.json: the rule, or what is wrong with it.</summary>
internal sealed record PolicyEntry
{
    private const string Known = "verdict, id, agents, sessions, tags, directories, tools, classes, commands, paths, hosts, hours, uses, until, note";

    public CompiledRule? Rule { get; private init; }

    public string Problem { get; private init; } = "";

    /// <summary>It may have been meant to ask or to deny.</summary>
    public bool MayRestrict { get; private init; }

    public static PolicyEntry Parse(JsonElement entry, string origin)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return new PolicyEntry { Problem = "a rule must be an object", MayRestrict = true };
        }

        var verdicts = entry.EnumerateObject().Where(member => member.NameEquals("verdict")).ToArray();
        var mayRestrict = verdicts is not [{ Value: { ValueKind: JsonValueKind.String } only }] || only.GetString() != "allow";
        try
        {
            var rule = CompiledRule.Of(Read(entry, origin), out var problem);
            return new PolicyEntry { Rule = rule, Problem = problem, MayRestrict = mayRestrict };
        }
        catch (FormatException e)
        {
            return new PolicyEntry { Problem = e.Message, MayRestrict = mayRestrict };
        }
    }

    private static PolicyRule Read(JsonElement entry, string origin)
    {
        var seen = new HashSet<string>();
        var rule = new PolicyRule { Verdict = default, Origin = origin };
        foreach (var member in entry.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                throw new FormatException($"\"{member.Name}\" stands twice in one rule");
            }

            rule = With(rule, member.Name, member.Value);
        }

        if (!seen.Contains("verdict"))
        {
            throw new FormatException("a rule needs a \"verdict\": allow, ask or deny");
        }

        return rule.Id.Length > 0 ? rule : rule with { Id = IdOf(entry) };
    }

    private static PolicyRule With(PolicyRule rule, string name, JsonElement value) => name switch
    {
        "verdict" => rule with { Verdict = Verdict(value) },
        "id" => rule with { Id = Text(name, value) },
        "note" => rule with { Note = Text(name, value) },
        "hours" => rule with { Hours = Text(name, value) },
        "agents" => rule with { Agents = List(name, value) },
        "sessions" => rule with { Sessions = List(name, value) },
        "tags" => rule with { Tags = List(name, value) },
        "directories" => rule with { Directories = List(name, value) },
        "tools" => rule with { Tools = List(name, value) },
        "commands" => rule with { Commands = List(name, value) },
        "paths" => rule with { Paths = List(name, value) },
        "hosts" => rule with { Hosts = List(name, value) },
        "classes" => rule with { Classes = [.. List(name, value).Select(Class)] },
        "uses" => rule with { Uses = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var uses) ? uses : throw new FormatException("\"uses\" must be a whole number") },
        "until" => rule with { Until = Time(Text(name, value)) },
        _ => throw new FormatException($"\"{name}\" is not known; a rule has {Known}"),
    };

    private static PolicyVerdict Verdict(JsonElement value) => (value.ValueKind == JsonValueKind.String ? value.GetString() : null) switch
    {
        "allow" => PolicyVerdict.Allow,
        "ask" => PolicyVerdict.Ask,
        "deny" => PolicyVerdict.Deny,
        _ => throw new FormatException("\"verdict\" must be allow, ask or deny"),
    };

    private static ToolClass Class(string name) => name switch
    {
        "other" => ToolClass.Other,
        "command" => ToolClass.Command,
        "edit" => ToolClass.Edit,
        "read" => ToolClass.Read,
        "network" => ToolClass.Network,
        "question" => ToolClass.Question,
        "plan" => ToolClass.Plan,
        "sub-agent" => ToolClass.SubAgent,
        _ => throw new FormatException($"\"{name}\" is no class; they are command, edit, read, network, other"),
    };

    private static string Text(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"\"{name}\" must be a text");

    // An empty list would be no limit where the person meant the strictest one.
    private static string[] List(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(entry => entry.GetString()!)],
        _ => throw new FormatException($"\"{name}\" must be a text or a list of at least one"),
    };

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time.ToUniversalTime()
            : throw new FormatException($"\"{text}\" is no time; it is 2026-01-31T12:00:00Z");

    // The same rule has the same id wherever it stands in the file.
    private static string IdOf(JsonElement entry) => "p-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.GetRawText())).AsSpan(0, 5));
}
