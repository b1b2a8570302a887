using System.Text;
using System.Text.Json;

namespace Tether.Daemon.Agents.Screens;

/// <summary>
/// A file of rules for one agent's screen:
/// <code>
/// { "schema": 1, "agent": "claude", "versions": "2.1.197–2.1.329", "turn": "^❯ \\S",
///   "rules": [ { "id": "approval", "state": "needs-approval", "priority": 90, "region": "bottom:20", "all": ["…"], "any": [], "not": [], "detail": "…", "until": "…" } ] }
/// </code>
/// `"off": true` beside an `id` takes a built-in rule away. Rules are read one by one: a bad one leaves the others.
/// </summary>
internal sealed class RuleFile
{
    public const int Schema = 1;

    private const int MostBytes = 1 << 20;
    private const int MostRules = 500;

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _name;
    private readonly byte[] _json;
    private readonly bool _isChecked;
    private readonly List<ScreenRule> _rules = [];
    private readonly List<string> _off = [];
    private readonly List<string> _problems = [];

    private RuleFile(string name, byte[] json, bool isChecked)
    {
        _name = name;
        _json = json;
        _isChecked = isChecked;
    }

    public string Agent { get; private set; } = "";

    public string Versions { get; private set; } = "";

    public ScreenPattern? Turn { get; private set; }

    public IReadOnlyList<ScreenRule> Rules => _rules;

    /// <summary>Ids of the built-in rules that do not hold.</summary>
    public IReadOnlyList<string> Off => _off;

    /// <summary>What is wrong with it, each with file and line.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <param name="name">Of the file, for <see cref="Problems"/>.</param>
    /// <param name="json">Its content, UTF-8.</param>
    /// <param name="isChecked">Its patterns are known to be good; see <see cref="ScreenPattern.Compile"/>.</param>
    public static RuleFile Read(string name, byte[] json, bool isChecked = false)
    {
        var file = new RuleFile(name, json, isChecked);
        if (json.Length > MostBytes)
        {
            file.Report(1, $"{json.Length} bytes; at most {MostBytes} are read");
            return file;
        }

        try
        {
            file.ReadMembers();
        }
        catch (JsonException e)
        {
            file.Report((int)(e.LineNumber ?? 0) + 1, "is no JSON from here on; what stands before it counts");
        }

        return file;
    }

    private void ReadMembers()
    {
        var start = _json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(_json.AsSpan(start), Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Report(1, "must be an object: { \"schema\": 1, \"rules\": [ … ] }");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            var line = LineAt(start + (int)reader.TokenStartIndex);
            reader.Read();
            if (member == "rules" && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadRules(ref reader, start);
            }
            else
            {
                Take(member!, JsonElement.ParseValue(ref reader), line);
            }
        }

        // Reports what stands behind the end.
        reader.Read();
    }

    private void Take(string member, JsonElement value, int line)
    {
        switch (member)
        {
            case "schema" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var schema):
                if (schema != Schema)
                {
                    Report(line, $"schema {schema}; this daemon reads {Schema}");
                }

                break;
            case "agent" when value.ValueKind == JsonValueKind.String: Agent = value.GetString()!; break;
            case "versions" when value.ValueKind == JsonValueKind.String: Versions = value.GetString()!; break;
            case "turn" when value.ValueKind == JsonValueKind.String:
                Turn = ScreenPattern.Compile(value.GetString()!, _isChecked, out var problem);
                if (problem is not null)
                {
                    Report(line, $"\"turn\" {problem}");
                }

                break;
            default: Report(line, $"\"{member}\" is not understood; there are schema, agent, versions, turn and rules"); break;
        }
    }

    private void ReadRules(ref Utf8JsonReader reader, int start)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var line = LineAt(start + (int)reader.TokenStartIndex);
            var entry = RuleEntry.Parse(JsonElement.ParseValue(ref reader), _isChecked);
            if (entry.Problem is { } problem)
            {
                Report(line, problem);
            }
            else if (entry.Rule is null)
            {
                _off.Add(entry.Id);
            }
            else if (_rules.Count == MostRules || _rules.Exists(rule => rule.Id == entry.Id))
            {
                Report(line, _rules.Count == MostRules ? $"more than {MostRules} rules" : $"\"{entry.Id}\" stands here a second time; the first one counts");
            }
            else
            {
                _rules.Add(entry.Rule);
            }
        }
    }

    private int LineAt(int index) => 1 + _json.AsSpan(0, index).Count((byte)'\n');

    private void Report(int line, string problem) => _problems.Add($"{_name}:{line}: {problem}");
}
