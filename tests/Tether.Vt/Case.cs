using System.Text.Json;

namespace Tether.Vt;

/// <summary>One conformance case: a size, and input as base64 or as steps ["w", base64], ["r", columns, rows].</summary>
internal sealed class Case(JsonElement json)
{
    public JsonElement Json => json;

    public string Name => json.GetProperty("name").GetString()!;

    public int Columns => Number("cols", 80);

    public int Rows => Number("rows", 24);

    public int Scrollback => Number("scrollback", 1000);

    /// <summary>Bytes fed at a time; 0 for all at once.</summary>
    public int Chunk => Number("chunk", 0);

    public byte[] Input => Text("input") is { } text ? Convert.FromBase64String(text) : [];

    public IEnumerable<JsonElement> Steps => json.TryGetProperty("steps", out JsonElement steps) ? steps.EnumerateArray() : [];

    public bool HasSteps => json.TryGetProperty("steps", out _);

    private int Number(string name, int fallback) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : fallback;

    private string? Text(string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
