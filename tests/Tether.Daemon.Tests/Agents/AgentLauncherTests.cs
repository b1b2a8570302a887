using Microsoft.Extensions.Logging.Abstractions;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Codex;
using Tether.Daemon.Agents.Pi;
using Tether.Daemon.Configuration;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents;

public sealed class AgentLauncherTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void An_agent_is_launched_so_that_it_reports()
    {
        var plan = Launch(new CodexAgent().Provider, new TetherConfig());
        Assert.Contains("features.daemon_auto_start=false", plan.Arguments);
        Assert.NotNull(SessionEnvironment.Get(plan.Environment, AgentLauncher.SecretVariable));
    }

    [Theory]
    [InlineData("codex", false, null)]
    [InlineData("pi", false, null)]
    [InlineData("claude", true, "off")]
    public void With_hooks_off_it_is_launched_as_the_person_said(string agent, bool isOn, string? said)
    {
        string[] environment = ["PATH=/bin", $"{AgentLauncher.SecretVariable}=another's", .. said is null ? (string[])[] : [$"TETHER_HOOKS={said}"]];
        var plan = Launch(AgentKinds.Find(agent)!.Provider, new TetherConfig { Hooks = isOn }, environment);
        Assert.Equal([agent, "--verbose"], plan.Arguments);
        Assert.Equal(environment.Where(entry => !entry.StartsWith(AgentLauncher.SecretVariable, StringComparison.Ordinal)), plan.Environment);
    }

    [Fact]
    public void One_session_may_have_hooks_where_others_have_none()
    {
        var plan = Launch(new PiAgent().Provider, new TetherConfig { Hooks = false }, ["PATH=/bin", "TETHER_HOOKS=on"]);
        Assert.Equal("-e", plan.Arguments[1]);
    }

    private LaunchPlan Launch(Provider provider, TetherConfig config, string[]? environment = null)
    {
        var launcher = new AgentLauncher(new AgentFolders(_scratch.Path), "/run/tether/local.sock", "/bin/tether", config, TimeProvider.System, NullLogger.Instance);
        return launcher.Prepare("abcdefgh", provider, new LaunchPlan($"/bin/{provider.Name}", [provider.Name, "--verbose"], environment ?? ["PATH=/bin"], "/srv/app"), ApprovalMode.Ask);
    }
}
