using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tether.Tui.Terminal;

namespace Tether.Tui.Output;

/// <summary>Indented JSON on standard output.</summary>
internal static class Json
{
    public static void Print<T>(T value, JsonTypeInfo<T> type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        StandardStreams.PrintLine(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
