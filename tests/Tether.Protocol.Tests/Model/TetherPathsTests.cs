using Tether.Protocol.Model;
using Xunit;

namespace Tether.Protocol.Tests.Model;

public sealed class TetherPathsTests
{
    [Theory]
    [InlineData(null, null, null, "/home/ann/.local/share/tether/run")]
    [InlineData(null, "/run/user/7", null, "/run/user/7/tether")]
    [InlineData(null, "/run/user/7", "/noted", "/noted")]
    [InlineData(null, null, "/noted", "/noted")]
    [InlineData("/given", "/run/user/7", "/noted", "/given")]
    public void Sockets_are_where_it_was_said_or_noted(string? given, string? xdg, string? noted, string expected)
    {
        var variables = new Dictionary<string, string?> { ["HOME"] = "/home/ann", ["TETHER_RUNTIME_DIR"] = given, ["XDG_RUNTIME_DIR"] = xdg };
        var paths = TetherPaths.From(variables.GetValueOrDefault, 7, path => path == "/home/ann/.local/share/tether/runtime" ? noted : "wrong place");
        Assert.Equal(expected, paths.RuntimeDirectory);
        Assert.Equal("/home/ann/.local/share/tether/runtime", paths.RuntimeNote);
    }
}
