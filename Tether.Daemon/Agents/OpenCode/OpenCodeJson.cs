using System.Text.Json;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>More of <see cref="AgentJson"/>.</summary>
internal static class OpenCodeJson
{
    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The elements of this array itself; none when it is no array.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
