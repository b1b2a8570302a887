using System.Globalization;
using Tether.Daemon.Server.Api.Sessions;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>What git says of the directory that a session was started in; no other can be named.</summary>
internal sealed class GitApi(SessionView view, TimeProvider clock) : IApiModule
{
    private const int MostPatch = 4 << 20, MostList = 1 << 20, UsualCommits = 10, MostCommits = 100;

    private static readonly string[] Diff = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--unified=3"];

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("git", "How the repository of the session's directory stands.", StateAsync) with { Reply = GitJson.Default.GitState },
        Route("git/log", "Its newest commits.", LogAsync) with { Query = [new("count", "integer", $"So many: 1–{MostCommits}, {UsualCommits} without it.")], Reply = GitJson.Default.GitCommitArray },
        Route("git/diff", "What has changed and is not staged, or what is staged.", PatchAsync) with { Query = [new("staged", "boolean", "What is staged.")], Reply = GitJson.Default.GitPatch },
        Route("diff", "Everything that has changed since the last commit, new files too. Empty where there is no repository.", DiffAsync) with { Reply = GitJson.Default.SessionDiff },
    ];

    private static ApiRoute Route(string path, string summary, Func<ApiCall, Task> handle) =>
        new() { Method = "GET", Path = "/api/sessions/{id}/" + path, Group = "Git", Scope = ApiScope.Observe, Summary = summary, Handle = handle };

    private async Task StateAsync(ApiCall call)
    {
        var directory = DirectoryOf(call);
        var status = Good(await AskAsync(call, directory, MostList, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all").ConfigureAwait(false));
        var last = await AskAsync(call, directory, MostList, "log", "-1", GitText.CommitFormat).ConfigureAwait(false);
        var remote = await AskAsync(call, directory, 4096, "config", "--get", "remote.origin.url").ConfigureAwait(false);
        var folders = await AskAsync(call, directory, 8192, "rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir").ConfigureAwait(false);
        await call.AnswerAsync(
            GitText.ReadStatus(status.Text) with
            {
                LastCommit = last.IsGood ? GitText.ReadCommits(last.Text).FirstOrDefault() : null,
                RemoteUrl = remote.IsGood ? GitText.WithoutUser(remote.Text.Trim()) : null,
                IsWorktree = folders.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var own, var common] && own != common,
            },
            GitJson.Default.GitState).ConfigureAwait(false);
    }

    private async Task LogAsync(ApiCall call)
    {
        var count = call.Number("count", UsualCommits, 1, MostCommits);
        var directory = DirectoryOf(call);
        Good(await AskAsync(call, directory, 4096, "rev-parse", "--git-dir").ConfigureAwait(false));
        var log = await AskAsync(call, directory, MostList, "log", $"-{count.ToString(CultureInfo.InvariantCulture)}", GitText.CommitFormat).ConfigureAwait(false);

        // A repository without a commit has no log.
        await call.AnswerAsync(log.IsGood ? GitText.ReadCommits(log.Text) : [], GitJson.Default.GitCommitArray).ConfigureAwait(false);
    }

    private async Task PatchAsync(ApiCall call)
    {
        var isStaged = call.Flag("staged");
        var directory = DirectoryOf(call);
        string[] which = isStaged ? ["--cached"] : [];
        Good(await AskAsync(call, directory, 4096, "rev-parse", "--show-toplevel").ConfigureAwait(false));
        var patch = Good(await AskAsync(call, directory, MostPatch, [.. Diff, .. which]).ConfigureAwait(false));
        var stat = Good(await AskAsync(call, directory, MostList, [.. Diff, "--stat", .. which]).ConfigureAwait(false));
        await call.AnswerAsync(new GitPatch { Patch = patch.Text, Stat = stat.Text, Staged = isStaged, Truncated = !patch.IsWhole || !stat.IsWhole }, GitJson.Default.GitPatch).ConfigureAwait(false);
    }

    private async Task DiffAsync(ApiCall call)
    {
        var directory = DirectoryOf(call);
        var root = await AskAsync(call, directory, 4096, "rev-parse", "--show-toplevel").ConfigureAwait(false);
        if (!root.IsGood)
        {
            await call.AnswerAsync(new SessionDiff { Diff = "", Files = [], Truncated = false }, GitJson.Default.SessionDiff).ConfigureAwait(false);
            return;
        }

        // Before the first commit there is no HEAD; what is staged counts as changed against nothing.
        var hasHead = (await AskAsync(call, directory, 4096, "rev-parse", "--verify", "--quiet", "HEAD").ConfigureAwait(false)).IsGood;
        var known = Good(await AskAsync(call, directory, MostPatch, hasHead ? [.. Diff, "HEAD"] : [.. Diff, "--cached"]).ConfigureAwait(false));
        var others = Good(await AskAsync(call, directory, MostList, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/").ConfigureAwait(false));
        var added = UntrackedFiles.Patches(root.Text.TrimEnd('\n'), others.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries), MostPatch - known.Text.Length, out var isWhole);
        var diff = known.Text + added;
        await call.AnswerAsync(new SessionDiff { Diff = diff, Files = GitText.ReadPatch(diff), Truncated = !known.IsWhole || !others.IsWhole || !isWhole }, GitJson.Default.SessionDiff).ConfigureAwait(false);
    }

    private string DirectoryOf(ApiCall call)
    {
        var directory = view.Record(call.Segment("id")).Directory;
        return Directory.Exists(directory) ? directory : throw new ApiError(422, ApiError.Git, "the session's directory is gone");
    }

    private Task<GitOutput> AskAsync(ApiCall call, string directory, int mostBytes, params string[] words) => GitProgram.AskAsync(directory, mostBytes, clock, call.Aborted, words);

    private static GitOutput Good(GitOutput output) => output.IsGood ? output
        : throw new ApiError(422, ApiError.Git, output.Problem.Contains("not a git repository", StringComparison.Ordinal) ? "the session's directory is in no git repository" : output.Problem.Split('\n')[0]);
}
