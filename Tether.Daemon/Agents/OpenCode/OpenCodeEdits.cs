using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>The changes of files that a permission of opencode is about, from its `metadata`: `filepath` and `diff`, or `files` for several at once.</summary>
internal static class OpenCodeEdits
{
    private const int MaxDiff = 256 * 1024;

    public static FileEdit[] Read(JsonElement metadata, string directory)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (metadata.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0)
        {
            return [.. files.EnumerateArray()
                .Where(file => file.ValueKind == JsonValueKind.Object && file.Text("filePath") is not null)
                .Select(file => Edit(file.Text("filePath")!, file.Text("patch") ?? file.Text("diff") ?? "", directory))];
        }

        return metadata.Text("filepath") is { } path && metadata.Text("diff") is { } diff ? [Edit(path, diff, directory)] : [];
    }

    private static FileEdit Edit(string path, string diff, string directory)
    {
        var hunks = Hunks(diff);
        return new FileEdit
        {
            Path = Path.GetFullPath(path, directory),
            Diff = hunks.Length <= MaxDiff ? hunks : hunks[..hunks.LastIndexOf('\n', MaxDiff)] + "\n… cut: the whole change is in the agent's own prompt",
            IsNew = hunks.StartsWith("@@ -0,0 ", StringComparison.Ordinal),
            IsDeletion = hunks.StartsWith("@@", StringComparison.Ordinal) && hunks.Split('\n', 2)[0].Contains(" +0,0 @@", StringComparison.Ordinal),
        };
    }

    // Before the first hunk stand `Index:`, a rule and the names.
    private static string Hunks(string diff)
    {
        var start = diff.StartsWith("@@", StringComparison.Ordinal) ? 0 : diff.IndexOf("\n@@", StringComparison.Ordinal) + 1;
        return start > 0 || diff.StartsWith("@@", StringComparison.Ordinal) ? diff[start..].TrimEnd('\n') : "";
    }
}
