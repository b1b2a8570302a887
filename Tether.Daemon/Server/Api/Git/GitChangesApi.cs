using System.Text.RegularExpressions;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>
/// Changes the repository of the directory that a session was started in. No hook, filter, helper or other program that the repository itself names is run;
/// what works inside a supervised session asks for such things in its own terminal.
/// </summary>
internal sealed partial class GitChangesApi(SessionView view, Func<int, bool> isSupervised, TimeProvider clock) : IApiModule
{
    private const int LongestMessage = 65_536, LongestName = 200, MostFiles = 16 << 20;

    private static readonly TimeSpan PushLimit = TimeSpan.FromSeconds(60);

    public IEnumerable<ApiRoute> Routes =>
    [
        Route("commit", ApiScope.Input, "Commits what has changed in the session's directory. Hooks are not run.", CommitAsync)
            with { Body = GitJson.Default.NewCommit, Reply = GitJson.Default.GitCommit, Status = 201 },
        Route("branch", ApiScope.Input, "Makes a branch.", BranchAsync) with { Body = GitJson.Default.NewBranch, Reply = GitJson.Default.GitState, Status = 201 },
        Route("checkout", ApiScope.Input, "Goes on with another branch.", CheckoutAsync) with { Body = GitJson.Default.CheckoutBody, Reply = GitJson.Default.GitState },
        Route("push", ApiScope.Admin, "Pushes a branch to a remote over ssh, https, http or git, within 60 seconds.", PushAsync) with { Body = GitJson.Default.PushBody, Reply = GitJson.Default.PushedBranch },
    ];

    private static ApiRoute Route(string path, ApiScope scope, string summary, Func<ApiCall, Task> handle) =>
        new() { Method = "POST", Path = "/api/sessions/{id}/git/" + path, Group = "Git", Scope = scope, Summary = summary, Handle = handle, Refusals = [409] };

    private async Task CommitAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(GitJson.Default.NewCommit).ConfigureAwait(false);
        if (asked.Message.Trim().Length == 0 || asked.Message.Length > LongestMessage || asked.Message.Contains('\0', StringComparison.Ordinal))
        {
            throw ApiError.Invalid($"message: 1–{LongestMessage} characters, without NUL");
        }

        var git = await OpenAsync(call).ConfigureAwait(false);
        if (asked.AddAll)
        {
            // Of a submodule it would ask in that, by its own configuration.
            (await git.AskAsync(["add", "-A", "--", ".", .. await SubmodulesAsync(git).ConfigureAwait(false)]).ConfigureAwait(false)).Good();
        }

        if ((await git.AskAsync("diff", "--cached", "--quiet", "--ignore-submodules=dirty").ConfigureAwait(false)).IsGood)
        {
            throw new ApiError(409, ApiError.InvalidState, "there is nothing to commit");
        }

