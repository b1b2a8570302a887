using Tether.Daemon.Approvals.Facts;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>A glob for files: `**` any depth, `*` and `?` within a name. `folder/**` is the folder, too.</summary>
internal sealed class PathPattern
{
    private readonly string[] _parts;

    private PathPattern(string[] parts) => _parts = parts;

    /// <summary>Folders before the first wildcard, absolute.</summary>
    public string Root => "/" + string.Join('/', _parts.TakeWhile(part => !HasWildcard(part)));

    /// <param name="glob">As the rule has it.</param>
    /// <param name="directory">Absolute, with links followed where the result is to be held against what is.</param>
    /// <param name="home">For `~`.</param>
    public static PathPattern Of(string glob, string directory, string home)
    {
        var absolute = glob is "~" or ['~', '/', ..] ? home + glob[1..] : glob.StartsWith('/') ? glob : directory.TrimEnd('/') + "/" + glob;
        var parts = new List<string>();
        foreach (var part in absolute.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return new PathPattern([.. parts]);
    }

    /// <summary>The same below another folder. <paramref name="from"/> is <see cref="Root"/> or above it.</summary>
    public PathPattern Rebased(string from, string to) => new([.. Split(to), .. _parts.Skip(Split(from).Length)]);

    public bool Fits(string path) => Fits(Split(path));

    /// <summary>True when something that fits may lie below a folder.</summary>
    public bool MayBeBelow(string folder)
    {
        var root = Root;
        return PathResolver.IsWithin(root, folder) || (_parts.Any(HasWildcard) && PathResolver.IsWithin(folder, root));
    }

    // Wildcards are tried in turn; each row of the table holds where the pattern may be after so many parts.
    private bool Fits(string[] path)
    {
        var reached = new bool[_parts.Length + 1];
        reached[0] = true;
        Spread(reached);
        foreach (var name in path)
        {
            var next = new bool[_parts.Length + 1];
            for (var i = 0; i < _parts.Length; i++)
            {
                if (reached[i])
                {
                    next[i] |= _parts[i] == "**";
                    next[i + 1] |= _parts[i] != "**" && NameFits(_parts[i], name);
                }
            }

            Spread(next);
            reached = next;
        }

        return reached[^1];
    }

    private void Spread(bool[] reached)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            reached[i + 1] |= reached[i] && _parts[i] == "**";
        }
    }

    private static bool NameFits(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]) && pattern[p] != '*')
            {
                p++;
                n++;
            }
            else if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool HasWildcard(string part) => part.Contains('*', StringComparison.Ordinal) || part.Contains('?', StringComparison.Ordinal);
}
