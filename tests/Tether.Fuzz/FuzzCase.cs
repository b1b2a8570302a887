using System.Text.Json;

namespace Tether.Fuzz;

/// <summary>A terminal's size and what happens to it. Written and read as a line of JSON, in the form that scripts/vt reads too.</summary>
public sealed record FuzzCase(string Name, int Columns, int Rows, int ScrollbackRows, IReadOnlyList<FuzzStep> Steps)
{
    /// <summary>All bytes, one after the other.</summary>
    public byte[] Bytes => [.. Steps.SelectMany(step => step.Bytes ?? [])];

    public static FuzzCase Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        int Number(string name, int fallback) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : fallback;
        List<FuzzStep> steps = [];
        if (json.TryGetProperty("steps", out JsonElement list))
        {
            steps.AddRange(list.EnumerateArray().Select(step => step[0].GetString() == "r"
                ? new FuzzStep(null, step[1].GetInt32(), step[2].GetInt32())
                : new FuzzStep(step[1].GetBytesFromBase64())));
        }
        else if (json.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.String && input.TryGetBytesFromBase64(out byte[]? bytes))
        {
            steps.Add(new FuzzStep(bytes));
        }

        string name = json.TryGetProperty("name", out JsonElement given) ? given.GetString() ?? "" : "";
        return new FuzzCase(name, Number("cols", 80), Number("rows", 24), Number("scrollback", 1000), steps);
    }

    public string ToJson() => JsonSerializer.Serialize(new
    {
        name = Name,
        cols = Columns,
        rows = Rows,
        scrollback = ScrollbackRows,
        steps = Steps.Select(step => step.Bytes is { } bytes ? new object[] { "w", Convert.ToBase64String(bytes) } : ["r", step.Columns, step.Rows]),
    });
}
