using System.Net;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>What stands around the API: who is let in, what he is told who is not, and what nobody may ask for.</summary>
public sealed class ApiEnvelopeTests
{
    [EndToEndFact]
    public async Task The_status_tells_where_it_is()
    {
        await using var api = await ApiSandbox.Start();
        Assert.Contains($"api        {api.Address}\n", await api.Sandbox.Do("status"), StringComparison.Ordinal);
        await using var closed = new Sandbox();
        await closed.Do("start");
        Assert.Contains("api        closed\n", await closed.Do("status"), StringComparison.Ordinal);
        Assert.Null((await closed.Json("status", "--json"))["api"]);
    }

    [EndToEndFact]
    public async Task Who_may_not_come_in_cannot_tell_what_is_there_from_what_is_not()
    {
        await using var api = await ApiSandbox.Start();
        var session = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        var (revokedId, revoked) = await api.NewToken(null, "admin");
        await api.Ask("DELETE", "/api/tokens/" + revokedId);
        var (_, expired) = await api.NewToken(0.001, "admin");
        await Patience.Until(async () => (await api.Send("GET", "/api/sessions", expired)).StatusCode == HttpStatusCode.Unauthorized, "the token's end");
        foreach (var token in (string?[])[null, "", "wrong", revoked, expired, new string('x', 5000)])
        {
            await AllAlike(HttpStatusCode.Unauthorized, token, $"/api/sessions/{session}", "/api/sessions/none", $"/api/sessions/{session}/screen", "/api/nothing", "/api/tokens");
        }

        // Under its scope a token is refused before what it names is looked for.
        var (_, observer) = await api.NewToken(60, "observe");
        await AllAlike(HttpStatusCode.Forbidden, observer, $"/api/sessions/{session}/input", "/api/sessions/none/input");
        var (_, typist) = await api.NewToken(60, "observe", "input");
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Send("POST", "/api/approvals/none", typist, "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Send("GET", "/api/tokens", typist)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Send("POST", "/api/sessions", typist, "{\"provider\":\"shell\",\"approval_mode\":2}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send("GET", "/api/sessions/none", observer)).StatusCode);

        async Task AllAlike(HttpStatusCode status, string? token, params string[] paths)
        {
            var answers = new HashSet<string>();
            foreach (var path in paths)
            {
                using var answer = await api.Send(path.EndsWith("/input", StringComparison.Ordinal) ? "POST" : "GET", path, token, path.EndsWith("/input", StringComparison.Ordinal) ? "{\"text\":\"x\"}" : null);
                Assert.Equal(status, answer.StatusCode);
                answers.Add(await answer.Content.ReadAsStringAsync());
            }

            Assert.Single(answers);
        }
    }

    [EndToEndTheory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:PORT")]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    public async Task A_page_from_elsewhere_is_kept_out_even_with_the_token(string header, string value)
    {
        await using var api = await ApiSandbox.Start();
        foreach (var path in (string[])["/api/health", "/api/sessions", "/api/sessions/none", "/v1"])
        {
            using var answer = await api.Send("GET", path, api.Token, headers: (header, value.Replace("PORT", $"{api.Port}", StringComparison.Ordinal)));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [EndToEndTheory]
    [InlineData("/api/sessions/../tokens")]
    [InlineData("/api/sessions/%2e%2e/tokens")]
    [InlineData("/api/sessions/ID/../ID")]
    [InlineData("/api/sessions/ID%2fscreen")]
    [InlineData("/api/sessions//ID")]
    [InlineData("/api/sessions/ID/")]
    [InlineData("/api/sessions/%00")]
    [InlineData("/api/sessions/..%5cID")]
    [InlineData("//etc/passwd")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/api/sessions/ID/screen/..")]
    public async Task A_path_means_only_what_it_says(string path)
    {
        await using var api = await ApiSandbox.Start();
        var session = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell" }))["id"]!;
        using var answer = await api.Send("GET", path.Replace("ID", session, StringComparison.Ordinal), api.Token);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }

    [EndToEndFact]
    public async Task A_directory_is_one_of_the_users_however_it_is_written()
    {
        await using var api = await ApiSandbox.Start();
        Directory.CreateDirectory(Path.Combine(api.Home, "in"));
        Directory.CreateSymbolicLink(Path.Combine(api.Home, "out"), "/etc");
        foreach (var directory in (string[])["/etc", "/", "in", "~/..", "~/out", "~/in/../../..", $"{api.Home}/out/..", "/proc/self/cwd"])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.Send("POST", "/api/sessions", api.Token, new JsonObject { ["provider"] = "shell", ["directory"] = directory }.ToJsonString())).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.Send("GET", "/api/directories/check?path=" + Uri.EscapeDataString(directory), api.Token)).StatusCode);
        }

        var made = await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell", ["directory"] = "~/in/../in" });
        Assert.Equal(Path.Combine(api.Home, "in"), (string?)made["directory"]);
        Assert.True((bool)(await api.Ask("GET", "/api/directories/check?path=~/in"))["exists"]!);
        Assert.False((bool)(await api.Ask("GET", "/api/directories/check?path=~/none"))["exists"]!);
    }

    [EndToEndTheory]
    [InlineData("""{"provider":"shell","command":"id"}""")]
    [InlineData("""{"provider":"any","args":["sh"]}""")]
    [InlineData("""{"provider":"any","arguments":["sh"]}""")]
    [InlineData("""{"provider":"shell","env":{"PATH":"/tmp"}}""")]
    [InlineData("""{"provider":"shell","tags":[{"environment":[]}]}""")]
    [InlineData("""{"provider":"shell","shell":"/bin/sh"}""")]
    [InlineData("""{"provider":"/bin/sh"}""")]
    [InlineData("""{"provider":"../../bin/sh"}""")]
    [InlineData("""{"provider":"shell","unheard":1}""")]
    public async Task Nobody_chooses_a_program_or_an_environment(string body)
    {
        await using var api = await ApiSandbox.Start();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.Send("POST", "/api/sessions", api.Token, body)).StatusCode);
        Assert.Empty((await api.Ask("GET", "/api/sessions")).AsArray());
    }

    [EndToEndFact]
    public async Task A_port_that_is_taken_is_told_and_the_daemon_runs()
    {
        await using var api = await ApiSandbox.Start();
        await using var second = new Sandbox();
        second.Unset("TETHER_HTTP");
        second.WriteConfig($"TETHER_AGENT_PORT={api.Port}\n");
        await second.Do("start");
        Assert.Contains($"127.0.0.1:{api.Port} is taken", await second.Do("status"), StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{api.Port} is taken", await File.ReadAllTextAsync(second.Paths.LogFile), StringComparison.Ordinal);
    }

    [EndToEndFact]
    public async Task Beyond_this_machine_it_opens_only_with_a_token()
    {
        await using var sandbox = new Sandbox();
        sandbox.Unset("TETHER_HTTP");
        var port = ApiSandbox.FreePort();
        var refused = await sandbox.Run("start", "--host", "0.0.0.0", "--port", $"{port}");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("TETHER_AGENT_TOKEN", refused.Errors, StringComparison.Ordinal);
        await Patience.Until(() => sandbox.Processes.Count == 0, "the end of the daemon");
        sandbox.Set("TETHER_AGENT_TOKEN", "0123456789abcdef0123");
        await sandbox.Do("start", "--host", "0.0.0.0", "--port", $"{port}");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer 0123456789abcdef0123");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{port}/api/sessions")).StatusCode);
    }
}
