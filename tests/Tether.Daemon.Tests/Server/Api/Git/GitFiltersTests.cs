using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Git;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Git;

public sealed class GitFiltersTests
{
    [Fact]
    public void The_repositorys_own_filters_are_turned_off_and_the_persons_stay() => Assert.Equal(
        [("filter.a.B=c.clean", ""), ("filter.a.B=c.smudge", ""), ("filter.a.B=c.process", ""), ("filter.a.B=c.required", "false")],
        GitFilters.Off(Names("global", "filter.lfs.clean", "local", "filter.a.B=c.clean", "worktree", "filter.a.B=c.required", "local", "core.bare")));

    [Theory]
    [InlineData("local", "credential.helper", true)]
    [InlineData("worktree", "credential.https://x.helper", true)]
    [InlineData("local", "core.sshcommand", true)]
    [InlineData("local", "gpg.ssh.program", true)]
    [InlineData("local", "remote.a.b.receivepack", true)]
    [InlineData("local", "remote.a.vcs", true)]
    [InlineData("global", "credential.helper", false)]
    [InlineData("system", "core.sshcommand", false)]
    [InlineData("local", "remote.origin.url", false)]
    [InlineData("local", "user.name", false)]
    public void A_program_that_the_repository_names_is_found(string scope, string name, bool isFound) => Assert.Equal(isFound ? name : null, GitFilters.Program(Names(scope, name)));

    [Fact]
    public void Settings_that_were_not_read_to_their_end_are_none_to_go_by() =>
        Assert.Throws<ApiError>(() => GitFilters.Off(Names("local", "core.bare") with { IsWhole = false }));

    private static GitOutput Names(params string[] words) => new(string.Concat(words.Select(word => word + "\0")), true, 0, "");
}
