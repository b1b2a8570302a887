using System.Text.Json.Serialization;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>How a session's repository stands.</summary>
internal sealed record GitState
{
    /// <summary>Null when HEAD is detached.</summary>
    public required string? Branch { get; init; }

    /// <summary>Without user and password.</summary>
    public required string? RemoteUrl { get; init; }

    public required string? RemoteBranch { get; init; }

    public required int Ahead { get; init; }

    public required int Behind { get; init; }

    public required bool Dirty { get; init; }

    /// <summary>At most 1000.</summary>
    public required GitFile[] ChangedFiles { get; init; }

    public required int StagedCount { get; init; }

    public required int UnstagedCount { get; init; }

    public required int UntrackedCount { get; init; }

    public required GitCommit? LastCommit { get; init; }

    public required bool IsWorktree { get; init; }
}

internal sealed record GitFile
{
    /// <summary>Below the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>modified, added, deleted, renamed or untracked.</summary>
    public required string Status { get; init; }

    public required bool Staged { get; init; }
}

internal sealed record GitCommit
{
    public required string Hash { get; init; }

    public required string Message { get; init; }

    public required string Author { get; init; }

    public required string Timestamp { get; init; }
}

internal sealed record GitPatch
{
    public required string Patch { get; init; }

    public required string Stat { get; init; }

    public required bool Staged { get; init; }

    /// <summary>There is more than is sent.</summary>
    public required bool Truncated { get; init; }
}

/// <summary>What has changed since the last commit.</summary>
internal sealed record SessionDiff
{
    public required string Diff { get; init; }

    public required DiffFile[] Files { get; init; }

    /// <summary>There is more than is sent.</summary>
    public required bool Truncated { get; init; }
}

internal sealed record DiffFile
{
    public required string Path { get; init; }

    public required int Hunks { get; init; }

    public required string Patch { get; init; }
}

/// <summary>A commit to make.</summary>
internal sealed record NewCommit
{
    /// <summary>At most 65536 characters.</summary>
    public required string Message { get; init; }

    /// <summary>Stages everything that has changed in the session's directory first, but for submodules; true when it is left out.</summary>
    public bool AddAll { get; set; } = true;
}

/// <summary>A branch to make.</summary>
internal sealed record NewBranch
{
    public required string Name { get; init; }

    /// <summary>And goes on with it.</summary>
    public bool Checkout { get; set; } = true;
}

internal sealed record CheckoutBody
{
    /// <summary>A branch that is there, or that a remote has.</summary>
    public required string Branch { get; init; }
}

internal sealed record PushBody
{
    /// <summary>The name of a remote of the repository, never an address; `origin` when it is left out.</summary>
    public string Remote { get; set; } = "origin";

    /// <summary>Null for the one that is checked out.</summary>
    public string? Branch { get; init; }
}

internal sealed record PushedBranch
{
    public bool Success { get; init; } = true;

    public required string Remote { get; init; }

    public required string Branch { get; init; }

    /// <summary>What git said of it.</summary>
    public required string Message { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GitState))]
[JsonSerializable(typeof(GitCommit))]
[JsonSerializable(typeof(NewCommit))]
[JsonSerializable(typeof(NewBranch))]
[JsonSerializable(typeof(CheckoutBody))]
[JsonSerializable(typeof(PushBody))]
[JsonSerializable(typeof(PushedBranch))]
[JsonSerializable(typeof(GitCommit[]))]
[JsonSerializable(typeof(GitPatch))]
[JsonSerializable(typeof(SessionDiff))]
internal sealed partial class GitJson : JsonSerializerContext;
