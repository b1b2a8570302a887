using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Server.Api.Tokens;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

/// <summary>What stands before every route: who may come in, what for, how much and how often.</summary>
public sealed class ApiServerTests
{
    private sealed class Module(IEnumerable<ApiRoute> routes) : IApiModule
    {
        public IEnumerable<ApiRoute> Routes => routes;
    }

    private TokenStore? _tokens;
    private bool _isSupervised;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("GET", "/api/open", null, 200)]
    [InlineData("GET", "/api/thing/1", null, 401)]
    [InlineData("GET", "/api/none", null, 401)]
    [InlineData("POST", "/api/open", null, 401)]
    [InlineData("OPTIONS", "/api/thing/1", null, 401)]
    [InlineData("GET", "/api/thing/1", "wrong", 401)]
    [InlineData("GET", "/api/thing/1", "observe", 200)]
    [InlineData("HEAD", "/api/thing/1", "observe", 200)]
    [InlineData("HEAD", "/api/stream", "observe", 200)]
    [InlineData("HEAD", "/api/text/1", "observe", 200)]
    [InlineData("HEAD", "/api/text/none", "observe", 404)]
    [InlineData("OPTIONS", "/api/thing/1", "observe", 204)]
    [InlineData("PATCH", "/api/thing/1", "observe", 405)]
    [InlineData("DELETE", "/api/thing/1", "observe", 403)]
    [InlineData("DELETE", "/api/thing/none", "observe", 403)]
    [InlineData("DELETE", "/api/thing/1", "approve", 403)]
    [InlineData("DELETE", "/api/thing/none", "admin", 404)]
    [InlineData("GET", "/api/none", "observe", 404)]
    [InlineData("GET", "/api/broken", "admin", 500)]
    [InlineData("GET", "/api/disk", "admin", 503)]
    [InlineData("GET", "/api/thing/..", "admin", 404)]
    [InlineData("GET", "/api/thing/%2e%2e%2f1", "admin", 404)]
    public async Task What_comes_of_a_request(string method, string path, string? token, int status)
    {
        await using var fixture = await StartAsync();
        var answer = await SendAsync(fixture, method, path, token);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status >= 400 && method != "HEAD")
        {
            var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!.AsObject();
            Assert.Equal(["code", "message", "details"], error.Select(member => member.Key));
        }

        Assert.Equal(status is 401, answer.Headers.WwwAuthenticate.Count > 0);
        Assert.Equal(status is 204 or 405 ? "DELETE, GET, HEAD, OPTIONS, POST" : "", string.Join(", ", answer.Content.Headers.Allow));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Without_a_token_nothing_tells_one_path_from_another()
    {
        await using var fixture = await StartAsync();
        var answers = new List<string>();
        foreach (var path in (string[])["/api/thing/1", "/api/thing/none", "/api/none", "/elsewhere", "/api/tokens/x/y"])
        {
            var answer = await SendAsync(fixture, "DELETE", path, null);
            answers.Add($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_body_may_be_as_large_as_its_route_says_and_is_json()
    {
        await using var fixture = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(fixture, "POST", "/api/thing/1", "input", "{\"ok\":true}")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(fixture, "POST", "/api/thing/1", "input", $"{{\"x\":\"{new string('x', 2000)}\"}}")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(fixture, "POST", "/api/thing/1", "input", $"{{\"x\":\"{new string('x', 2000)}\"}}", isChunked: true)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(fixture, "POST", "/api/thing/1", "input", "{}", type: "text/plain")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(fixture, "POST", "/api/thing/1", "input", "\ufeff{\"ok\":true}")).StatusCode);
        foreach (var bad in (string[])["", "{", "[]", "{\"ok\":7}", "null", "{\"ok\":true}x"])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(fixture, "POST", "/api/thing/1", "input", bad)).StatusCode);
        }
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("{\"force\":true}", HttpStatusCode.OK)]
    [InlineData("{", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"forced\":true}", HttpStatusCode.UnprocessableEntity)]
    public async Task A_body_that_needs_no_member_may_be_left_out(string? body, HttpStatusCode status)
    {
        await using var fixture = await StartAsync();
        Assert.Equal(status, (await SendAsync(fixture, "POST", "/api/stop", "input", body)).StatusCode);
        Assert.Equal(status, (await SendAsync(fixture, "POST", "/api/stop", "input", body, isChunked: true)).StatusCode);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.OK)]
    [InlineData("{\"prompt\":\"a\",\"approval_choice\":null}", HttpStatusCode.OK)]
    [InlineData("{\"prompt\":null}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("{\"approval_choice\":null,\"images\":null}", HttpStatusCode.UnprocessableEntity)]
    public async Task Null_is_in_no_member_that_takes_none(string body, HttpStatusCode status)
    {
        await using var fixture = await StartAsync();
        Assert.Equal(status, (await SendAsync(fixture, "POST", "/api/start", "input", body)).StatusCode);
        Assert.Equal(status, (await SendAsync(fixture, "POST", "/api/start", "input", body, isChunked: true)).StatusCode);
    }

    [Theory]
    [InlineData("/api/thing/1")]
    [InlineData("/v1")]
    public async Task Who_guesses_at_tokens_may_not_guess_fast(string path)
    {
        await using var fixture = await StartAsync(setup => setup with { Rate = 1 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            statuses.Add((await SendAsync(fixture, "GET", path, $"guess {i}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_again()
    {
        await using var fixture = await StartAsync(setup => setup with { Rate = 1 });
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await SendAsync(fixture, "GET", "/api/thing/1", "observe"));
        }

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        });
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task What_a_token_holds_open_ends_with_it()
    {
        await using var fixture = await StartAsync();
        using var http = new HttpClient();
        await http.GetAsync($"http://127.0.0.1:{fixture.Port}/health", fixture.Stop);
        var (text, token) = _tokens!.Create("short", ApiScope.Observe, null);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{fixture.Port}/api/stream");
        request.Headers.Add("Authorization", "Bearer " + text);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, fixture.Stop);
        await using var body = await answer.Content.ReadAsStreamAsync(fixture.Stop);
        Assert.Equal((byte)':', body.ReadByte());
        Assert.True(_tokens.Revoke(token.Id));
        Assert.True(await _ended.Task.WaitAsync(fixture.Stop));
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[10], fixture.Stop));
    }

    [Fact]
    public async Task What_runs_in_a_supervised_session_neither_answers_nor_rules_whatever_token_it_has()
    {
        await using var fixture = await StartAsync();
        _isSupervised = true;
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(fixture, "DELETE", "/api/thing/1", "admin")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(fixture, "GET", "/api/approve", "admin")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(fixture, "GET", "/api/thing/1", "admin")).StatusCode);
    }

    [Fact]
    public async Task Over_the_socket_the_user_may_do_everything_unless_he_shows_a_token()
    {
        await using var fixture = await StartAsync();
        var http = fixture.Http();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("http://localhost/api/approve", fixture.Stop)).StatusCode);
        var (text, _) = _tokens!.Create("less", ApiScope.Observe, null);
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + text);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("http://localhost/api/approve", fixture.Stop)).StatusCode);
        http.DefaultRequestHeaders.Remove("Authorization");
        http.DefaultRequestHeaders.Add("Authorization", "Bearer wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("http://localhost/api/approve", fixture.Stop)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example:PORT", null)]
    [InlineData(null, "http://evil.example")]
    [InlineData(null, "http://localhost:1")]
    [InlineData(null, "null")]
    [InlineData(null, "file://")]
    public async Task Pages_and_names_from_elsewhere_are_refused_also_with_the_token(string? host, string? origin)
    {
        await using var fixture = await StartAsync();
        foreach (var path in (string[])["/api/thing/1", "/api/open", "/health", "/v1"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(fixture, "GET", path, "admin", host: host?.Replace("PORT", $"{fixture.Port}", StringComparison.Ordinal), origin: origin)).StatusCode);
        }
    }

    private Task<WebSocketFixture> StartAsync(Func<HttpSetup, HttpSetup>? with = null) => WebSocketFixture.StartAsync(withPort: true, setup =>
    {
        setup = setup with { IsSupervised = _ => _isSupervised, Modules = (tokens, _) => [new Module(Routes()), .. Keep(tokens)] };
        return with?.Invoke(setup) ?? setup;
    });

    private IApiModule[] Keep(TokenStore tokens)
    {
        _tokens = tokens;
        return [];
    }

    private IEnumerable<ApiRoute> Routes() =>
    [
        Route("GET", "/api/open", ApiScope.None, Ok),
        Route("GET", "/api/thing/{id}", ApiScope.Observe, Ok),
        Route("GET", "/api/approve", ApiScope.Approve, Ok),
        Route("GET", "/api/broken", ApiScope.Observe, _ => throw new InvalidOperationException("on purpose")),
        Route("GET", "/api/disk", ApiScope.Observe, _ => throw new IOException("no space left")),
        Route("GET", "/api/stream", ApiScope.Observe, StreamAsync) with { Content = "text/event-stream" },
        Route("GET", "/api/text/{id}", ApiScope.Observe, call => call.Segment("id") == "1" ? Ok(call) : throw ApiError.Missing("none")) with { Content = "text/plain" },
        Route("DELETE", "/api/thing/{id}", ApiScope.Admin, call => call.Segment("id") == "1" ? Ok(call) : throw ApiError.Missing("none")),
        Route("POST", "/api/start", ApiScope.Input, async call => await call.AnswerAsync(new Done { Ok = (await call.BodyAsync(SessionsJson.Default.StartSession)).Images.Length == 0 }, TokensJson.Default.Done))
            with { Body = SessionsJson.Default.StartSession },
        Route("POST", "/api/stop", ApiScope.Input, async call => await call.AnswerAsync(new Done { Ok = !(await call.OptionalBodyAsync(SessionsJson.Default.SessionStop)).Force }, TokensJson.Default.Done))
            with { Body = SessionsJson.Default.SessionStop },
        Route("POST", "/api/thing/{id}", ApiScope.Input, async call => await call.AnswerAsync(await call.BodyAsync(TokensJson.Default.Done), TokensJson.Default.Done))
            with { Body = TokensJson.Default.Done, MostBytes = 1000 },
    ];

    private static ApiRoute Route(string method, string path, ApiScope scope, Func<ApiCall, Task> handle) =>
        new() { Method = method, Path = path, Scope = scope, Summary = "", Group = "", Handle = handle };

    private static Task Ok(ApiCall call) => call.AnswerAsync(new Done(), TokensJson.Default.Done);

    private async Task StreamAsync(ApiCall call)
    {
        await call.Http.Response.Body.WriteAsync(":\n"u8.ToArray(), call.Aborted);
        await call.Http.Response.Body.FlushAsync(call.Aborted);
        call.Aborted.Register(() => _ended.TrySetResult(true));
        await Task.Delay(Timeout.InfiniteTimeSpan, call.Aborted);
    }

    private async Task<HttpResponseMessage> SendAsync(
        WebSocketFixture fixture, string method, string path, string? token, string? body = null, bool isChunked = false, string type = "application/json", string? host = null, string? origin = null)
    {
        using var http = new HttpClient();

        // The path goes out as it is written.
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://127.0.0.1:{fixture.Port}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (token is "observe" or "input" or "approve" or "admin")
        {
            // Kestrel, and so the store, is there from the first request on.
            using var first = await http.GetAsync($"http://127.0.0.1:{fixture.Port}/health", fixture.Stop);
            token = _named.GetValueOrDefault(token) ?? (_named[token] = _tokens!.Create(token, ApiScopes.Parse([token])!.Value, null).Text);
        }

        if (token is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + token);
        }

        if (body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            request.Content = isChunked ? new StreamContent(new Unseekable(bytes)) : new ByteArrayContent(bytes);
            request.Content.Headers.Add("Content-Type", type);
        }

        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await http.SendAsync(request, fixture.Stop);
    }

    private readonly Dictionary<string, string> _named = [];

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
