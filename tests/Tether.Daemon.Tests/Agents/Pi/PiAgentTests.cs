using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Pi;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Pi;

public sealed class PiAgentTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly PiAgent _agent = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_extension_is_written_into_the_sessions_folder_and_loaded_first()
    {
        var plan = _agent.Prepare(TestLaunch.Plan("pi", "--model", "x"), TestLaunch.In(_scratch.Path));
        var file = _scratch.File("tether.mjs");
        Assert.Equal(["pi", "-e", file, "--model", "x"], plan.Arguments);
        Assert.Contains("export default function tether(pi)", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("-p", "do this")]
    [InlineData("--mode", "rpc")]
    [InlineData("install", "npm:x")]
    [InlineData("--version")]
    public void What_is_no_interface_stays_as_it_is(params string[] arguments)
    {
        var plan = TestLaunch.Plan(["pi", .. arguments]);
        Assert.Same(plan, _agent.Prepare(plan, TestLaunch.In(_scratch.Path)));
        Assert.False(File.Exists(_scratch.File("tether.mjs")));
    }

    [Fact]
    public void Approvals_are_turned_off_in_the_settings_and_on_again_for_one_session()
    {
        var launch = TestLaunch.In(_scratch.Path) with { PiAsks = false };
        Assert.Equal("off", SessionEnvironment.Get(_agent.Prepare(TestLaunch.Plan("pi"), launch).Environment, "TETHER_PI_APPROVALS"));
        var said = TestLaunch.Plan("pi") with { Environment = ["TETHER_PI_APPROVALS=on"] };
        Assert.Equal("on", SessionEnvironment.Get(_agent.Prepare(said, launch).Environment, "TETHER_PI_APPROVALS"));
    }

    [Theory]
    [InlineData(new[] { "--model", "x", "--session", "old", "do it", "@file" }, new[] { "--model", "x", "--session", "new" })]
    [InlineData(new[] { "-c", "--plan", "fast", "-ne" }, new[] { "--plan", "fast", "-ne", "--session", "new" })]
    [InlineData(new[] { "-p", "do it" }, new[] { "--session", "new" })]
    public void Resuming_keeps_the_options_and_submits_nothing_again(string[] original, string[] expected) =>
        Assert.Equal(expected, _agent.ResumeArguments("new", original));
}