        (await git.With(input: asked.Message).AskAsync("commit", "-q", "--no-status", "--no-verify", "-F", "-").ConfigureAwait(false)).Good();
        var made = (await git.AskAsync("log", "-1", GitText.CommitFormat).ConfigureAwait(false)).Good();
        await call.AnswerAsync(GitText.ReadCommits(made.Text)[0], GitJson.Default.GitCommit).ConfigureAwait(false);
    }

    private async Task BranchAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(GitJson.Default.NewBranch).ConfigureAwait(false);
        var git = await OpenAsync(call).ConfigureAwait(false);
        await CheckBranchAsync(git, asked.Name).ConfigureAwait(false);
        string[] words = asked.Checkout ? ["switch", "-q", "--no-track", "-c", asked.Name] : ["branch", "--no-track", asked.Name];
        (await git.AskAsync(words).ConfigureAwait(false)).Good();
        await AnswerStateAsync(call, git).ConfigureAwait(false);
    }

    private async Task CheckoutAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(GitJson.Default.CheckoutBody).ConfigureAwait(false);
        var git = await OpenAsync(call).ConfigureAwait(false);
        await CheckBranchAsync(git, asked.Branch).ConfigureAwait(false);
        (await git.AskAsync("switch", "-q", "--no-recurse-submodules", asked.Branch).ConfigureAwait(false)).Good();
        await AnswerStateAsync(call, git).ConfigureAwait(false);
    }

    private async Task PushAsync(ApiCall call)
    {
        var asked = await call.OptionalBodyAsync(GitJson.Default.PushBody).ConfigureAwait(false);
        var git = await OpenAsync(call).ConfigureAwait(false);
        var remotes = (await git.AskAsync("remote").ConfigureAwait(false)).Good().Text.Split('\n');
        if (!RemoteName().IsMatch(asked.Remote) || !remotes.Contains(asked.Remote))
        {
            throw ApiError.Invalid("remote: the name of a remote that the repository has");
        }

        var branch = asked.Branch ?? (await git.AskAsync("symbolic-ref", "--short", "-q", "HEAD").ConfigureAwait(false)).Text.Trim();
        if (branch.Length == 0)
        {
            throw new ApiError(409, ApiError.InvalidState, "no branch is checked out: which one?");
        }

        await CheckBranchAsync(git, branch).ConfigureAwait(false);
        var pushed = (await git.With(PushLimit, "ssh:https:http:git").AskAsync(
            "push", "--no-verify", "--recurse-submodules=no", "--set-upstream", "--porcelain", asked.Remote, $"refs/heads/{branch}:refs/heads/{branch}").ConfigureAwait(false)).Good();
        await call.AnswerAsync(new PushedBranch { Remote = asked.Remote, Branch = branch, Message = pushed.Text.Trim() }, GitJson.Default.PushedBranch).ConfigureAwait(false);
    }

    private async Task AnswerStateAsync(ApiCall call, Repository git) =>
        await call.AnswerAsync(await GitApi.StateOfAsync(git.Call.Directory, clock, call.Aborted).ConfigureAwait(false), GitJson.Default.GitState).ConfigureAwait(false);

    private async Task<Repository> OpenAsync(ApiCall call)
    {
        if (isSupervised(call.Caller.ProcessId))
        {
            throw new ApiError(403, ApiError.Forbidden, "this comes from inside a supervised session: an agent changes its repository by commands of its own, about which somebody can be asked");
        }

        var record = await view.FreshAsync(call.Segment("id")).ConfigureAwait(false);
        if (record.Status is not null && SessionStates.Of(record) == SessionStates.Running)
        {
            throw ApiErrors.Of(ErrorCode.InUse, "its agent is at work: wait until it waits, or interrupt it");
        }

        var git = new Repository(new GitCall(GitProgram.DirectoryOf(record), clock), call.Aborted);
        await GitRoot.RequireAsync(git.Call, git.Stop).ConfigureAwait(false);
        return GitFilters.Program((await git.AskAsync(GitFilters.Question).ConfigureAwait(false)).Good()) is { } setting
            ? throw new ApiError(422, ApiError.Git, $"the repository's own configuration has {setting}, which can name a program to run: do this in the session's terminal")
            : git;
    }

    private static async Task CheckBranchAsync(Repository git, string name)
    {
        if (name.Length is 0 or > LongestName || name is "@" or "HEAD" || name[0] == '-' || name.Contains("@{", StringComparison.Ordinal) || name.Any(char.IsControl)
            || !(await git.AskAsync("check-ref-format", "refs/heads/" + name).ConfigureAwait(false)).IsGood)
        {
            throw ApiError.Invalid("this is no name for a branch");
        }
    }

    private static async Task<string[]> SubmodulesAsync(Repository git)
    {
        var files = (await git.With(mostBytes: MostFiles).AskAsync("ls-files", "--stage", "--full-name", "-z").ConfigureAwait(false)).Good();
        return !files.IsWhole
            ? throw new ApiError(422, ApiError.Git, "the repository has too many files to be added over the API")
            : [.. files.Text.Split('\0').Where(file => file.StartsWith("160000 ", StringComparison.Ordinal)).Select(file => $":(exclude,top,literal){file[(file.IndexOf('\t', StringComparison.Ordinal) + 1)..]}")];
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex RemoteName();

    private sealed record Repository(GitCall Call, CancellationToken Stop)
    {
        public Repository With(TimeSpan limit, string protocols) => this with { Call = Call with { Limit = limit, Protocols = protocols } };

        public Repository With(string input) => this with { Call = Call with { Input = input } };

        public Repository With(int mostBytes) => this with { Call = Call with { MostBytes = mostBytes } };

        public Task<GitOutput> AskAsync(params string[] words) => GitProgram.AskAsync(Call, Stop, words);
    }
}
