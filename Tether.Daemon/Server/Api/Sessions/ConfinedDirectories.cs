using Tether.Daemon.Sessions;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Sessions;

/// <summary>
/// Which directories clients that are not local may name: the user's home, those in which sessions were started before, the configured ones, and what lies below them, after every
/// symbolic link is followed. Of others nothing is told, not even whether they exist.
/// </summary>
/// <param name="table">For the directories of sessions.</param>
/// <param name="home">The user's home.</param>
/// <param name="configured">Further ones.</param>
internal sealed class ConfinedDirectories(SessionTable table, string home, IReadOnlyList<string> configured)
{
    private const int Longest = 4096, MostLinks = 40;

    /// <summary>The real path of what was given; it need not exist.</summary>
    /// <param name="given">Absolute, or `~` with what is below.</param>
    /// <exception cref="RequestError">It is no absolute path, or lies elsewhere.</exception>
    public string Confine(string given)
    {
        var real = Real(Absolute(given));
        return real is not null && Roots().Any(root => IsBelow(real, root)) ? real
            : throw new RequestError(ErrorCode.BadDirectory, "this directory lies neither in the home folder nor where a session was started before; TETHER_AGENT_DIRECTORIES allows more");
    }

    /// <summary>The path that was given, from the root on; nothing is looked up.</summary>
    /// <exception cref="RequestError">It is no absolute path.</exception>
    public string Absolute(string given)
    {
        var path = given == "~" ? home : given.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, given[2..]) : given;
        return path.Length is > 0 and <= Longest && Path.IsPathRooted(path) && !path.Any(char.IsControl) ? path
            : throw new RequestError(ErrorCode.BadDirectory, "a directory is an absolute path, or begins with ~/");
    }

    /// <summary>Every symbolic link followed and `.` and `..` taken out; null for too many links.</summary>
    public static string? Real(string path)
    {
        var waiting = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = "/";
        for (var links = 0; waiting.TryPop(out var name);)
        {
            if (name is "." or "..")
            {
                real = name == "." ? real : Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = Path.Combine(real, name);
            if (LinkOf(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            real = target.StartsWith('/') ? "/" : real;
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                waiting.Push(part);
            }
        }

        return real;
    }

    private IEnumerable<string> Roots() =>
        configured.Append(home).Where(root => root.Length > 1).Select(root => Real(root) ?? root).Concat(table.Records.Where(record => record.External is null && record.Directory.Length > 1).Select(record => Real(record.Directory) ?? record.Directory));

    private static bool IsBelow(string path, string root) => path == root || (path.StartsWith(root, StringComparison.Ordinal) && (root.EndsWith('/') || path[root.Length] == '/'));

    private static string? LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
