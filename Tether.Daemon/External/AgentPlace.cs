using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;

namespace Tether.Daemon.External;

/// <summary>
/// Where an agent may say that it works: in the user's home, or where a session is that the user started. Of other places it would be told the branch, and whether they exist.
/// </summary>
internal static class AgentPlace
{
    /// <returns>The directory, canonical; the home for null.</returns>
    /// <exception cref="ApiError">It is none that exists there.</exception>
    public static string Check(string? directory, string home, SessionTable table)
    {
        if (directory is null)
        {
            return home;
        }

        if (!Path.IsPathFullyQualified(directory) || directory.Contains('\0') || directory.Length > 4096)
        {
            throw ApiError.Invalid("directory: an absolute path");
        }

        var real = Real(Path.GetFullPath(directory));
        return real is not null && Allowed(home, table).Any(root => IsBelow(real, root))
            ? real
            : throw ApiError.Invalid("directory: a folder in the home directory, or where another session runs");
    }

    private static IEnumerable<string> Allowed(string home, SessionTable table) =>
        table.Records.Where(record => record.External is null).Select(record => record.Directory).Prepend(home).Select(Real).OfType<string>();

    private static bool IsBelow(string path, string root) => path == root || path.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    // Links are followed, one component after the other; null where there is no folder.
    private static string? Real(string path)
    {
        const int MostLinks = 40;
        try
        {
            var links = 0;
            var real = "/";
            var rest = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
            while (rest.TryPop(out var name))
            {
                var next = name == ".." ? Path.GetDirectoryName(real) ?? "/" : name == "." ? real : Path.Combine(real, name);
                if (new DirectoryInfo(next) is { LinkTarget: { } target } && ++links <= MostLinks)
                {
                    real = target.StartsWith('/') ? "/" : real;
                    foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                    {
                        rest.Push(part);
                    }
                }
                else
                {
                    real = next;
                }
            }

            return Directory.Exists(real) ? real : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
