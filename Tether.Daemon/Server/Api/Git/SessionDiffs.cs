using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>What has changed in a session's repository since the last commit.</summary>
internal sealed class SessionDiffs(TimeProvider clock)
{
    public const int MostPatch = 4 << 20;

    private const int MostList = 1 << 20;

    /// <summary>How git is asked what has changed: what the repository would have run on it is not, nor is looked into submodules, which have settings of their own.</summary>
    public static string[] Command { get; } = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty"];

    /// <summary>The same for a patch.</summary>
    public static string[] Patch { get; } = [.. Command, "--unified=3"];

    /// <summary>Everything that has changed in the directory that the session was started in, new files too. Empty where there is no repository.</summary>
    /// <exception cref="ApiError">The directory is gone, or git takes too long.</exception>
    public Task<SessionDiff> OfAsync(SessionRecord session, CancellationToken stop) => OfAsync(GitProgram.DirectoryOf(session), stop);

    /// <summary>The same of any directory.</summary>
    public async Task<SessionDiff> OfAsync(string directory, CancellationToken stop)
    {
        if (await GitRoot.FindAsync(new GitCall(directory, clock), stop).ConfigureAwait(false) is not { } root)
        {
            return new SessionDiff { Diff = "", Files = [], Truncated = false };
        }

        // Before the first commit there is no HEAD; what is staged counts as changed against nothing.
        var hasHead = (await AskAsync(4096, "rev-parse", "--verify", "--quiet", "HEAD").ConfigureAwait(false)).IsGood;
        var known = (await AskAsync(MostPatch, hasHead ? [.. Patch, "HEAD"] : [.. Patch, "--cached"]).ConfigureAwait(false)).Good();
        var others = (await AskAsync(MostList, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/").ConfigureAwait(false)).Good();
        var added = UntrackedFiles.Patches(root, others.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries), MostPatch - known.Text.Length, out var isWhole);
        var diff = known.Text + added;
        return new SessionDiff { Diff = diff, Files = GitText.ReadPatch(diff), Truncated = !known.IsWhole || !others.IsWhole || !isWhole };

        Task<GitOutput> AskAsync(int mostBytes, params string[] words) => GitProgram.AskAsync(directory, mostBytes, clock, stop, words);
    }
}
