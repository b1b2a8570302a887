using System.Text.Json.Nodes;

namespace Tether.Daemon.Server.Mcp;

/// <summary>What goes to a model is bounded: more than it can use would cost its user, and hide what matters.</summary>
internal static class McpOutput
{
    /// <summary>Characters of one text.</summary>
    public const int MostCharacters = 32 * 1024;

    /// <summary>The end of a text that is too long, with a first line that says so.</summary>
    public static string Tail(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var start = text.Length - MostCharacters;
        start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        return $"[the first {start} characters are left out]\n{text[start..]}";
    }

    /// <summary>The beginning of a text that is too long, with a last line that says so.</summary>
    public static string Head(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return $"{text[..end]}\n[{text.Length - end} more characters are left out]";
    }

    /// <summary>A time as ISO 8601 in UTC.</summary>
    public static JsonNode? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
