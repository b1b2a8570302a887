using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tether.Daemon.External;

/// <summary>Writes the JSON object of an event.</summary>
internal static class EventData
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Time as the API tells it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="members">Writes the members.</param>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    /// <summary>What somebody said to the agent; null when he only interrupted it.</summary>
    public static ReadOnlyMemory<byte> Input(string? text, string by, string surface, DateTimeOffset at) => Of(json =>
    {
        if (text is not null)
        {
            json.WriteString("text", text);
        }

        json.WriteString("by", by);
        json.WriteString("surface", surface);
        json.WriteString("timestamp", Time(at));
    });
}
