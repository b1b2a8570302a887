using Tether.Tui.Dashboard.Link;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Link;

public sealed class GitChangesTests : IDisposable
{
    private static readonly DateTimeOffset Before = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Left = Before.AddHours(1);
    private static readonly DateTimeOffset After = Left.AddHours(1);

    private readonly GitRepository _repository = new();

    public GitChangesTests()
    {
        foreach (var name in new[] { "one.cs", "two.cs", "three.cs", "docs/four words.md" })
        {
            _repository.Write(name, name, Before);
        }

        _repository.Commit(Before);
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Nothing_has_changed_in_a_repository_that_nobody_touched() => Assert.Equal(0, Count());

    [Fact]
    public void Changed_and_new_files_count()
    {
        _repository.Write("one.cs", "changed", After);
        _repository.Write("new.cs", "new", After);
        _repository.Write("deep/down/new.cs", "new", After);
        Assert.Equal(3, Count());
    }

    [Fact]
    public void What_differed_already_when_the_person_left_does_not_count()
    {
        _repository.Write("one.cs", "changed", Before);
        _repository.Write("two.cs", "changed", After);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void A_deleted_file_counts()
    {
        _repository.Delete("two.cs", After);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void A_renamed_file_counts_once()
    {
        _repository.Run("mv", "one.cs", "another.cs");
        File.SetLastWriteTimeUtc(Path.Combine(_repository.Folder, "another.cs"), After.UtcDateTime);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Files_of_commits_since_count_once_even_if_they_differ_again()
    {
        _repository.Write("one.cs", "changed", After);
        _repository.Write("docs/four words.md", "changed", After);
        _repository.Commit(After);
        Assert.Equal(2, Count());
        _repository.Write("one.cs", "changed again", After);
        Assert.Equal(2, Count());
    }

    [Fact]
    public void A_name_that_is_not_ascii_counts_once()
    {
        _repository.Write("Übung.md", "a", After);
        _repository.Commit(After);
        _repository.Write("Übung.md", "b", After);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Ignored_files_do_not_count()
    {
        _repository.Write(".gitignore", "*.log\n", Before);
        _repository.Commit(Before);
        _repository.Write("build.log", "x", After);
        Assert.Equal(0, Count());
    }

    [Fact]
    public void In_a_folder_of_the_repository_all_of_it_counts_once()
    {
        _repository.Write("one.cs", "changed", After);
        _repository.Write("docs/four words.md", "changed", After);
        _repository.Commit(After);
        _repository.Write("one.cs", "changed again", After);
        Assert.Equal(2, GitChanges.Count(Path.Combine(_repository.Folder, "docs"), Left, GitRepository.Git));
    }

    [Fact]
    public void A_repository_without_a_commit_has_changes_too()
    {
        using var repository = new GitRepository();
        repository.Write("first.cs", "x", After);
        Assert.Equal(1, GitChanges.Count(repository.Folder, Left, GitRepository.Git));
    }

    [Fact]
    public void Where_there_is_no_repository_no_folder_or_no_git_nothing_is_known()
    {
        var folder = Directory.CreateDirectory(TestEnvironment.NewPath()).FullName;
        Assert.Null(GitChanges.Count(folder, Left, GitRepository.Git));
        Assert.Null(GitChanges.Count(Path.Combine(folder, "gone"), Left, GitRepository.Git));
        Assert.Null(GitChanges.Count(_repository.Folder, Left, "/no/such/git"));
        Directory.Delete(folder);
    }

    private int? Count() => GitChanges.Count(_repository.Folder, Left, GitRepository.Git);
}
