namespace Tether.Daemon.Approvals.Facts;

/// <summary>Works out what a path in a command leads to: `~`, `.`, `..`, and the symbolic links that there are now.</summary>
internal sealed class PathResolver(string home)
{
    // As the kernel does.
    private const int MostLinks = 40;

    private const int MostParts = 256;

    public string Home { get; } = home.Length > 0 ? home : "/";

    /// <summary>Absolute, by the text alone.</summary>
    public string Lexical(string directory, string path, bool isTilde = false) => Path.GetFullPath(Expand(directory, path, isTilde));

    /// <summary>Absolute, with all links followed; what does not exist is taken as it is named. Null when that cannot be told.</summary>
    public string? Real(string directory, string path, bool isTilde = false)
    {
        try
        {
            return Follow(Expand(directory, path, isTilde));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>As <see cref="Real"/>, but the last name is not followed when it is a link.</summary>
    public string? Entry(string directory, string path, bool isTilde = false)
    {
        var whole = Expand(directory, path, isTilde).TrimEnd('/');
        var name = Path.GetFileName(whole);
        return name is "" or "." or ".." || path.EndsWith('/') ? Real(directory, path, isTilde)
            : Real("/", whole[..^name.Length]) is { } folder ? Path.Combine(folder, name)
            : null;
    }

    /// <summary>True when a path is a folder or lies below it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        folder = folder.Length > 1 ? folder.TrimEnd('/') : folder;
        return folder is "" or "/" || path == folder || (path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == '/');
    }

    private string Expand(string directory, string path, bool isTilde) => isTilde ? Path.Combine(Home, path[1..].TrimStart('/')) : Path.Combine(directory, path);

    private static string? Follow(string path)
    {
        var waiting = new Stack<string>();
        Push(waiting, path);
        var real = "/";
        var links = 0;
        var parts = 0;
        while (waiting.TryPop(out var part))
        {
            if (++parts > MostParts)
            {
                return null;
            }

            if (part is "" or ".")
            {
                continue;
            }

            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = Path.Combine(real, part);

            // What is in there depends on who looks.
            var target = real == "/" && part == "proc" ? null : new FileInfo(next).LinkTarget;
            if (next == "/proc")
            {
                return Path.GetFullPath(Path.Combine([next, .. waiting]));
            }

            if (target is null)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            real = target.StartsWith('/') ? "/" : real;
            Push(waiting, target);
        }

        return real;
    }

    private static void Push(Stack<string> waiting, string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            waiting.Push(part);
        }
    }
}
