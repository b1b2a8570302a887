using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tether.Daemon.Agents.Stores;

/// <summary>What agents and programs wrote, made fit to be shown.</summary>
internal static partial class StoreText
{
    /// <summary>For titles and prompts in lists.</summary>
    public const int LongestLine = 200;

    private const int LongestText = 32 << 10;

    /// <summary>One line without controls, cut to <see cref="LongestLine"/> characters.</summary>
    public static string OneLine(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var line = new StringBuilder();
        foreach (var character in Escapes().Replace(Head(text, LongestLine * 8), ""))
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else
            {
                line.Append(character);
            }
        }

        var whole = line.ToString().TrimEnd();
        return whole.Length <= LongestLine ? whole : Head(whole, LongestLine - 1) + "…";
    }

    /// <summary>Lines without escape sequences and controls; what is too long is cut, and says by how much.</summary>
    public static string Clean(string text)
    {
        var left = text.Length - LongestText;
        var shown = left > 0 ? Head(text, LongestText) : text;
        if (shown.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || shown.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') >= 0)
        {
            shown = Controls().Replace(Escapes().Replace(shown.Replace("\r\n", "\n", StringComparison.Ordinal), ""), "");
        }

        return left > 0 ? $"{shown}\n… ({left} more characters)" : shown;
    }

    /// <summary>The text of a message's content: a text, or an array of parts of which some are texts.</summary>
    public static string Content(JsonElement content)
    {
        if (content.AsText() is { } text)
        {
            return text;
        }

        return string.Join('\n', content.Items().Select(Part).Where(part => part.Length > 0));
    }

    private static string Part(JsonElement part) => part.AsText() ?? part.Text("text") ?? part.Text("type") switch
    {
        null => "",
        var type when type.Contains("image", StringComparison.Ordinal) => "[image]",
        var type when type.Contains("document", StringComparison.Ordinal) || type.Contains("file", StringComparison.Ordinal) => $"[{part.Text("filename") ?? "file"}]",
        "tool_reference" => part.Text("tool_name") ?? "",
        _ => "",
    };

    private static string Head(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    [GeneratedRegex(@"\e\][^\a\e]{0,4096}(\a|\e\\)?|\e[\[\(\)#][0-?]*[ -/]*[@-~]?|\e[ -~]?", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f\x7f-\x9f]", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();
}
