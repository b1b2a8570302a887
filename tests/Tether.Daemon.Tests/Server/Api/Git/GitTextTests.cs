using Tether.Daemon.Server.Api.Git;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Git;

public sealed class GitTextTests
{
    [Fact]
    public void A_status_is_read_with_renames_and_names_with_blanks()
    {
        var state = GitText.ReadStatus(string.Join('\0',
            "# branch.oid 1", "# branch.head main", "# branch.upstream origin/main", "# branch.ab +2 -3",
            "1 M. N... 100644 100644 100644 a b with blank.txt",
            "1 .D N... 100644 100644 000000 a b gone.txt",
            "2 R. N... 100644 100644 100644 a b R100 new.txt", "old.txt",
            "? my file", ""));
        Assert.Equal(("main", "origin/main", 2, 3, true), (state.Branch, state.RemoteBranch, state.Ahead, state.Behind, state.Dirty));
        Assert.Equal((2, 1, 1), (state.StagedCount, state.UnstagedCount, state.UntrackedCount));
        Assert.Equal(
            [("with blank.txt", "modified", true), ("gone.txt", "deleted", false), ("new.txt", "renamed", true), ("my file", "untracked", false)],
            state.ChangedFiles.Select(file => (file.Path, file.Status, file.Staged)));
    }

    [Fact]
    public void A_patch_is_taken_apart_by_files()
    {
        const string Patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-a\n+b\ndiff --git a/old b/new\nrename from old\nrename to new\n";
        var files = GitText.ReadPatch(Patch);
        Assert.Equal([("x", 2), ("new", 0)], files.Select(file => (file.Path, file.Hunks)));
        Assert.Equal(Patch, string.Concat(files.Select(file => file.Patch)));
        Assert.Empty(GitText.ReadPatch(""));
    }

    [Theory]
    [InlineData("https://me:secret@example.com/x.git", "https://example.com/x.git")]
    [InlineData("https://example.com/a@b", "https://example.com/a@b")]
    [InlineData("git@example.com:x.git", "git@example.com:x.git")]
    [InlineData("", null)]
    public void A_remote_is_shown_without_who_logs_in(string url, string? shown) => Assert.Equal(shown, GitText.WithoutUser(url));
}
