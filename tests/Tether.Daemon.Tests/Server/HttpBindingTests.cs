using System.Net;
using Tether.Daemon.Configuration;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Tokens;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class HttpBindingTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("localhost:8787", true)]
    [InlineData("LOCALHOST:8787", true)]
    [InlineData("127.0.0.1:8787", true)]
    [InlineData("[::1]:8787", true)]
    [InlineData("localhost", false)]
    [InlineData("localhost:80", false)]
    [InlineData("evil.example:8787", false)]
    [InlineData("localhost.evil.example:8787", false)]
    [InlineData("tether.example.com", true)]
    [InlineData("tether.example.com:443", true)]
    [InlineData("tether.example.com.evil.example", false)]
    [InlineData("tether.example.com:evil", false)]
    [InlineData("box:8080", true)]
    [InlineData("box", false)]
    [InlineData("10.0.0.1:8787", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void By_which_names_the_loopback_may_be_called(string? host, bool may) =>
        Assert.Equal(may, new HttpBinding(IPAddress.Loopback, 8787, ["tether.example.com", "box:8080"]).IsCalled(host, IPAddress.Parse("10.0.0.1")));

    [Fact]
    public void Beyond_the_loopback_the_address_that_was_reached_is_a_name_too()
    {
        var binding = new HttpBinding(IPAddress.Any, 8787, []);
        Assert.True(binding.IsCalled("10.0.0.1:8787", IPAddress.Parse("10.0.0.1")));
        Assert.False(binding.IsCalled("10.0.0.2:8787", IPAddress.Parse("10.0.0.1")));
        Assert.False(binding.IsCalled("evil.example:8787", IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public void It_opens_to_other_machines_only_with_a_token_that_counts()
    {
        var time = TimeProvider.System;
        var paths = new TetherPaths { ConfigDirectory = _scratch.Path, DataDirectory = _scratch.Path, RuntimeDirectory = _scratch.Path };
        var open = new TetherConfig { HttpAddress = IPAddress.Any };
        Assert.Contains("TETHER_AGENT_TOKEN", Assert.Throws<IOException>(() => HttpSetup.Check(open, paths, time)).Message, StringComparison.Ordinal);
        HttpSetup.Check(new TetherConfig(), paths, time);
        HttpSetup.Check(open with { ServesHttp = false }, paths, time);
        HttpSetup.Check(open with { HttpToken = "0123456789abcdef" }, paths, time);
        new TokenStore(TokenStore.PathIn(_scratch.Path), time).Create("ci", ApiScope.Observe, null);
        HttpSetup.Check(open, paths, time);
    }
}
