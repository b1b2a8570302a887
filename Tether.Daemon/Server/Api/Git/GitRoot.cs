using Tether.Daemon.Server.Api.Sessions;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Where a repository has its files. Its own configuration can name any place of the machine for them, which then nobody is shown.</summary>
internal static class GitRoot
{
    /// <summary>The top folder of the repository that a directory lies in; null when it lies in none.</summary>
    /// <exception cref="ApiError">It has its files elsewhere.</exception>
    public static async Task<string?> FindAsync(GitCall call, CancellationToken stop)
    {
        var answer = await GitProgram.AskAsync(call, stop, "rev-parse", "--show-toplevel").ConfigureAwait(false);
        if (!answer.IsGood)
        {
            return null;
        }

        var root = answer.Text.TrimEnd('\n');
        var directory = ConfinedDirectories.Real(call.Directory) ?? call.Directory;
        return Path.Exists(Path.Combine(root, ".git")) && (directory == root || directory.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal)) ? root
            : throw new ApiError(422, ApiError.Git, "the repository has its files elsewhere than where it is");
    }

    /// <summary>The same where there must be one.</summary>
    /// <exception cref="ApiError">There is none, or it has its files elsewhere.</exception>
    public static async Task<string> RequireAsync(GitCall call, CancellationToken stop) =>
        await FindAsync(call, stop).ConfigureAwait(false) ?? throw new ApiError(422, ApiError.Git, "the session's directory is in no git repository");
}
