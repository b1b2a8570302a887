using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>Makes requests from an OpenAPI document: right ones, wrong ones and nonsense.</summary>
internal sealed class FuzzedRequests(JsonObject document, Random random, string session)
{
    private const int Deepest = 5;

    private static readonly string[] Strange =
    [
        "", " ", "..", ".", "../../etc/passwd", "%2e%2e", "%00", "%ff", "%zz", "a%2fb", "\u0000", "\ud83e\udd16", "null", "-1", "0", "99999999999999999999", "1e400", "true", "{}", "[]", "'; --",
        "<script>", "{{7*7}}", "/etc", "~", "~/..", "C:\\x", "admin", "shell", "observe", "control", "json", "2026-01-01T00:00:00Z", "bypass", "allow", "\u202e", new('a', 3000),
    ];

    // What streams has no end that could be waited for.
    private readonly (string Path, string Method, JsonObject Operation)[] _operations =
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (path.Key, method.Key, method.Value!.AsObject())))
            .Where(each => !each.Item3["responses"]!.ToJsonString().Contains("text/event-stream", StringComparison.Ordinal)),
    ];

    public (string Method, string Path, string? Body, string Type) Next()
    {
        var (path, method, operation) = Pick(_operations);
        foreach (var parameter in operation["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "path"))
        {
            path = path.Replace($"{{{(string)parameter!["name"]!}}}", random.Next(2) == 0 ? session : Escaped(Pick(Strange)), StringComparison.Ordinal);
        }

        var query = operation["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "query" && random.Next(2) == 0)
            .Select(parameter => $"{(string)parameter!["name"]!}={Escaped(QueryValue(parameter))}").ToList();
        if (random.Next(10) == 0)
        {
            query.AddRange(query);
        }

        var target = path + (query.Count > 0 ? "?" + string.Join('&', query) : "");
        var asked = random.Next(20) == 0 ? Pick(["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "PURGE"]) : method.ToUpperInvariant();
        var body = operation["requestBody"] is { } wanted ? Body(wanted["content"]!["application/json"]!["schema"]!) : random.Next(10) == 0 ? "{}" : null;
        return (asked, target, asked is "GET" or "HEAD" ? null : body, random.Next(20) == 0 ? "text/plain" : "application/json");
    }

    private string QueryValue(JsonNode parameter) => (string?)parameter["name"] == "wait" ? $"{random.Next(-1, 2)}" : (string?)parameter["schema"]!["type"] switch
    {
        "integer" when random.Next(2) == 0 => $"{random.Next(-2, 300)}",
        "boolean" when random.Next(2) == 0 => Pick(["true", "false", "0", "1"]),
        _ => Pick(Strange),
    };

    private string Body(JsonNode schema) => random.Next(12) switch
    {
        0 => Noise(),
        1 => Pick(["", "null", "[]", "7", "\"x\"", "{", "{\"a\":", "{\"\\ud800\":1}", "{\"name\":\"\\ud800\"}", new string('[', 200), "{\"command\":\"sh\"}"]),
        2 => Cut((Value(schema, 0)?.ToJsonString()) ?? "null"),
        _ => Value(schema, 0)?.ToJsonString() ?? "null",
    };

    private JsonNode? Value(JsonNode? schema, int depth)
    {
        if (schema is not JsonObject shape || depth > Deepest || random.Next(25) == 0)
        {
            return Pick<Func<JsonNode?>>([() => null, () => 7, () => Pick(Strange), () => new JsonArray(null, 1), () => new JsonObject { ["x"] = null }, () => true, () => 1e300])();
        }

        if ((string?)shape["$ref"] is { } reference)
        {
            JsonNode? place = document;
            foreach (var step in reference[2..].Split('/'))
            {
                place = place is JsonArray items ? items[int.Parse(step)] : place?[step];
            }

            return Value(place, depth + 1);
        }

        if (shape["enum"] is JsonArray names)
        {
            return names[random.Next(names.Count)]?.DeepClone();
        }

        var type = shape["type"] switch
        {
            JsonArray types => (string?)types[random.Next(types.Count)],
            JsonValue one => (string)one!,
            _ => "string",
        };
        switch (type)
        {
            case "object":
                var made = new JsonObject();
                foreach (var (name, member) in shape["properties"]?.AsObject() ?? [])
                {
                    if (random.Next(2) == 0 || (shape["required"] is JsonArray required && required.Any(each => (string?)each == name) && random.Next(15) != 0))
                    {
                        made[name] = Value(member, depth + 1);
                    }
                }

                return made;
            case "array": return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(shape["items"], depth + 1))]);
            case "integer": return random.Next(4) == 0 ? long.MaxValue : random.Next(-3, 5000);
            case "number": return random.Next(4) == 0 ? -1e308 : random.NextDouble() * 100;
            case "boolean": return random.Next(2) == 0;
            case "null": return null;
            default: return random.Next(3) == 0 ? session : Pick(Strange);
        }
    }

    private string Noise() => new([.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => (char)random.Next(1, 0x2ff))]);

    private string Cut(string text) => text[..random.Next(text.Length)];

    private string Escaped(string text) => random.Next(3) == 0 && text.All(c => c is > ' ' and < '\x7f' and not '?' and not '#') ? text : Uri.EscapeDataString(text);

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
