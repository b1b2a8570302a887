using Tether.Tui.Commands;
using Xunit;

namespace Tether.Tui.Tests.Commands;

public sealed class WaitCommandTests
{
    [Theory]
    [InlineData("exit", "exit", ExitCodes.Done)]
    [InlineData("text", "text", ExitCodes.Done)]
    [InlineData("idle", "idle", ExitCodes.Done)]
    [InlineData("text", "exit", ExitCodes.WrongState)]
    [InlineData("idle", "exit", ExitCodes.WrongState)]
    [InlineData("exit", "timeout", ExitCodes.TimedOut)]
    [InlineData("text", "timeout", ExitCodes.TimedOut)]
    public void Only_what_was_waited_for_is_success(string waitedFor, string outcome, int expected) =>
        Assert.Equal(expected, WaitCommand.StatusOf(waitedFor, outcome));
}
