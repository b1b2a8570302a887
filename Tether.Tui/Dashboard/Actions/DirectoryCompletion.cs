namespace Tether.Tui.Dashboard.Actions;

/// <summary>Directories as they are typed in a field.</summary>
internal static class DirectoryCompletion
{
    /// <summary>`~` is the home directory.</summary>
    public static string Expand(string typed) =>
        typed is "~" || typed.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + typed[1..]
            : typed;

    /// <summary>As far as all directories go that begin so; the only one with a `/` behind it. Null for none.</summary>
    public static string? Complete(string typed)
    {
        var slash = typed.LastIndexOf('/');
        if (slash < 0)
        {
            return typed == "~" ? "~/" : null;
        }

        var (parent, start) = (typed[..(slash + 1)], typed[(slash + 1)..]);
        try
        {
            var names = Directory.EnumerateDirectories(Expand(parent))
                .Select(path => Path.GetFileName(path)!)
                .Where(name => name.StartsWith(start, StringComparison.Ordinal) && (start.Length > 0 || !name.StartsWith('.')))
                .Order(StringComparer.Ordinal)
                .ToList();
            return names switch
            {
                [] => null,
                [var only] => $"{parent}{only}/",
                [var first, .., var last] => parent + first[..first.AsSpan().CommonPrefixLength(last)],
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
