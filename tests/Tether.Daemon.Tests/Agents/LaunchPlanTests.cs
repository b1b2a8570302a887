using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Shell;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Agents;

public sealed class LaunchPlanTests : IDisposable
{
    private static readonly Provider Tool = new() { Name = "tool", Program = "tool", FixedArguments = ["-f"], MayHaveArguments = true, Install = "get tool" };

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_fixed_arguments_come_before_the_callers()
    {
        var program = _scratch.WriteProgram("bin/tool");
        var plan = Plan(Tool, "--model", "o3");
        Assert.Equal(program, plan.Program);
        Assert.Equal(["tool", "-f", "--model", "o3"], plan.Arguments);
        Assert.Equal(_scratch.Path, plan.Directory);
    }

    [Fact]
    public void A_directory_has_one_name_with_a_slash_at_its_end_or_without()
    {
        _scratch.WriteProgram("bin/tool");
        var (plan, _) = LaunchPlan.For(Tool, [], _scratch.Path + "/", [$"PATH={_scratch.Path}/bin"]);
        Assert.Equal(_scratch.Path, plan!.Directory);
    }

    [Fact]
    public void The_shell_is_the_callers_started_as_a_login_shell()
    {
        var zsh = _scratch.WriteProgram("bin/zsh");
        var plan = Plan(new ShellAgent().Provider);
        Assert.Equal(zsh, plan.Program);
        Assert.Equal(["-zsh"], plan.Arguments);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/nowhere/zsh")]
    [InlineData("zsh")]
    public void Without_a_usable_SHELL_the_passwd_entry_names_it(string? variable)
    {
        var shell = LoginShell.Find(variable);
        Assert.True(ProgramFinder.IsExecutable(shell));
        Assert.Contains(":" + shell + "\n", File.ReadAllText("/etc/passwd") + ":/bin/sh\n", StringComparison.Ordinal);
    }

    [Fact]
    public void The_shell_takes_no_arguments() => Assert.Equal(ErrorCode.NoArguments, Error(new ShellAgent().Provider, "-c", "ls").Code);

    [Fact]
    public void A_program_that_is_not_installed_comes_with_advice()
    {
        var error = Error(Tool);
        Assert.Equal(ErrorCode.NotInstalled, error.Code);
        Assert.Equal($"tool was not found: not in {_scratch.File("bin")}. Install it with `get tool`.", error.Message);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("bin/tool")]
    public void A_directory_that_is_none_is_refused(string name)
    {
        _scratch.WriteProgram("bin/tool");
        Assert.Equal(ErrorCode.BadDirectory, LaunchPlan.For(Tool, [], _scratch.File(name), Environment).Error?.Code);
        Assert.Equal(ErrorCode.BadDirectory, LaunchPlan.For(Tool, [], name, Environment).Error?.Code);
    }

    private string[] Environment => [$"PATH={_scratch.File("bin")}", $"SHELL={_scratch.File("bin/zsh")}"];

    private LaunchPlan Plan(Provider provider, params string[] arguments) =>
        LaunchPlan.For(provider, arguments, _scratch.Path, Environment).Plan!;

    private ErrorReply Error(Provider provider, params string[] arguments) =>
        LaunchPlan.For(provider, arguments, _scratch.Path, Environment).Error!;
}
