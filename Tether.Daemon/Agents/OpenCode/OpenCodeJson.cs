using System.Text.Json;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>What opencode sends is read leniently: what is missing or of another kind counts as not told.</summary>
internal static class OpenCodeJson
{
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool Flag(this JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;

    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>Undefined when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The texts of a list; empty when it is none.</summary>
    public static string[] Texts(this JsonElement element, string name) => [.. element.Items(name)
        .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name).List();

    public static IEnumerable<JsonElement> List(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
