using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Tests.External;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.External;

public sealed class ExternalApiTests : IDisposable
{
    private const string Registration = """
        {"agent_metadata":{"name":"My Custom Agent","type":"custom","icon":"🤖","workspace":"my-workspace"},"session_name":"Code Review Task"}
        """;

    private static readonly string[] SegmentNames = ["id", "request"];

    private readonly ExternalRig _rig = new();
    private readonly InputCursors _cursors;
    private readonly ExternalApi _api;

    public ExternalApiTests()
    {
        _cursors = new InputCursors(_rig.Start.DirectoryOf);
        _api = new ExternalApi(_rig.Agents, _rig.Log, _cursors, _rig.Desk.Clock);
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void The_documented_registration_makes_a_session()
    {
        var (status, reply) = Call("POST", "/external/sessions", Registration);

        var record = _rig.Table.FindRecord(reply.GetProperty("session_id").GetString()!)!;
        Assert.Equal((201, "Code Review Task", "My Custom Agent", "my-workspace"), (status, record.Title, record.External!.Name, record.External.Workspace));
        Assert.Equal(JsonValueKind.Null, reply.GetProperty("platform").ValueKind);
        Assert.Equal(JsonValueKind.Null, reply.GetProperty("thread_info").ValueKind);
    }

    [Fact]
    public void A_platform_without_a_bridge_is_refused_and_nothing_is_made()
    {
        var refusal = Assert.Throws<ApiError>(() => Call("POST", "/external/sessions", Registration.Replace("\"session_name\"", "\"platform\":\"telegram\",\"session_name\"", StringComparison.Ordinal)));
        Assert.Equal((400, "PLATFORM_UNAVAILABLE"), (refusal.Status, refusal.Code));
        Assert.Contains("telegram", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_rig.Table.Records);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"agent_metadata":{}}""")]
    [InlineData("""{"agent_metadata":{"name":null}}""")]
    [InlineData("""{"agent_metadata":{"name":"a","icon":7}}""")]
    public void A_registration_of_another_shape_is_refused(string body) =>
        Assert.Equal(422, Assert.Throws<ApiError>(() => Call("POST", "/external/sessions", body)).Status);

    [Fact]
    public void The_documented_output_approval_and_status_are_taken()
    {
        var id = _rig.Register().Id;
        _rig.Desk.Sessions[id] = _rig.Table.FindRecord(id)!;

        Assert.Equal(1, Call("POST", "/external/sessions/{id}/output", """{"text":"Agent output text here","metadata":{}}""", id).Reply.GetProperty("seq").GetInt64());
        Assert.True(Call("POST", "/external/sessions/{id}/status", """{"status":"thinking"}""", id).Reply.GetProperty("ok").GetBoolean());
        var request = Call("POST", "/external/sessions/{id}/approval", """{"title":"Approve Changes?","description":"Ready to commit these changes","options":["Approve","Reject","Review"]}""", id)
            .Reply.GetProperty("request_id").GetString()!;

        _rig.AwaitRow(id, "Agent output text here");
        Assert.Equal("timeout", Call("GET", "/external/sessions/{id}/approval/{request}", "", id, request).Reply.GetProperty("type").GetString());
        _rig.Answer(request, QueueDecision.Answer, "", ["Reject"]);
        var decided = Call("GET", "/external/sessions/{id}/approval/{request}", "", id, request).Reply;
        Assert.Equal("approval_response", decided.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, decided.GetProperty("seq").ValueKind);
        Assert.Equal(("Reject", false), (decided.GetProperty("data").GetProperty("option").GetString(), decided.GetProperty("data").GetProperty("approved").GetBoolean()));
        Assert.False(decided.GetProperty("data").TryGetProperty("allowed", out _));
    }

    [Fact]
    public void Input_comes_once_and_in_order_also_over_a_restart_of_the_daemon()
    {
        var id = _rig.Register().Id;
        _rig.Push(id, "output", """{"text":"not for the agent"}""").Ends();
        Say(id, "one");
        Say(id, "two");
        Say(id, "three");

        var first = Input(id);
        Assert.Equal("""human_input""", first.GetProperty("type").GetString());
        Assert.Equal("one", Text(first));
        Assert.EndsWith("Z", first.GetProperty("data").GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        Assert.Equal("two", Text(Input(id)));

        var later = new ExternalApi(_rig.Agents, _rig.Log, new InputCursors(_rig.Start.DirectoryOf), _rig.Desk.Clock);
        Assert.Equal("three", Text(Call(later, "GET", "/external/sessions/{id}/input", "", "", id).Reply));
        Assert.Equal("timeout", Call(later, "GET", "/external/sessions/{id}/input", "", "", id).Reply.GetProperty("type").GetString());
    }

    [Fact]
    public void Who_keeps_a_cursor_may_read_again()
    {
        var id = _rig.Register().Id;
        Say(id, "one");
        Say(id, "two");
        Assert.Equal("one", Text(Input(id)));

        var again = Input(id, "?since_seq=0");
        Assert.Equal("one", Text(again));
        Assert.Equal("two", Text(Input(id, $"?since_seq={again.GetProperty("seq").GetInt64()}")));
        Assert.Equal("two", Text(Input(id)));
    }

    [Fact]
    public async Task Who_waits_gets_what_comes_and_of_two_who_wait_only_one()
    {
        var id = _rig.Register().Id;
        var waiting = new[] { Task.Run(() => Input(id, "?timeout=30")), Task.Run(() => Input(id, "?timeout=30")) };

        Say(id, "one");
        var first = await await Task.WhenAny(waiting);
        Assert.Equal("one", Text(first));
        Say(id, "two");
        Assert.Equal(["one", "two"], (await Task.WhenAll(waiting)).Select(Text).Order());
    }

    [Fact]
    public async Task A_wait_is_over_in_time()
    {
        var id = _rig.Register().Id;
        var waiting = Task.Run(() => Input(id, "?timeout=30"));
        Soon.Is(() =>
        {
            _rig.Desk.Hand.Move(TimeSpan.FromSeconds(30));
            return waiting.IsCompleted;
        });
        Assert.Equal("timeout", (await waiting).GetProperty("type").GetString());
    }

    [Fact]
    public void What_a_human_decided_comes_as_an_approval_response()
    {
        var id = _rig.Register().Id;
        _rig.Log.Post(id, default, EventTypes.PermissionResolved, """{"request_id":"r1","allowed":false,"decision":"deny","message":"no"}"""u8.ToArray());
        _rig.Log.Post(id, default, EventTypes.PermissionResolved, """{"request_id":"r2","allowed":true,"decision":"answer","answers":[["Review"]]}"""u8.ToArray());
        _rig.Log.Post(id, default, EventTypes.PermissionResolved, """{"request_id":"r3","allowed":true,"decision":"answer","answers":[["yes"]]}"""u8.ToArray());

        Assert.Equal("approval_response r1 Reject False", Summary(Input(id)));
        Assert.Equal("approval_response r2 Review False", Summary(Input(id)));
        Assert.Equal("approval_response r3 yes True", Summary(Input(id)));

        static string Summary(JsonElement message)
        {
            var data = message.GetProperty("data");
            return $"{message.GetProperty("type").GetString()} {data.GetProperty("request_id").GetString()} {data.GetProperty("option").GetString()} {data.GetProperty("approved").GetBoolean()}";
        }
    }

    [Fact]
    public void After_the_end_the_rest_can_be_fetched_and_then_it_is_over()
    {
        var id = _rig.Register().Id;
        Say(id, "last");
        var live = _rig.Live(id);
        live.Post(() => live.Stop("me", isForced: false));
        live.Over.Ends();

        Assert.Equal("last", Text(Input(id)));
        Assert.Equal(409, Assert.Throws<ApiError>(() => Input(id)).Status);
    }

    [Theory]
    [InlineData("?timeout=-1")]
    [InlineData("?timeout=61")]
    [InlineData("?timeout=NaN")]
    [InlineData("?timeout=1e9")]
    [InlineData("?since_seq=-1")]
    [InlineData("?since_seq=1&since_seq=2")]
    public void A_parameter_out_of_bounds_is_refused(string query)
    {
        var id = _rig.Register().Id;
        Assert.Equal(422, Assert.Throws<ApiError>(() => Input(id, query)).Status);
    }

    [Fact]
    public void Every_route_takes_the_scope_of_an_agent_and_refuses_what_is_unknown()
    {
        Assert.All(_api.Routes, route => Assert.Equal(ApiScope.Input, route.Scope));
        Assert.Equal(404, Assert.Throws<ApiError>(() => Input("nobody")).Status);
        Assert.Equal(404, Assert.Throws<ApiError>(() => Call("POST", "/external/sessions/{id}/output", """{"text":"a"}""", "nobody")).Status);
        Assert.Equal(404, Assert.Throws<ApiError>(() => Call("GET", "/external/sessions/{id}/approval/{request}", "", "nobody", "x")).Status);
    }

    private void Say(string id, string text) => _rig.Agents.SayAsync(id, text, "ann", "cli").Ends();

    private JsonElement Input(string id, string query = "") => Call(_api, "GET", "/external/sessions/{id}/input", query, "", id).Reply;

    private static string Text(JsonElement message) => message.GetProperty("data").GetProperty("text").GetString()!;

    private (int Status, JsonElement Reply) Call(string method, string path, string body, params string[] segments) => Call(_api, method, path, "", body, segments);

    private static (int Status, JsonElement Reply) Call(ExternalApi api, string method, string path, string query, string body, params string[] segments)
    {
        var route = api.Routes.Single(route => route.Method == method && route.Path == path);
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var answer = new MemoryStream();
        context.Response.Body = answer;
        var named = SegmentNames.Zip(segments).ToDictionary(pair => pair.First, pair => pair.Second);
        route.Handle(new ApiCall(context, route, named, ExternalRig.Caller)).WaitAsync(Soon.Limit).GetAwaiter().GetResult();
        return (context.Response.StatusCode, JsonElement.Parse(answer.ToArray()));
    }
}
