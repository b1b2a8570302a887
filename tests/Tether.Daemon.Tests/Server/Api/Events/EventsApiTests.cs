using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api.Events;
using Tether.Daemon.Tests.Approvals;
using Tether.Daemon.Tests.Events;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Events;

public sealed class EventsApiTests : IAsyncLifetime
{
    private const string A = "aaaaaaaa", B = "bbbbbbbb", WithProgram = "pppppppp";
    private const string Path = $"/api/sessions/{A}/events";

    private readonly EventLogRig _log = new();
    private readonly HandClock _clock = new();
    private FakeExternalAgents _agents = null!;
    private ModuleRig _api = null!;

    public async Task InitializeAsync()
    {
        _agents = new FakeExternalAgents(_log.Log);
        _api = await ModuleRig.StartAsync(new EventsApi(_log.Log, _agents, Find, _clock));
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task What_is_pushed_is_read_back_behind_any_number()
    {
        for (var i = 1; i <= 3; i++)
        {
            var (status, pushed) = await _api.SendAsync("POST", Path, $"{{\"type\": \"output\", \"data\": {{\"text\": \"{i}\", \"n\": [1,\n 2]}}}}");
            Assert.Equal((200, i, true), (status, pushed.GetProperty("seq").GetInt32(), pushed.GetProperty("ok").GetBoolean()));
        }

        var (_, page) = await _api.SendAsync("GET", Path + "?since_seq=1&limit=1");
        var happened = Assert.Single(page.Deserialize(EventsJson.Default.EventsAnswer)!.Events);
        Assert.Equal((2, A, "output", "2"), (happened.Seq, happened.SessionId, happened.Type, happened.Data.GetProperty("text").GetString()));
        Assert.Equal((2, true), (page.GetProperty("next_seq").GetInt64(), page.GetProperty("has_more").GetBoolean()));
        var (_, rest) = await _api.SendAsync("GET", Path + "?since_seq=2");
        Assert.Equal((3, false), (rest.GetProperty("next_seq").GetInt64(), rest.GetProperty("has_more").GetBoolean()));
    }

    [Fact]
    public async Task A_poll_tells_what_was_said_and_decided_unless_it_is_asked_for_more()
    {
        _log.Append(A, "mine");
        _log.Append(A, "yours", "user_input");
        Assert.Equal([2], Seqs(await _api.SendAsync("GET", Path + "/poll?since_seq=0")));
        Assert.Equal([1, 2], Seqs(await _api.SendAsync("GET", Path + "/poll?types=output,user_input")));
        Assert.Equal([1], Seqs(await _api.SendAsync("GET", Path + "?types=output")));
    }

    [Fact]
    public async Task A_long_poll_answers_with_the_first_event_that_fits()
    {
        var polling = _api.SendAsync("GET", Path + "/poll?wait=60");
        _log.Append(A, "not for it");
        _log.Append(B, "not for it", "user_input");
        Assert.False(polling.IsCompleted);
        _log.Append(A, "go on", "user_input");
        Assert.Equal([2], Seqs(await polling));
    }

    [Fact]
    public async Task A_long_poll_is_over_when_its_time_is_and_tells_how_far_it_looked()
    {
        _log.Append(A, "not for it");
        var polling = _api.SendAsync("GET", Path + "/poll?wait=5");
        Soon.Is(() =>
        {
            _clock.Move(TimeSpan.FromSeconds(5));
            return polling.IsCompleted;
        });
        var (_, page) = await polling;
        Assert.Equal((0, 1), (page.GetProperty("events").GetArrayLength(), page.GetProperty("next_seq").GetInt32()));
    }

    [Fact]
    public async Task A_permission_request_tells_its_id_and_can_be_awaited()
    {
        var (_, asked) = await _api.SendAsync("POST", Path, """{"type": "permission_request", "data": {"title": "Commit?"}}""");
        Assert.Equal("ask1", asked.GetProperty("request_id").GetString());
        Assert.False(asked.TryGetProperty("decision", out _));
        var (_, open) = await _api.SendAsync("GET", $"/api/sessions/{A}/permission/ask1");
        Assert.False(open.GetProperty("resolved").GetBoolean());
        var awaited = _api.SendAsync("GET", $"/api/sessions/{A}/permission/ask1?wait=300");
        _agents.Decide("""{"allowed": true}""");
        var (_, over) = await awaited;
        Assert.True(over.GetProperty("resolved").GetBoolean());
        Assert.True(over.GetProperty("decision").GetProperty("allowed").GetBoolean());
        var (_, atOnce) = await _api.SendAsync("POST", Path + "?wait=10", """{"type": "permission_request"}""");
        Assert.True(atOnce.GetProperty("decision").GetProperty("allowed").GetBoolean());
    }

    [Theory]
    [InlineData("GET", "/api/sessions/unknown1/events", null, 404)]
    [InlineData("POST", "/api/sessions/unknown1/events", "{}", 404)]
    [InlineData("GET", "/api/sessions/unknown1/events/stream", null, 404)]
    [InlineData("GET", Path + "?since_seq=-1", null, 422)]
    [InlineData("GET", Path + "?since_seq=9999999999999999999", null, 422)]
    [InlineData("GET", Path + "?limit=0", null, 422)]
    [InlineData("GET", Path + "?wait=61", null, 422)]
    [InlineData("GET", Path + "?types=,", null, 422)]
    [InlineData("GET", Path + "?types=a%27b", null, 422)]
    [InlineData("GET", "/api/events/stream?since=x", null, 422)]
    [InlineData("POST", Path, "{\"type\": \"session_state\", \"data\": {}}", 422)]
    [InlineData("POST", Path, "{\"type\": \"output\", \"data\": 7}", 422)]
    [InlineData("POST", Path, "{\"type\": 7}", 422)]
    [InlineData("POST", Path, "{", 422)]
    [InlineData("POST", Path, "null", 422)]
    [InlineData("POST", "/api/sessions/" + WithProgram + "/events", "{\"type\": \"output\", \"data\": {\"text\": \"x\"}}", 409)]
    [InlineData("GET", "/api/sessions/" + WithProgram + "/permission/x", null, 409)]
    public async Task What_makes_no_sense_is_refused(string method, string path, string? body, int status)
    {
        var (answered, refusal) = await _api.SendAsync(method, path, body);
        Assert.Equal(status, answered);
        Assert.NotEmpty(refusal.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_stream_tells_the_past_and_goes_on_with_what_happens()
    {
        _log.Append(A, "1");
        _log.Append(B, "other");
        _log.Append(A, "2");
        using var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream");
        Assert.Equal("text/event-stream", stream.ContentType);
        Assert.Equal([1, 2], await stream.IdsAsync(2));
        _log.Append(A, "3");
        var (id, data) = (await Next(stream))!.Value;
        Assert.Equal((3, "3"), (id, JsonElement.Parse(data).GetProperty("data").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_stream_that_comes_again_goes_on_behind_the_last_event_it_had()
    {
        for (var i = 0; i < 10; i++)
        {
            _log.Append(A, $"{i}");
        }

        using (var first = await _api.StreamAsync($"/api/events/sessions/{A}?since=2"))
        {
            Assert.Equal([3, 4, 5], await first.IdsAsync(3));
        }

        using var second = await _api.StreamAsync($"/api/events/sessions/{A}?since=2", lastEventId: 5);
        Assert.Equal([6, 7, 8, 9, 10], await second.IdsAsync(5));
    }

    [Fact]
    public async Task A_stream_that_comes_again_with_an_id_of_another_log_gets_what_happens_from_now_on()
    {
        _log.Append(A, "1");
        using var stream = await _api.StreamAsync($"/api/events/sessions/{A}", lastEventId: 500);
        await stream.UntilAsync(": events follow");
        var (_, page) = await _api.SendAsync("GET", Path + "?since_seq=500");
        Assert.Equal(1, page.GetProperty("next_seq").GetInt64());
        _log.Append(A, "2");
        Assert.Equal([2], await stream.IdsAsync(1));
    }

    [Fact]
    public async Task The_stream_of_all_begins_now_or_behind_a_number()
    {
        _log.Append(A, "1");
        using var now = await _api.StreamAsync("/api/events/stream");
        await now.UntilAsync(": events follow");
        using var past = await _api.StreamAsync("/api/events/stream?since=0&types=output");
        _log.Append(B, "2");
        _log.Append(A, "left out", "title");
        _log.Append(A, "4");
        Assert.Equal([2, 3, 4], await IdsAsync(now, 3));
        Assert.Equal([1, 2, 4], await IdsAsync(past, 3));
    }

    [Fact]
    public async Task Replay_and_live_have_no_gap_and_no_double_while_events_pour_in_and_streams_come_and_go()
    {
        const int Count = 3000;
        var pouring = Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                _log.Post(A, $"{i}");
                if (i % 100 == 0)
                {
                    _log.Log.FlushAsync().Ends();
                }
            }
        });
        var seen = new List<long>();
        while (seen.Count < Count)
        {
            using var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream", seen.Count > 0 ? seen[^1] : null);
            seen.AddRange(await IdsAsync(stream, Math.Min(700, Count - seen.Count)));
        }

        await pouring;
        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task A_comment_keeps_a_silent_stream_alive()
    {
        using var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream");
        await stream.UntilAsync(": events follow");
        var alive = stream.UntilAsync(": keepalive");
        Soon.Is(() =>
        {
            _clock.Move(EventStream.KeepAlive);
            return alive.IsCompleted;
        });
        await alive;
    }

    [Fact]
    public async Task A_stream_ends_with_its_session()
    {
        _log.Append(A, "1");
        using var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream");
        Assert.Equal([1], await stream.IdsAsync(1));
        _log.Log.Forget(A);
        Assert.Contains("\"deleted\"", (await Next(stream))!.Value.Data, StringComparison.Ordinal);
        Assert.Null(await Next(stream));
    }

    [Fact]
    public async Task A_stream_of_other_types_ends_with_its_session_too()
    {
        _log.Append(A, "1");
        using var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream?types=output");
        Assert.Equal([1], await stream.IdsAsync(1));
        _log.Log.Forget(A);
        Assert.Null(await Next(stream));
    }

    [Fact]
    public async Task A_client_that_goes_ends_its_stream()
    {
        var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream");
        await stream.UntilAsync(": events follow");
        Assert.Equal(1, _api.Open);
        stream.Dispose();
        Soon.Is(() => _api.Open == 0);
    }

    [Fact]
    public async Task A_stalled_client_is_let_go_after_its_time_and_gets_the_rest_when_it_comes_again()
    {
        using var stream = await _api.StreamAsync($"/api/sessions/{A}/events/stream");
        await stream.UntilAsync(": events follow");
        const int Count = 400;
        for (var i = 0; i < Count; i++)
        {
            _log.Post(A, new string('x', 50_000));
        }

        _log.Log.FlushAsync().Ends();
        Soon.Is(() =>
        {
            _clock.Move(TimeSpan.FromSeconds(30));
            return _api.Open == 0;
        });
        using var again = await _api.StreamAsync($"/api/sessions/{A}/events/stream?since_seq={Count - 2}");
        Assert.Equal([Count - 1, Count], await IdsAsync(again, 2));
    }

    private static IEnumerable<int> Seqs((int Status, JsonElement Body) answer) =>
        answer.Body.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("seq").GetInt32());

    private static SessionRecord? Find(string id) => id is A or B or WithProgram
        ? new SessionRecord { Id = id, Title = id, Provider = "x", Directory = "/", External = id == WithProgram ? null : new ExternalAgent { Name = id } }
        : null;

    // The clock stands still, and with it the pause in which a stream gathers what happens.
    private Task<(long Id, string Data)?> Next(StreamClient stream) => Moving(stream.NextAsync());

    private Task<List<long>> IdsAsync(StreamClient stream, int count) => Moving(stream.IdsAsync(count));

    private async Task<T> Moving<T>(Task<T> task)
    {
        Soon.Is(() =>
        {
            _clock.Move(TimeSpan.FromMilliseconds(10));
            return task.IsCompleted;
        });
        return await task;
    }
}
