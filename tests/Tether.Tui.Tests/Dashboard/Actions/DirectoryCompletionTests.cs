using Tether.Tui.Dashboard.Actions;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class DirectoryCompletionTests : IDisposable
{
    private readonly string _root = TestEnvironment.NewPath();

    public DirectoryCompletionTests()
    {
        foreach (var name in new[] { "project-one", "project-two", "other", ".hidden" })
        {
            Directory.CreateDirectory(Path.Combine(_root, name));
        }

        File.WriteAllText(Path.Combine(_root, "other-file"), "");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("o", "other/")]
    [InlineData("pro", "project-")]
    [InlineData("project-t", "project-two/")]
    [InlineData("nothing", null)]
    [InlineData(".h", ".hidden/")]
    public void It_goes_as_far_as_all_go_that_begin_so(string typed, string? completed) =>
        Assert.Equal(completed is null ? null : $"{_root}/{completed}", DirectoryCompletion.Complete($"{_root}/{typed}"));

    [Fact]
    public void What_is_no_path_or_not_there_is_not_completed()
    {
        Assert.Null(DirectoryCompletion.Complete("project"));
        Assert.Null(DirectoryCompletion.Complete($"{_root}/none/x"));
    }

    [Fact]
    public void A_tilde_is_the_home_directory()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal((home, $"{home}/x", "~x", "a~"), (Expand("~"), Expand("~/x"), Expand("~x"), Expand("a~")));
        Assert.Equal("~/", DirectoryCompletion.Complete("~"));
    }

    private static string Expand(string typed) => DirectoryCompletion.Expand(typed);
}
