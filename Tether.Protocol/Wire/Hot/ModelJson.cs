using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>
/// What is stored of sessions, as JSON in the shape that <see cref="WireJson"/> gives it, written and read by hand for the reason that <see cref="HotEncoder"/> gives.
/// What is found written in another way <see cref="WireJson"/> reads. All that reads throws <see cref="JsonException"/>.
/// </summary>
public static class ModelJson
{
    private delegate T? Reader<T>(ref JsonCursor json);

    /// <summary>UTF-8.</summary>
    public static byte[] Encode(SessionRecord session) => SessionWriter.Members(new JsonText(), session).Finish();

    public static string Text(AgentStatus status) => Encoding.UTF8.GetString(SessionWriter.Members(new JsonText(), status).Finish());

    public static string Text(ExternalAgent agent) => Encoding.UTF8.GetString(SessionWriter.Members(new JsonText(), agent).Finish());

    public static string Text(string[] strings) => Encoding.UTF8.GetString(JsonText.Array(strings));

    public static SessionRecord? DecodeSession(ReadOnlySpan<byte> utf8) => Decode(utf8, SessionReader.Read, WireJson.Default.SessionRecord);

    public static AgentStatus? ParseStatus(string text) => Decode(Encoding.UTF8.GetBytes(text), StatusReader.Read, WireJson.Default.AgentStatus);

    public static ExternalAgent? ParseExternal(string text) => Decode(Encoding.UTF8.GetBytes(text), SessionReader.External, WireJson.Default.ExternalAgent);

    public static string[] ParseStrings(string text) => Decode(Encoding.UTF8.GetBytes(text), (ref JsonCursor json) => json.Strings(), WireJson.Default.StringArray) ?? [];

    private static T? Decode<T>(ReadOnlySpan<byte> utf8, Reader<T> read, JsonTypeInfo<T> otherwise)
        where T : class
    {
        try
        {
            var json = new JsonCursor(utf8);
            if (read(ref json) is { } value)
            {
                json.End();
                return value;
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            // Written in another way.
        }

        return JsonSerializer.Deserialize(utf8, otherwise);
    }
}
