namespace Tether.Daemon.Approvals;

/// <summary>The branch that is checked out in a folder, read from git's own file.</summary>
internal static class GitBranch
{
    private const string Prefix = "ref: refs/heads/";

    /// <summary>Null where there is none; the beginning of the commit's hash where HEAD is detached.</summary>
    public static string? Of(string directory)
    {
        try
        {
            for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                var git = Path.Combine(folder, ".git");
                if (Directory.Exists(git))
                {
                    return Head(git);
                }

                if (File.Exists(git) && File.ReadLines(git).FirstOrDefault() is { } line && line.StartsWith("gitdir: ", StringComparison.Ordinal))
                {
                    // A worktree or a submodule.
                    return Head(Path.GetFullPath(line["gitdir: ".Length..], folder));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // No git that could be read.
        }

        return null;
    }

    private static string? Head(string git)
    {
        var head = File.ReadLines(Path.Combine(git, "HEAD")).FirstOrDefault();
        return head is null ? null : head.StartsWith(Prefix, StringComparison.Ordinal) ? head[Prefix.Length..] : head[..Math.Min(8, head.Length)];
    }
}
