using System.Diagnostics;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.External;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
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

    [Theory]
    [InlineData(null, true)]
    [InlineData(ApprovalMode.Ask, true)]
    [InlineData(ApprovalMode.AcceptEdits, false)]
    [InlineData(ApprovalMode.Bypass, false)]
    public void An_agent_starts_none_that_asks_less_than_it_does_and_answers_nothing(ApprovalMode? mode, bool isAllowed)
    {
        using var rig = new SessionRig(leader: Environment.ProcessId);
        var peers = new SupervisedPeers(rig.Table, _ => ExternalKind.Instance, new AgentFolders("/nonexistent"), () => 0);
        var agent = new FakeConnection { Process = Environment.ProcessId };
        var refusal = Record.Exception(() => peers.CheckStart(agent, mode));
        Assert.Equal(isAllowed ? null : ErrorCode.NotAllowed, (refusal as RequestError)?.Code);
        Assert.Equal(isAllowed, refusal is null);
        Assert.False(peers.MayAnswer(agent));
        Assert.True(peers.MayAnswer(new FakeConnection()));
        Assert.False(peers.MayAnswer(new FakeConnection(scopes: ApiScope.Observe | ApiScope.Input)));
    }
}
