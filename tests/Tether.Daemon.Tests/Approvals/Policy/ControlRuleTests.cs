using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>What an agent could answer itself with is asked, whatever allows it without naming it.</summary>
public sealed class ControlRuleTests : IDisposable
{
    private readonly PolicyRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("echo $OPENCODE_SERVER_PASSWORD")]
    [InlineData("curl -u opencode:${OPENCODE_SERVER_PASSWORD} http://localhost/permission")]
    [InlineData("echo ${TETHER_HOOK_SECRET:0:9}")]
    [InlineData("printenv TETHER_SOCKET")]
    [InlineData("printenv TETHER_''SOCKET")]
    [InlineData("node -e 'fetch(process.env.OPENCODE_SERVER_PASSWORD)'")]
    [InlineData("bash -c 'echo $TETHER_HOOK_SECRET'")]
    [InlineData("cat <<E\n$TETHER_HOOK_SECRET\nE")]
    [InlineData("echo $(echo $TETHER_SOCKET)")]
    [InlineData("TETHER_SOCKET=x ls")]
    [InlineData("curl http://127.0.0.1:25981/permission")]
    [InlineData("curl localhost:25981")]
    [InlineData("nc localhost 25981")]
    [InlineData("echo x >/dev/tcp/127.0.0.1/25981")]
    [InlineData("env")]
    [InlineData("env A=b")]
    [InlineData("bash -lc env")]
    [InlineData("printenv")]
    [InlineData("export -p")]
    [InlineData("set")]
    [InlineData("printenv | grep PASSWORD")]
    public void Is_allowed_by_no_rule_that_does_not_name_it_and_by_no_mode(string command)
    {
        _rig.Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Tools = ["Bash"] });
        _rig.Allow("echo", "curl", "nc", "node", "cat", "ls", "grep");
        var reading = _rig.Policy.Read(_rig.Command(command), Subject);
        var offers = _rig.Policy.Offers(reading, Subject, PolicyRig.Noon);

        Assert.Equal(PolicyVerdict.Ask, Verdict(command));
        Assert.Equal(PolicyVerdict.Ask, Verdict(command, ApprovalMode.Bypass));
        Assert.Contains(reading.Facts.Marks, mark => mark.Kind == MarkKind.Secret);
        Assert.Equal(RiskLevel.High, reading.Facts.Risk);
        Assert.Empty(offers);
    }

    [Theory]
    [InlineData("echo 125981")]
    [InlineData("curl localhost:2598")]
    [InlineData("echo OPENCODE_SERVER")]
    [InlineData("env A=b ls")]
    [InlineData("set -e; ls")]
    [InlineData("export A=b; ls")]
    [InlineData("echo TETHER_SOCK")]
    public void What_names_none_of_it_is_allowed_as_before(string command) => Assert.Equal(PolicyVerdict.Allow, Verdict(command, ApprovalMode.Bypass));

    [Fact]
    public void A_rule_that_names_it_allows_it()
    {
        _rig.Allow("printenv TETHER_SOCKET");

        Assert.Equal(PolicyVerdict.Allow, Verdict("printenv TETHER_SOCKET"));
        Assert.Equal(PolicyVerdict.Ask, Verdict("printenv TETHER_HOOK_SECRET"));
        Assert.Equal(PolicyVerdict.Ask, Verdict("printenv TETHER_SOCKET TETHER_HOOK_SECRET"));
    }

    [Fact]
    public void A_socket_is_known_by_its_path()
    {
        var socket = Subject with { Endpoint = "unix:///run/agent/codex.sock", Mode = ApprovalMode.Bypass };

        Assert.Equal(PolicyVerdict.Ask, _rig.Policy.Judge(_rig.Policy.Read(_rig.Command("codex --remote unix:///run/agent/codex.sock"), socket), socket, PolicyRig.Noon).Verdict);
        Assert.Equal(PolicyVerdict.Allow, _rig.Policy.Judge(_rig.Policy.Read(_rig.Command("codex --version"), socket), socket, PolicyRig.Noon).Verdict);
    }

    [Fact]
    public void A_tool_that_fetches_is_held_to_the_same()
    {
        var fetch = _rig.Command("x") with { Command = null, Tool = "WebFetch", ToolClass = ToolClass.Network, Title = "WebFetch: http://localhost:25981/permission", Hosts = ["localhost"] };
        var subject = Subject with { Mode = ApprovalMode.Bypass };

        Assert.Equal(PolicyVerdict.Ask, _rig.Policy.Judge(_rig.Policy.Read(fetch, subject), subject, PolicyRig.Noon).Verdict);
    }

    private PolicySubject Subject => _rig.Subject with { Endpoint = "http://127.0.0.1:25981" };

    private PolicyVerdict Verdict(string command, ApprovalMode mode = ApprovalMode.Ask)
    {
        var subject = Subject with { Mode = mode };
        return _rig.Policy.Judge(_rig.Policy.Read(_rig.Command(command), subject), subject, PolicyRig.Noon).Verdict;
    }
}
