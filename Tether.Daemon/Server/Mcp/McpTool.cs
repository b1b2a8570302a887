using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Server.Api;

namespace Tether.Daemon.Server.Mcp;

/// <summary>One tool: what clients are told of it, and what it does.</summary>
internal sealed record McpTool
{
    /// <summary>As `send_output`.</summary>
    public required string Name { get; init; }

    /// <summary>For the model that may call it: what it does, when to use it, and what it returns.</summary>
    public required string Description { get; init; }

    /// <summary>What the caller's token must be good for; who may not call it is not told of it.</summary>
    public required ApiScope Scope { get; init; }

    public required McpParameter[] Parameters { get; init; }

    /// <summary>It changes nothing.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>It may end or take away something.</summary>
    public bool IsDestructive { get; init; }

    public required Func<McpCall, Task<JsonObject>> Call { get; init; }

    /// <summary>The parameters as JSON Schema.</summary>
    public JsonElement Schema()
    {
        var properties = new JsonObject();
        foreach (var parameter in Parameters)
        {
            properties.Add(parameter.Name, parameter.Schema());
        }

        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Parameters.Where(parameter => parameter.IsRequired).Select(parameter => (JsonNode)parameter.Name)]),
            ["additionalProperties"] = false,
        };
        return JsonSerializer.SerializeToElement(schema, McpJson.Default.JsonObject);
    }
}

/// <summary>A parameter of a tool.</summary>
/// <param name="Name">As `session_id`.</param>
/// <param name="Type">A type of JSON Schema; `string[]` for an array of strings.</param>
/// <param name="Text">What it means.</param>
/// <param name="IsRequired">The tool cannot do without.</param>
internal sealed record McpParameter(string Name, string Type, string Text, bool IsRequired = false)
{
    /// <summary>The only values there are; empty for any.</summary>
    public string[] Values { get; init; } = [];

    public double? Least { get; init; }

    public double? Most { get; init; }

    public JsonObject Schema()
    {
        var isArray = Type.EndsWith("[]", StringComparison.Ordinal);
        var schema = new JsonObject { ["type"] = isArray ? "array" : Type, ["description"] = Text };
        if (isArray)
        {
            schema["items"] = new JsonObject { ["type"] = Type[..^2] };
        }

        if (Values.Length > 0)
        {
            schema["enum"] = new JsonArray([.. Values.Select(value => (JsonNode)value)]);
        }

        if (Least is { } least)
        {
            schema["minimum"] = least;
        }

        if (Most is { } most)
        {
            schema["maximum"] = most;
        }

        return schema;
    }
}
