using Tether.Daemon.Server.Api;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

public sealed class ApiPathTests
{
    [Theory]
    [InlineData("/api/health", "api|health")]
    [InlineData("/api/sessions/ab?x=/../y", "api|sessions|ab")]
    [InlineData("http://localhost:8787/api/health", "api|health")]
    [InlineData("/a%20b/%c3%a9", "a b|é")]
    [InlineData("/a%2541", "a%41")]
    public void A_path_is_decoded_once(string target, string segments) => Assert.Equal(segments.Split('|'), ApiPath.Read(target));

    [Theory]
    [InlineData("/api/../etc")]
    [InlineData("/api/%2e%2e/etc")]
    [InlineData("/api/./x")]
    [InlineData("/api//x")]
    [InlineData("/api/x/")]
    [InlineData("/api/a%2fb")]
    [InlineData("/api/a%5cb")]
    [InlineData("/api/a\\b")]
    [InlineData("/api/%00")]
    [InlineData("/api/%0a")]
    [InlineData("/api/%zz")]
    [InlineData("/api/%f")]
    [InlineData("/api/%ff")]
    [InlineData("/")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("http://localhost")]
    public void What_could_mean_another_place_is_no_path(string target) => Assert.Null(ApiPath.Read(target));

    [Fact]
    public void A_path_without_end_is_none() => Assert.Null(ApiPath.Read("/" + new string('a', 100_000)));
}
