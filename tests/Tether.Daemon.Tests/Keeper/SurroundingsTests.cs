using Tether.Daemon.Keeper;
using Xunit;

namespace Tether.Daemon.Tests.Keeper;

/// <summary>Alone: limit and umask are the process's own while a program is spawned, and other tests' descriptors would not be taken meanwhile.</summary>
[Collection(nameof(SurroundingsTests))]
[CollectionDefinition(nameof(SurroundingsTests), DisableParallelization = true)]
public sealed class SurroundingsTests : IDisposable
{
    private readonly KeeperRig _keeper = new();

    public void Dispose() => _keeper.Dispose();

    [Fact]
    public void A_program_may_open_as_many_files_as_it_is_told_and_the_keeper_as_before()
    {
        var (_, master) = _keeper.Spawn(KeeperRig.Shell("s", "ulimit -Sn") with { FileLimit = 257 });
        Assert.Equal("257\r\n", KeeperRig.ReadToEnd(master));
        _keeper.Next<KeeperMessage.Exited>(out _);
        Assert.NotEqual("257\n", _keeper.Run("ulimit -Sn"));
    }

    [Fact]
    public void A_program_has_the_umask_it_is_told_and_the_keeper_its_own()
    {
        var own = _keeper.Run("umask");
        var (_, master) = _keeper.Spawn(KeeperRig.Shell("m", "umask") with { Umask = 0x3f });
        Assert.Equal("0077\r\n", KeeperRig.ReadToEnd(master));
        _keeper.Next<KeeperMessage.Exited>(out _);
        Assert.Equal(own, _keeper.Run("umask"));
    }
}
