using System.Globalization;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Reads what git prints for programs.</summary>
internal static class GitText
{
    private const int MostFiles = 1000;

    /// <summary>What `status --porcelain=v2 --branch -z` tells: everything but remote URL, last commit and worktree.</summary>
    public static GitState ReadStatus(string text)
    {
        string? branch = null, upstream = null;
        int ahead = 0, behind = 0, staged = 0, unstaged = 0, untracked = 0;
        var files = new List<GitFile>();
        var entries = text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            if (entry.StartsWith("# branch.head ", StringComparison.Ordinal))
            {
                branch = entry["# branch.head ".Length..] is var name and not "(detached)" ? name : null;
            }
            else if (entry.StartsWith("# branch.upstream ", StringComparison.Ordinal))
            {
                upstream = entry["# branch.upstream ".Length..];
            }
            else if (entry.StartsWith("# branch.ab ", StringComparison.Ordinal) && entry.Split(' ') is [_, _, var more, var less])
            {
                ahead = int.Parse(more, CultureInfo.InvariantCulture);
                behind = -int.Parse(less, CultureInfo.InvariantCulture);
            }
            else if (entry.StartsWith("? ", StringComparison.Ordinal))
            {
                untracked++;
                Add(entry[2..], "untracked", false);
            }
            else if (entry is ['1' or '2' or 'u', ' ', var index, var tree, ..])
            {
                // 1 XY sub mH mI mW hH hI path · 2 … Xscore path, and the old path as an entry of its own · u XY sub m1 m2 m3 mW h1 h2 h3 path
                var path = entry.Split(' ', entry[0] switch { '1' => 9, '2' => 10, _ => 11 })[^1];
                i += entry[0] == '2' ? 1 : 0;
                staged += index != '.' ? 1 : 0;
                unstaged += tree != '.' ? 1 : 0;
                Add(path, StatusOf(index != '.' ? index : tree), index != '.' && entry[0] != 'u');
            }
        }

        return new GitState
        {
            Branch = branch,
            RemoteUrl = null,
            RemoteBranch = upstream,
            Ahead = ahead,
            Behind = behind,
            Dirty = staged + unstaged + untracked > 0,
            ChangedFiles = [.. files],
            StagedCount = staged,
            UnstagedCount = unstaged,
            UntrackedCount = untracked,
            LastCommit = null,
            IsWorktree = false,
        };

        void Add(string path, string status, bool isStaged)
        {
            if (files.Count < MostFiles)
            {
                files.Add(new GitFile { Path = path, Status = status, Staged = isStaged });
            }
        }
    }

    /// <summary>Commits as <see cref="CommitFormat"/> prints them.</summary>
    public static GitCommit[] ReadCommits(string text) =>
    [
        .. text.Split('\x1e', StringSplitOptions.RemoveEmptyEntries).Select(record => record.Trim('\n').Split('\x1f')).Where(fields => fields.Length == 4)
            .Select(fields => new GitCommit { Hash = fields[0], Author = fields[1], Timestamp = fields[2], Message = fields[3] }),
    ];

    public const string CommitFormat = "--format=%x1e%H%x1f%an%x1f%aI%x1f%s";

    /// <summary>A patch by its files.</summary>
    public static DiffFile[] ReadPatch(string patch)
    {
        var files = new List<DiffFile>();
        for (var start = patch.StartsWith("diff --git ", StringComparison.Ordinal) ? 0 : -1; start >= 0;)
        {
            var next = patch.IndexOf("\ndiff --git ", start, StringComparison.Ordinal);
            var part = next < 0 ? patch[start..] : patch[start..(next + 1)];
            var lines = part.Split('\n');
            files.Add(new DiffFile { Path = PathOf(lines), Hunks = lines.Count(line => line.StartsWith("@@ ", StringComparison.Ordinal)), Patch = part });
            start = next < 0 ? -1 : next + 1;
        }

        return [.. files];
    }

    /// <summary>A remote's URL without who logs in there.</summary>
    public static string? WithoutUser(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var at = scheme < 0 ? -1 : url.IndexOf('@', scheme + 3);
        var slash = scheme < 0 ? -1 : url.IndexOf('/', scheme + 3);
        return url.Length == 0 ? null : at > 0 && (slash < 0 || at < slash) ? url[..(scheme + 3)] + url[(at + 1)..] : url;
    }

    private static string PathOf(string[] lines)
    {
        foreach (var begin in (string[])["+++ b/", "--- a/", "rename to "])
        {
            if (Array.Find(lines, line => line.StartsWith(begin, StringComparison.Ordinal)) is { } line)
            {
                return line[begin.Length..].TrimEnd('\t');
            }
        }

        var head = lines[0]["diff --git ".Length..];
        return head.IndexOf(" b/", StringComparison.Ordinal) is var second and > 0 ? head[(second + 3)..] : head;
    }

    private static string StatusOf(char code) => code switch
    {
        'A' => "added",
        'D' => "deleted",
        'R' or 'C' => "renamed",
        _ => "modified",
    };
}
