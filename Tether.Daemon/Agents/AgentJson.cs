using System.Text.Json;

namespace Tether.Daemon.Agents;

/// <summary>Reading what agents say, which may lack anything.</summary>
internal static class AgentJson
{
    /// <summary>Null when it is not there or no text.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool Flag(this JsonElement json, string name) => json.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>`Undefined` when it is not there.</summary>
    public static JsonElement Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The elements of an array; none when it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static string[] Texts(this JsonElement json, string name) =>
        [.. json.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
