using System.Globalization;
using Tether.Daemon.Server.Api.Sessions;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>What git says of the directory that a session was started in; no other can be named.</summary>
internal sealed class GitApi(SessionView view, SessionDiffs diffs, TimeProvider clock) : IApiModule
{
    private const int MostList = 1 << 20, UsualCommits = 10, MostCommits = 100;

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("git", "How the repository of the session's directory stands.", StateAsync) with { Reply = GitJson.Default.GitState },
        Route("git/log", "Its newest commits.", LogAsync) with { Query = [new("count", "integer", $"So many: 1–{MostCommits}, {UsualCommits} without it.")], Reply = GitJson.Default.GitCommitArray },
        Route("git/diff", "What has changed and is not staged, or what is staged.", PatchAsync) with { Query = [new("staged", "boolean", "What is staged.")], Reply = GitJson.Default.GitPatch },
        Route("diff", "Everything that has changed since the last commit, new files too. Empty where there is no repository.", DiffAsync) with { Reply = GitJson.Default.SessionDiff },
    ];

    private static ApiRoute Route(string path, string summary, Func<ApiCall, Task> handle) =>
        new() { Method = "GET", Path = "/api/sessions/{id}/" + path, Group = "Git", Scope = ApiScope.Observe, Summary = summary, Handle = handle };

    private async Task StateAsync(ApiCall call) => await call.AnswerAsync(await StateOfAsync(DirectoryOf(call), clock, call.Aborted).ConfigureAwait(false), GitJson.Default.GitState).ConfigureAwait(false);

    /// <summary>How the repository of a directory stands.</summary>
    /// <exception cref="ApiError">There is none.</exception>
    public static async Task<GitState> StateOfAsync(string directory, TimeProvider clock, CancellationToken stop)
    {
        await GitRoot.RequireAsync(new GitCall(directory, clock), stop).ConfigureAwait(false);
        var status = (await AskAsync(MostList, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignore-submodules=dirty").ConfigureAwait(false)).Good();
        var last = await AskAsync(MostList, "log", "-1", GitText.CommitFormat).ConfigureAwait(false);
        var remote = await AskAsync(4096, "config", "--get", "remote.origin.url").ConfigureAwait(false);
        var folders = await AskAsync(8192, "rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir").ConfigureAwait(false);
        return GitText.ReadStatus(status.Text) with
        {
            LastCommit = last.IsGood ? GitText.ReadCommits(last.Text).FirstOrDefault() : null,
            RemoteUrl = remote.IsGood ? GitText.WithoutUser(remote.Text.Trim()) : null,
            IsWorktree = folders.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var own, var common] && own != common,
        };

        Task<GitOutput> AskAsync(int mostBytes, params string[] words) => GitProgram.AskAsync(directory, mostBytes, clock, stop, words);
    }

    private async Task LogAsync(ApiCall call)
    {
        var count = call.Number("count", UsualCommits, 1, MostCommits);
        var directory = DirectoryOf(call);
        (await AskAsync(call, directory, 4096, "rev-parse", "--git-dir").ConfigureAwait(false)).Good();
        var log = await AskAsync(call, directory, MostList, "log", $"-{count.ToString(CultureInfo.InvariantCulture)}", GitText.CommitFormat).ConfigureAwait(false);

        // A repository without a commit has no log.
        await call.AnswerAsync(log.IsGood ? GitText.ReadCommits(log.Text) : [], GitJson.Default.GitCommitArray).ConfigureAwait(false);
    }

    private async Task PatchAsync(ApiCall call)
    {
        var isStaged = call.Flag("staged");
        var directory = DirectoryOf(call);
        string[] which = isStaged ? ["--cached"] : [];
        await GitRoot.RequireAsync(new GitCall(directory, clock), call.Aborted).ConfigureAwait(false);
        var patch = (await AskAsync(call, directory, SessionDiffs.MostPatch, [.. SessionDiffs.Patch, .. which]).ConfigureAwait(false)).Good();
        var stat = (await AskAsync(call, directory, MostList, [.. SessionDiffs.Command, "--stat", .. which]).ConfigureAwait(false)).Good();
        await call.AnswerAsync(new GitPatch { Patch = patch.Text, Stat = stat.Text, Staged = isStaged, Truncated = !patch.IsWhole || !stat.IsWhole }, GitJson.Default.GitPatch).ConfigureAwait(false);
    }

    private async Task DiffAsync(ApiCall call) =>
        await call.AnswerAsync(await diffs.OfAsync(view.Record(call.Segment("id")), call.Aborted).ConfigureAwait(false), GitJson.Default.SessionDiff).ConfigureAwait(false);

    private string DirectoryOf(ApiCall call) => GitProgram.DirectoryOf(view.Record(call.Segment("id")));

    private Task<GitOutput> AskAsync(ApiCall call, string directory, int mostBytes, params string[] words) => GitProgram.AskAsync(directory, mostBytes, clock, call.Aborted, words);
}
