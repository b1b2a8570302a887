using System.Text.Json;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Sessions;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Sessions;

public sealed class ForbiddenKeysTests
{
    [Theory]
    [InlineData("""{"command":"sh"}""", "command")]
    [InlineData("""{"provider":"x","ENV":{}}""", "ENV")]
    [InlineData("""{"tags":[[{"a":{"Args":[]}}]]}""", "Args")]
    [InlineData("""{"shell":null}""", "shell")]
    [InlineData("""{"providerCommand":""}""", "providerCommand")]
    public void It_is_refused_by_name_however_deep(string body, string key)
    {
        var error = Assert.Throws<ApiError>(() => ForbiddenKeys.Refuse(JsonDocument.Parse(body).RootElement));
        Assert.Equal(422, error.Status);
        Assert.Contains($"“{key}”", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"command","tags":["env"]}""")]
    [InlineData("""[]""")]
    public void What_only_says_such_a_word_is_not(string body) => ForbiddenKeys.Refuse(JsonDocument.Parse(body).RootElement);

    [Fact]
    public void A_name_that_is_no_text_is_a_mistake_of_the_callers() =>
        Assert.Equal(422, Assert.Throws<ApiError>(() => ForbiddenKeys.Refuse(JsonDocument.Parse("{\"\\ud800\":1}").RootElement)).Status);
}
