using Tether.Tui.Connection;
using Xunit;

namespace Tether.Tui.Tests.Connection;

public sealed class ClientConfigTests
{
    [Theory]
    [InlineData("KEY=value", "value")]
    [InlineData("  export KEY = value # why", "value")]
    [InlineData("KEY='a # b' # c", "a # b")]
    [InlineData("KEY=\"x\"", "x")]
    [InlineData("KEYS=1", null)]
    [InlineData("# KEY=1", null)]
    public void A_line_is_read_as_the_daemon_reads_it(string line, string? value) =>
        Assert.Equal(value is null ? [] : [new ConfigSetting("file:1", value)], ClientConfig.AllIn("file", [line], "KEY"));

    [Fact]
    public void The_last_line_counts_and_each_is_named_by_its_number() =>
        Assert.Equal([new ConfigSetting("file:3", "2"), new ConfigSetting("file:1", "1")], ClientConfig.AllIn("file", ["KEY=1", "KEY=", "KEY=2"], "KEY"));
}
