using System.Text.Json.Nodes;

namespace Tether.Testing.Models;

/// <summary>One of the APIs that agents speak to a model.</summary>
internal abstract class ModelApi
{
    /// <summary>Null for a path that is none of theirs.</summary>
    public static ModelApi? For(string path) => path switch
    {
        _ when path.EndsWith("/responses", StringComparison.Ordinal) => new ResponsesApi(),
        _ when path.EndsWith("/messages", StringComparison.Ordinal) => new MessagesApi(),
        _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => new ChatApi(),
        _ => null,
    };

    public abstract IReadOnlyList<OfferedTool> Tools(JsonObject body);

    public abstract IReadOnlyList<Turn> Turns(JsonObject body);

    public abstract Task Stream(JsonObject body, ScriptStep step, EventStream events);

    public abstract JsonObject Whole(JsonObject body, ScriptStep step);

    protected static string Text(JsonObject node, string name) => node[name]?.GetValue<string>() ?? "";

    protected static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray ?? []).OfType<JsonObject>();

    protected static string[] Properties(JsonNode? schema) => schema?["properties"] is JsonObject properties ? [.. properties.Select(pair => pair.Key)] : [];

    /// <summary>The text of a content, which is a string or a list of parts.</summary>
    protected static string ContentText(JsonNode? content) => content switch
    {
        JsonValue value => value.GetValue<string>(),
        JsonArray parts => string.Join('\n', Objects(parts).Select(part => part["text"]?.ToString() ?? "")),
        _ => "",
    };
}
