using Tether.Daemon.Agents;
using Xunit;

namespace Tether.Daemon.Tests.Agents;

public sealed class AgentFoldersTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly AgentFolders _folders;

    public AgentFoldersTests() => _folders = new AgentFolders(_scratch.Path);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_session_has_the_secret_that_was_made_for_it_and_the_next_daemon_finds_it()
    {
        var made = _folders.Create("one");
        made.Save(_folders.FolderOf("one"));
        Assert.Same(made, _folders.Find("one"));

        var next = new AgentFolders(_scratch.Path);
        next.Started("one");
        Assert.Equal(made.Secret, next.Find("one")!.Secret);
        Assert.Same(next.Find("one"), next.Find("one"));
    }

    [Fact]
    public void Nothing_is_kept_of_a_session_that_is_over()
    {
        _folders.Create("one");
        _folders.Forget("one");

        Assert.Null(_folders.Find("one"));
        Assert.Null(_folders.Find("nobody"));
    }

    [Fact]
    public async Task Who_waits_for_a_start_goes_on_when_it_came_and_when_it_came_to_nothing()
    {
        _folders.Create("started");
        _folders.Create("failed");
        var starting = _folders.Starting;
        Task[] waiting = [Task.Run(() => _folders.AwaitStart("started")), Task.Run(() => _folders.AwaitStart("failed"))];

        _folders.Started("started");
        _folders.Forget("failed");

        await Task.WhenAll([.. starting, .. waiting]);
        Assert.Equal(2, starting.Length);
        Assert.Empty(_folders.Starting);
        _folders.AwaitStart("nobody");
    }
}
