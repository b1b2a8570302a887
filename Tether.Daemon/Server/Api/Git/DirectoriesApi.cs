using System.Text.Json.Serialization;
using Tether.Daemon.Approvals;
using Tether.Daemon.Server.Api.Sessions;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Whether a directory is there, for who wants to start a session in it.</summary>
internal sealed class DirectoriesApi(ConfinedDirectories directories, SessionDiffs diffs) : IApiModule
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/directories/check",
            Group = "Git",
            Scope = ApiScope.Observe,
            Summary = "Whether a directory exists: in the home folder, where sessions were started before, or where TETHER_AGENT_DIRECTORIES allows. Of others nothing is told.",
            Query = [new("path", "string", "Absolute, or from ~/.")],
            Reply = DirectoriesJson.Default.DirectoryFacts,
            Handle = CheckAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/api/directories/diff",
            Group = "Git",
            Scope = ApiScope.Observe,
            Summary = "Everything that has changed in such a directory since the last commit. Empty where there is no repository.",
            Query = [new("path", "string", "Absolute, or from ~/.")],
            Reply = GitJson.Default.SessionDiff,
            Handle = DiffAsync,
        },
    ];

    private string PathOf(ApiCall call) => directories.Confine(call.Query("path") ?? throw ApiError.Invalid("path: which directory?"));

    private async Task DiffAsync(ApiCall call)
    {
        var path = PathOf(call);
        var diff = Directory.Exists(path) ? await diffs.OfAsync(path, call.Aborted).ConfigureAwait(false) : new SessionDiff { Diff = "", Files = [], Truncated = false };
        await call.AnswerAsync(diff, GitJson.Default.SessionDiff).ConfigureAwait(false);
    }

    private Task CheckAsync(ApiCall call)
    {
        var path = PathOf(call);
        var exists = Directory.Exists(path);
        return call.AnswerAsync(new DirectoryFacts { Path = path, Exists = exists, IsGit = exists && GitBranch.Of(path) is not null }, DirectoriesJson.Default.DirectoryFacts);
    }
}

internal sealed record DirectoryFacts
{
    /// <summary>With every symbolic link followed.</summary>
    public required string Path { get; init; }

    public required bool Exists { get; init; }

    public required bool IsGit { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DirectoryFacts))]
internal sealed partial class DirectoriesJson : JsonSerializerContext;
