using System.Text.Json;

namespace Tether.Tui.Commands;

/// <summary>What can stand behind `tether run`, for completion and checks. The daemon has the say.</summary>
internal static class ProviderNames
{
    public const string Shell = "shell";

    /// <summary>The built-in ones that are programs to be installed.</summary>
    public static readonly string[] Agents = ["codex", "claude", "opencode", "pi", "gemini"];

    /// <summary>The names in providers.json; none when there is no such file.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static string[] OfFile(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var document = JsonDocument.Parse(
            File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Select(entry => entry.Name)]
            : throw new JsonException("the file must hold an object: { \"name\": { \"command\": [\"program\"] } }");
    }
}
