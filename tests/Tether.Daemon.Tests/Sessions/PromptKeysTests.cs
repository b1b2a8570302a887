using System.Text;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class PromptKeysTests : IDisposable
{
    private const string Blocked = "\e]7501;state=blocked:app=x:kind=permission:msg=dG91Y2ggYQ==\e\\";

    private readonly SessionRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Who_may_type_but_not_answer_types_nothing_while_something_is_asked()
    {
        var typist = new FakeConnection("typist", ApiScope.Observe | ApiScope.Input);
        var channel = _rig.Attach(typist).Channel;
        Type(typist, channel, "before ");
        Assert.Equal("before ", Encoding.UTF8.GetString(_rig.Program.ReadInput(7)));

        _rig.Print(Blocked);
        Soon.Is(() => _rig.Ask(_rig.Session.Describe).Status?.State == AgentState.NeedsApproval);
        Type(typist, channel, "1");
        Assert.Equal(ErrorCode.NotAllowed, typist.Next<ErrorReply>().Code);

        var person = new FakeConnection("person", ApiScope.Input | ApiScope.Approve);
        Type(person, _rig.Attach(person, take: true).Channel, "2");
        Assert.Equal("2", Encoding.UTF8.GetString(_rig.Program.ReadInput(1)));
    }

    private void Type(FakeConnection client, int channel, string keys) =>
        _rig.Attachments.Frame(client, new FrameHeader(FrameKind.Input, channel, 0, 0), Encoding.UTF8.GetBytes(keys));
}
