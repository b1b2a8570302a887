using System.Text.Json;
using Tether.Daemon.Server.Api;

namespace Tether.Daemon.Server.Mcp;

/// <summary>One call of a tool: its arguments, checked against the tool's parameters, and who calls.</summary>
internal sealed class McpCall
{
    private readonly McpTool _tool;
    private readonly Dictionary<string, JsonElement> _arguments;

    /// <exception cref="ApiError">An argument is missing, unknown, of another type or out of its bounds.</exception>
    public McpCall(McpTool tool, IDictionary<string, JsonElement>? arguments, ApiCaller caller, Func<double, string, Task> progress, CancellationToken stop)
    {
        (_tool, Caller, Progress, Stop) = (tool, caller, progress, stop);

        // A model writes null where it means nothing.
        _arguments = (arguments ?? new Dictionary<string, JsonElement>()).Where(pair => pair.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)).ToDictionary(StringComparer.Ordinal);
        foreach (var name in _arguments.Keys.Where(name => !Array.Exists(tool.Parameters, parameter => parameter.Name == name)))
        {
            throw ApiError.Invalid($"{tool.Name} has no parameter “{name}”: it takes {string.Join(", ", tool.Parameters.Select(parameter => parameter.Name))}");
        }

        foreach (var parameter in tool.Parameters)
        {
            Check(parameter);
        }
    }

    public ApiCaller Caller { get; }

    /// <summary>The client has taken the call back, or is gone.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Tells a client that asked for it how far the call is: seconds that have passed, and what it waits for.</summary>
    public Func<double, string, Task> Progress { get; }

    public string Text(string name) => _arguments[name].GetString()!;

    public string? TextOrNull(string name) => _arguments.TryGetValue(name, out var value) ? value.GetString() : null;

    public double Number(string name, double standard) => _arguments.TryGetValue(name, out var value) ? value.GetDouble() : standard;

    public bool Flag(string name, bool standard = false) => _arguments.TryGetValue(name, out var value) ? value.GetBoolean() : standard;

    public string[]? Texts(string name) => _arguments.TryGetValue(name, out var value) ? [.. value.EnumerateArray().Select(one => one.GetString()!)] : null;

    public JsonElement? Element(string name) => _arguments.TryGetValue(name, out var value) ? value : null;

    private void Check(McpParameter parameter)
    {
        if (!_arguments.TryGetValue(parameter.Name, out var value))
        {
            if (parameter.IsRequired)
            {
                throw ApiError.Invalid($"{_tool.Name} wants {parameter.Name}: {parameter.Text}");
            }

            return;
        }

        var fits = parameter.Type switch
        {
            "string" => value.ValueKind == JsonValueKind.String && (parameter.Values.Length == 0 || parameter.Values.Contains(value.GetString())),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) && IsWithin(parameter, whole),
            "number" => value.ValueKind == JsonValueKind.Number && IsWithin(parameter, value.GetDouble()),
            "object" => value.ValueKind == JsonValueKind.Object,
            _ => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String),
        };
        if (!fits)
        {
            throw ApiError.Invalid($"{parameter.Name}: {Shortened(value)} is not {Wanted(parameter)} ({parameter.Text})");
        }
    }

    private static bool IsWithin(McpParameter parameter, double value) => !(value < parameter.Least) && !(value > parameter.Most);

    private static string Wanted(McpParameter parameter) => parameter switch
    {
        { Values.Length: > 0 } => $"one of {string.Join(", ", parameter.Values)}",
        { Least: { } least, Most: { } most } => $"a number from {least} to {most}",
        { Least: { } least } => $"{(parameter.Type == "integer" ? "an" : "a")} {parameter.Type} from {least}",
        { Type: "string[]" } => "an array of strings",
        { Type: "object" or "integer" } => $"an {parameter.Type}",
        _ => $"a {parameter.Type}",
    };

    private static string Shortened(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
}
