using System.Text;
using System.Text.Json;

namespace Tether.Daemon.Agents;

/// <summary>
/// providers.json, the person's own providers:
/// <code>{ "htop": { "command": "htop" }, "any": { "command": ["env"], "arguments": true, "description": "…" } }</code>
/// Entries are read one by one, so that a bad one, or a broken end of the file, leaves the good ones before it.
/// </summary>
internal sealed class ProvidersFile
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _path;
    private readonly byte[] _json;
    private readonly List<Provider> _providers = [];
    private readonly List<string> _warnings = [];

    private ProvidersFile(string path, byte[] json)
    {
        _path = path;
        _json = json;
    }

    public static (IReadOnlyList<Provider> Providers, IReadOnlyList<string> Warnings) Read(string path, byte[] json)
    {
        var file = new ProvidersFile(path, json);
        file.ReadEntries();
        return (file._providers, file._warnings);
    }

    private void ReadEntries()
    {
        var start = _json.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(_json.AsSpan(start), Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                Warn(1, "must be an object: { \"name\": { \"command\": [\"program\"] } }");
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                var line = LineAt(start + (int)reader.TokenStartIndex);
                reader.Read();
                Add(line, name, ProviderEntry.Parse(name, JsonElement.ParseValue(ref reader)));
            }

            // Reports what stands behind the end.
            reader.Read();
        }
        catch (JsonException e)
        {
            Warn((int)(e.LineNumber ?? 0) + 1, "is no JSON from here on; the entries before it count");
        }
    }

    private void Add(int line, string name, ProviderEntry entry)
    {
        if (entry.Problem is { } problem)
        {
            Warn(line, $"\"{name}\" {problem}");
        }
        else if (_providers.RemoveAll(provider => provider.Name == name) > 0)
        {
            Warn(line, $"\"{name}\" stands here a second time; this one counts");
        }

        if (entry.Provider is { } provider)
        {
            _providers.Add(provider);
        }
    }

    private int LineAt(int index) => 1 + _json.AsSpan(0, index).Count((byte)'\n');

    private void Warn(int line, string problem) => _warnings.Add($"{_path}:{line}: {problem}");
}
