using System.Text;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Approvals;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Server.Api.Rules;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Server.Api.Tokens;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

public sealed class BodyShapeTests
{
    [Theory]
    [InlineData("""{"name":"a","scopes":["observe"],"expires":"30d"}""", "there is no member “expires”; there are name, scopes, expires_at, expires_in_s")]
    [InlineData("""{"name":"a"}""", "scopes is missing")]
    [InlineData("{}", "name and scopes are missing")]
    [InlineData("""{"name":7,"scopes":[]}""", "name: a text")]
    [InlineData("""{"name":"a","scopes":"observe"}""", "scopes: a list, of which each is a text")]
    [InlineData("""{"name":"a","scopes":null}""", "scopes: a list, of which each is a text")]
    [InlineData("""{"name":"a","scopes":["observe",7]}""", "scopes[1]: a text")]
    [InlineData("""{"name":"a","scopes":[],"expires_at":"tomorrow"}""", "expires_at: a time as 2026-01-31T12:00:00Z")]
    [InlineData("""{"name":"a","scopes":[],"expires_in_s":"5"}""", "expires_in_s: a number")]
    [InlineData("[]", "the body: a JSON object")]
    [InlineData("null", "the body is null; send a JSON object")]
    [InlineData("", "the body is empty; send JSON")]
    [InlineData("{\n \"name\":}", "the body is no JSON: it cannot be read at line 2, byte 9")]
    [InlineData("""{"name":"a\ud800","scopes":[]}""", "name: a text")]
    [InlineData("""{"\ud800":1}""", "the body has a text that is no Unicode: half of a surrogate pair")]
    [InlineData("""{"name":7,"\ud800":1}""", "the body has a text that is no Unicode: half of a surrogate pair")]
    public Task What_is_wrong_with_a_token(string body, string message) => Refused(TokensJson.Default.NewToken, body, message);

    [Theory]
    [InlineData("""{"verdict":"allow","commands":["make"],"session":["a"]}""", "there is no member “session”; there are id, verdict, agents, sessions,*")]
    [InlineData("""{"verdict":"maybe"}""", "verdict: one of allow, ask, deny")]
    [InlineData("""{"verdict":"allow","classes":["edit","files"]}""", "classes[1]: one of *edit*")]
    [InlineData("""{"verdict":"allow","uses":1.5}""", "uses: a whole number")]
    public Task What_is_wrong_with_a_rule(string body, string message) => Refused(RulesJson.Default.PolicyRule, body, message);

    [Fact]
    public async Task What_is_wrong_elsewhere()
    {
        await Refused(ApprovalsJson.Default.ApprovalAnswer, """{"decision":"yes"}""", "decision: one of allow, deny, answer, dismiss");
        await Refused(ApprovalsJson.Default.ApprovalAnswer, """{"decision":"answer","answers":["yes"]}""", "answers[0]: a list, of which each is a text");
        await Refused(SessionsJson.Default.NewSession, """{"provider":"shell","columns":"80"}""", "columns: a whole number");
        await Refused(SessionsJson.Default.SessionStop, """{"force":"yes"}""", "force: true or false");
        await Refused(ExternalJson.Default.RegisterBody, """{"agent_metadata":{}}""", "agent_metadata.name is missing");
    }

    [Fact]
    public async Task Clients_of_earlier_products_may_send_more()
    {
        const string Body = """{"agent_metadata":{"name":"a"},"thread":"b"}""";
        await Assert.ThrowsAsync<ApiError>(() => Call("""{"\ud800":1}""").BodyAsync(ExternalJson.Default.RegisterBody, takesMore: true));
        Assert.Equal("a", (await Call(Body).BodyAsync(ExternalJson.Default.RegisterBody, takesMore: true)).AgentMetadata.Name);
        await Assert.ThrowsAsync<ApiError>(() => Call(Body).BodyAsync(ExternalJson.Default.RegisterBody));
    }

    private static async Task Refused<T>(JsonTypeInfo<T> shape, string body, string message)
    {
        var error = await Assert.ThrowsAsync<ApiError>(() => Call(body).BodyAsync(shape));
        Assert.Equal(422, error.Status);
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(message).Replace("\\*", ".*", StringComparison.Ordinal) + "$", error.Message);
    }

    private static ApiCall Call(string body)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var route = new ApiRoute { Method = "POST", Path = "/", Scope = ApiScope.Input, Summary = "", Group = "", Handle = _ => Task.CompletedTask };
        return new ApiCall(context, route, new Dictionary<string, string>(), new ApiCaller("test", ApiScope.Admin, null, 0));
    }
}
