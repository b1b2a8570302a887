using System.Text.Json;

namespace Tether.Tui.Connection.Json;

/// <summary>Walks the members of one JSON object.</summary>
internal static class HotReader
{
    /// <summary>Goes to the next member's value. False at the object's end.</summary>
    public static bool Next(ref Utf8JsonReader reader, out string name)
    {
        name = "";
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        name = reader.GetString()!;
        return reader.Read();
    }

    /// <summary>Passes over a value; gives back what it was given, for use in expressions.</summary>
    public static int Skip(ref Utf8JsonReader reader, int unchanged)
    {
        reader.Skip();
        return unchanged;
    }
}
