using Tether.Daemon.Agents;
using Tether.Daemon.Agents.OpenCode;
using Xunit;

namespace Tether.Daemon.Tests.Agents.OpenCode;

public sealed class OpenCodeAgentTests
{
    private readonly OpenCodeAgent _agent = new();

    [Theory]
    [InlineData]
    [InlineData("project")]
    [InlineData("--model", "run", "-c")]
    public void The_interface_gets_a_port_and_a_password_of_its_own(params string[] arguments)
    {
        var launch = TestLaunch.In("/");
        var plan = _agent.Prepare(TestLaunch.Plan(["opencode", .. arguments]), launch);

        Assert.Equal("--port", plan.Arguments[1]);
        Assert.Equal($"http://127.0.0.1:{plan.Arguments[2]}", launch.File.Endpoint);
        Assert.Equal(arguments, plan.Arguments[3..]);
        var password = SessionEnvironment.Get(plan.Environment, "OPENCODE_SERVER_PASSWORD")!;
        Assert.Equal(32, password.Length);
        Assert.Equal($"opencode:{password}", launch.File.Password);
    }

    [Theory]
    [InlineData("run", "do this")]
    [InlineData("serve")]
    [InlineData("auth", "login")]
    [InlineData("--log-level", "DEBUG", "upgrade")]
    [InlineData("--version")]
    [InlineData("attach", "http://127.0.0.1:4096")]
    public void What_is_no_interface_stays_as_it_is(params string[] arguments)
    {
        var launch = TestLaunch.In("/");
        var plan = TestLaunch.Plan(["opencode", .. arguments]);
        Assert.Same(plan, _agent.Prepare(plan, launch));
        Assert.Null(launch.File.Endpoint);
    }

    [Fact]
    public void The_persons_own_port_is_used_without_a_password_that_his_clients_do_not_know()
    {
        var launch = TestLaunch.In("/");
        var plan = TestLaunch.Plan("opencode", "--port=4096", "--hostname", "0.0.0.0");
        Assert.Same(plan, _agent.Prepare(plan, launch));
        Assert.Equal("http://127.0.0.1:4096", launch.File.Endpoint);
        Assert.Null(launch.File.Password);
    }

    [Fact]
    public void The_persons_own_password_and_user_count()
    {
        var launch = TestLaunch.In("/");
        var plan = TestLaunch.Plan("opencode") with { Environment = ["OPENCODE_SERVER_PASSWORD=his", "OPENCODE_SERVER_USERNAME=ada"] };
        Assert.Equal(plan.Environment, _agent.Prepare(plan, launch).Environment);
        Assert.Equal("ada:his", launch.File.Password);
    }

    [Fact]
    public void A_port_that_says_any_is_replaced() =>
        Assert.Equal(["opencode", "--port", "-c"], _agent.Prepare(TestLaunch.Plan("opencode", "--port", "0", "-c"), TestLaunch.In("/")).Arguments.Where(word => !int.TryParse(word, out _)));

    [Theory]
    [InlineData(new[] { "--model", "a/b", "-s", "ses_old", "--prompt", "do it" }, new[] { "--model", "a/b", "-s", "ses_new" })]
    [InlineData(new[] { "project", "-c", "--fork" }, new[] { "project", "-s", "ses_new" })]
    [InlineData(new[] { "run", "-m", "a/b", "do it" }, new[] { "-s", "ses_new" })]
    public void Resuming_keeps_what_lasts_and_submits_nothing_again(string[] original, string[] expected) =>
        Assert.Equal(expected, _agent.ResumeArguments("ses_new", original));
}
