using System.Diagnostics;
using Tether.Daemon.Agents;
using Tether.Daemon.Server;
using Tether.Daemon.Sessions;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class SupervisedPeersTests
{
    private readonly SupervisedPeers _peers = new(new SessionTable(), _ => null, new AgentFolders("/nonexistent"), () => 0);

    [Fact]
    public void Nobodys_descendant_is_a_person_and_so_is_one_of_whom_nothing_is_known()
    {
        Assert.Null(_peers.Find(Environment.ProcessId));
        Assert.Null(_peers.Find(0));
    }

    [Fact]
    public void Who_asks_and_leaves_is_not_taken_for_a_person()
    {
        using var asked = Process.Start("true");
        asked.WaitForExit();
        Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => _peers.Find(asked.Id)).Code);
        Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => _peers.Find(SupervisedPeers.Gone)).Code);
    }
}
