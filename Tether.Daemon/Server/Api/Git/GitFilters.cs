namespace Tether.Daemon.Server.Api.Git;

/// <summary>Finds what a repository's own configuration names for git to run, and takes the filters of its files out of the way.</summary>
internal static class GitFilters
{
    private static readonly string[] Parts = ["clean", "smudge", "process"];

    /// <summary>How git is asked for them: scope and name in turn, each with a NUL behind it.</summary>
    public static string[] Question { get; } = ["config", "--show-scope", "--name-only", "-z", "--list"];

    /// <summary>Settings that turn the repository's own filters off. The person's stay: they are his own.</summary>
    /// <exception cref="ApiError">There are more settings than can be looked through.</exception>
    public static IReadOnlyList<(string Key, string Value)> Off(GitOutput names) =>
    [
        .. Own(names).Where(name => name.StartsWith("filter.", StringComparison.Ordinal)).Select(name => name[..(name.LastIndexOf('.') + 1)]).Distinct()
            .SelectMany(filter => Parts.Select(part => (filter + part, "")).Append((filter + "required", "false"))),
    ];

    /// <summary>The first setting by which the repository itself would have git run a program as it makes commits or goes to other repositories; null for none.</summary>
    /// <exception cref="ApiError">There are more settings than can be looked through.</exception>
    public static string? Program(GitOutput names) => Own(names).FirstOrDefault(name =>
        name.StartsWith("credential.", StringComparison.Ordinal) || name.StartsWith("gpg.", StringComparison.Ordinal)
        || name is "core.sshcommand" or "core.gitproxy" or "core.askpass"
        || (name.StartsWith("remote.", StringComparison.Ordinal) && name[(name.LastIndexOf('.') + 1)..] is "vcs" or "receivepack" or "uploadpack"));

    // The last part of a name, and the first, are in small letters; the middle is as it was written.
    private static IEnumerable<string> Own(GitOutput names)
    {
        if (!names.IsWhole)
        {
            throw new ApiError(422, ApiError.Git, "the repository has more settings than can be looked through");
        }

        var words = names.Text.Split('\0');
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            if (words[i] is "local" or "worktree")
            {
                yield return words[i + 1];
            }
        }
    }
}
