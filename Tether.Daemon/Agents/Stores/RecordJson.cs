using System.Text;
using System.Text.Json;

namespace Tether.Daemon.Agents.Stores;

/// <summary>JSON that another program wrote: whatever is missing or of another kind than expected is simply not there.</summary>
internal static class RecordJson
{
    /// <summary>Null when the line is no JSON object. Bytes that are no UTF-8 become replacement characters.</summary>
    public static JsonDocument? Parse(ReadOnlySpan<byte> line)
    {
        var bytes = line.ToArray();
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
        }

        try
        {
            var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member of an object; of kind undefined when there is none.</summary>
    public static JsonElement Of(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A member that is a text; null when there is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Of(name).AsText();

    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped.
            return element.GetRawText();
        }
    }

    public static bool Is(this JsonElement element, string name, string value) => element.Text(name) == value;

    public static bool IsTrue(this JsonElement element, string name) => element.Of(name).ValueKind == JsonValueKind.True;

    /// <summary>A member that is a time: as ISO 8601 text or as milliseconds since 1970.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name)
    {
        var value = element.Of(name);
        return value.ValueKind switch
        {
            JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => time.ToUniversalTime(),
            JsonValueKind.Number when value.TryGetInt64(out var milliseconds) => FromMilliseconds(milliseconds),
            _ => null,
        };
    }

    public static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds is > 0 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    /// <summary>The items of an array; none when it is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : (IEnumerable<JsonElement>)[];
}
