using Tether.Tui.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class DashboardWarmUpTests
{
    // An exception on its thread would end the program.
    [Fact]
    public void It_draws_without_a_complaint() => Assert.Null(Record.Exception(DashboardWarmUp.Run));
}
