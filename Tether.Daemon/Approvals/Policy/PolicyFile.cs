using System.Text;
using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>
/// policy.json, the person's own rules, with comments:
/// <code>{ "rules": [ { "verdict": "deny", "commands": ["git push --force"], "note": "…" } ] }</code>
/// Entries are read one by one. One that is broken is left out and reported; if it may have asked or denied, or the file's end cannot be read,
/// <see cref="Hold"/> says so and nothing is allowed unasked until it is mended.
/// </summary>
internal sealed class PolicyFile
{
    private const string Shape = "{ \"rules\": [ { \"verdict\": \"allow\", \"commands\": [\"git status\"] } ] }";

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _path;
    private readonly byte[] _json;
    private readonly List<CompiledRule> _rules = [];
    private readonly List<string> _warnings = [];

    private PolicyFile(string path, byte[] json)
    {
        _path = path;
        _json = json;
    }

    public IReadOnlyList<CompiledRule> Rules => _rules;

    /// <summary>As `file:line: what, what is allowed`.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Why nothing may be allowed unasked; null when all that may ask or deny was understood.</summary>
    public string? Hold { get; private set; }

    /// <param name="path">For warnings and the rules' origin.</param>
    /// <param name="json">The file's bytes.</param>
    public static PolicyFile Read(string path, byte[] json)
    {
        var file = new PolicyFile(path, json);
        file.ReadAll();
        return file;
    }

    /// <summary>One that could not be read at all.</summary>
    public static PolicyFile Unreadable(string path, string problem)
    {
        var file = new PolicyFile(path, []);
        file.Broken(1, problem);
        return file;
    }

    private void ReadAll()
    {
        var start = _json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(_json.AsSpan(start), Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Broken(1, $"must be an object: {Shape}");
                return;
            }

            var hasRules = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var line = LineAt(start + (int)reader.TokenStartIndex);
                var name = reader.GetString();
                reader.Read();
                if (name != "rules" || hasRules || reader.TokenType != JsonTokenType.StartArray)
                {
                    Broken(line, name != "rules" ? $"\"{name}\" is not known; the file is {Shape}" : hasRules ? "\"rules\" stands here a second time" : $"\"rules\" must be an array: {Shape}");
                    reader.Skip();
                    continue;
                }

                hasRules = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    line = LineAt(start + (int)reader.TokenStartIndex);
                    Add(line, JsonElement.ParseValue(ref reader));
                }
            }

            // Reports what stands behind the end.
            reader.Read();
        }
        catch (JsonException e)
        {
            Broken((int)(e.LineNumber ?? 0) + 1, "is no JSON from here on");
        }
    }

    private void Add(int line, JsonElement entry)
    {
        var parsed = PolicyEntry.Parse(entry, $"{Path.GetFileName(_path)}:{line}");
        if (parsed.Rule is { } rule)
        {
            if (_rules.Any(other => other.Rule.Id == rule.Rule.Id))
            {
                Warn(line, $"the rule \"{rule.Rule.Id}\" stands here a second time; both count");
            }

            _rules.Add(rule);
        }
        else if (parsed.MayRestrict)
        {
            Broken(line, parsed.Problem);
        }
        else
        {
            Warn(line, parsed.Problem + "; it is left out");
        }
    }

    private void Broken(int line, string problem)
    {
        Warn(line, problem + "; nothing is allowed unasked until it is mended");
        Hold ??= $"{_path}:{line} {problem}";
    }

    private int LineAt(int index) => 1 + _json.AsSpan(0, index).Count((byte)'\n');

    private void Warn(int line, string problem) => _warnings.Add($"{_path}:{line}: {problem}");
}
