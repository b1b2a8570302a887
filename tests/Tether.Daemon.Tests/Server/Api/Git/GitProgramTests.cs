using System.Diagnostics;
using Tether.Daemon.Server.Api.Git;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Git;

public sealed class GitProgramTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("clean", "touch ran; cat")]
    [InlineData("process", "touch ran")]
    public async Task A_filter_that_the_repository_names_is_not_run(string kind, string program)
    {
        Git("init", "--quiet");
        _scratch.Write("file", "one\n");
        Git("add", "file");
        Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "first");
        Git("config", $"filter.mine.{kind}", program);
        Git("config", "filter.mine.required", "true");
        _scratch.Write(".gitattributes", "* filter=mine\n");
        _scratch.Write("file", "two\n");

        var status = await GitProgram.AskAsync(_scratch.Path, 4096, TimeProvider.System, CancellationToken.None, "status", "--porcelain");
        Assert.Contains("M file", status.Good().Text, StringComparison.Ordinal);
        var session = new SessionRecord { Id = "a", Title = "a", Provider = "shell", Directory = _scratch.Path, Columns = 80, Rows = 24, CreatedAt = default };
        Assert.Contains("-one\n+two\n", (await new SessionDiffs(TimeProvider.System).OfAsync(session, CancellationToken.None)).Diff, StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch.File("ran")));
    }

    private void Git(params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words) { WorkingDirectory = _scratch.Path })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
