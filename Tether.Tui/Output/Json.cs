using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tether.Protocol.Wire;
using Tether.Tui.Terminal;

namespace Tether.Tui.Output;

/// <summary>Indented JSON on standard output.</summary>
internal static class Json
{
    public static void Print<T>(T value, JsonTypeInfo<T> type) => StandardStreams.PrintLine(Text(value, type));

    /// <summary>Without the number of the request that a reply answers: it says nothing to whoever reads it here.</summary>
    public static string Text<T>(T value, JsonTypeInfo<T> type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            if (value is Reply && JsonSerializer.SerializeToNode(value, type) is JsonObject reply)
            {
                reply.Remove("re");
                reply.WriteTo(writer);
            }
            else
            {
                JsonSerializer.Serialize(writer, value, type);
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
