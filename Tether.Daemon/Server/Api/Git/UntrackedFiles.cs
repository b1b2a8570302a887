using System.Text;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Shows files that git does not know yet as a patch would.</summary>
internal static class UntrackedFiles
{
    private const int MostFiles = 200, MostBytes = 256 << 10;

    /// <summary>The patches of as many files as fit.</summary>
    /// <param name="root">The repository's root.</param>
    /// <param name="paths">Below it.</param>
    /// <param name="room">How many characters there may be in all.</param>
    /// <param name="isWhole">False when some were left out or cut.</param>
    public static string Patches(string root, string[] paths, int room, out bool isWhole)
    {
        var text = new StringBuilder();
        isWhole = paths.Length <= MostFiles;
        foreach (var path in paths.Take(MostFiles))
        {
            var patch = Patch(Path.Combine(root, path), path, out var isCut);
            isWhole &= !isCut;
            if (text.Length + patch.Length > room)
            {
                isWhole = false;
                break;
            }

            text.Append(patch);
        }

        return text.ToString();
    }

    private static string Patch(string file, string path, out bool isCut)
    {
        isCut = false;
        try
        {
            var info = new FileInfo(file);
            var head = $"diff --git a/{path} b/{path}\nnew file mode {(info.LinkTarget is null ? "100644" : "120000")}\n";
            if (info.LinkTarget is { } target)
            {
                // Where it points to is what git keeps of it, and not for us to open.
                return $"{head}--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+{target}\n\\ No newline at end of file\n";
            }

            if (!info.Exists)
            {
                isCut = true;
                return "";
            }

            if ((info.Attributes & (FileAttributes.Device | FileAttributes.Directory)) != 0 || info.Length == 0)
            {
                return head;
            }

            using var stream = new FileStream(file, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            var bytes = new byte[Math.Min(info.Length, MostBytes)];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            isCut = info.Length > length;
            return bytes.AsSpan(0, length).Contains((byte)0) ? $"{head}Binary files /dev/null and b/{path} differ\n" : head + Added(path, Encoding.UTF8.GetString(bytes, 0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone meanwhile, or is not for us.
            isCut = true;
            return "";
        }
    }

    private static string Added(string path, string text)
    {
        var isComplete = text.EndsWith('\n');
        var lines = (isComplete ? text[..^1] : text).Split('\n');
        return $"--- /dev/null\n+++ b/{path}\n@@ -0,0 +1,{lines.Length} @@\n+{string.Join("\n+", lines)}\n{(isComplete ? "" : "\\ No newline at end of file\n")}";
    }
}
