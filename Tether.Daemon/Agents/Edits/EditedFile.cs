using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Edits;

/// <summary>What an edit would make of a file, worked out from the file as it is on disk.</summary>
internal static class EditedFile
{
    private const int MaxBytes = 4 << 20;

    /// <summary>The whole file is written.</summary>
    public static FileEdit Write(string path, string content)
    {
        var before = Read(path);
        return new FileEdit { Path = path, IsNew = before is null && !File.Exists(path), Diff = UnifiedDiff.Of(before ?? "", content) };
    }

    /// <summary>Texts in it are replaced, one after the other.</summary>
    public static FileEdit Replace(string path, IReadOnlyList<(string Old, string New, bool All)> replacements)
    {
        var before = Read(path);
        var after = before ?? "";
        foreach (var (old, @new, all) in replacements)
        {
            // An agent creates a file by replacing nothing.
            var at = old.Length == 0 && after.Length == 0 ? 0 : old.Length == 0 ? -1 : after.IndexOf(old, StringComparison.Ordinal);
            if (at < 0)
            {
                // The file is not as the agent believes: what it wants, without a place.
                return new FileEdit { Path = path, Diff = string.Concat(replacements.Select(one => UnifiedDiff.Of(one.Old, one.New, hasPlace: false))) };
            }

            after = all && old.Length > 0 ? after.Replace(old, @new, StringComparison.Ordinal) : string.Concat(after.AsSpan(0, at), @new, after.AsSpan(at + old.Length));
        }

        return new FileEdit { Path = path, IsNew = before is null && !File.Exists(path), Diff = UnifiedDiff.Of(before ?? "", after) };
    }

    // Null when there is none that can be shown.
    private static string? Read(string path)
    {
        try
        {
            // A pipe or device has no length, and reading it might never end.
            var file = new FileInfo(path);
            return !file.Exists || file.Length > MaxBytes ? null : file.Length == 0 ? "" : File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
