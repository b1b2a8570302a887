using System.Text.Json;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.Server.Api.Webhooks;
using Tether.Daemon.Tests.Events;
using Tether.Daemon.Tests.Events.Webhooks;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api.Webhooks;

public sealed class WebhooksApiTests : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private readonly FakeEventLog _log = new();
    private WebhookDesk _desk = null!;
    private ModuleRig _api = null!;
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _desk = new WebhookDesk(_scratch.File("webhooks.db"), _log, TimeProvider.System, new ListLogger());
        _desk.Start();
        _api = await ModuleRig.StartAsync(new WebhooksApi(_desk));
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _receiver.DisposeAsync();
        _desk.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_webhook_is_made_told_listed_and_removed_and_its_secret_is_told_once()
    {
        Log("before");
        var (status, made) = await _api.SendAsync("POST", "/api/webhooks", $"{{\"url\": \"{_receiver.Url}\", \"types\": [\"output\"]}}");
        Assert.Equal(201, status);
        var secret = made.GetProperty("secret").GetString()!;
        Assert.True(secret.Length >= 32);
        var id = made.GetProperty("webhook").GetProperty("id").GetString()!;
        Log("first");
        Soon.Is(() => _receiver.Got.Count == 1);
        var got = _receiver.Got.Single();
        Assert.Equal(WebhookSender.Sign(secret, got.Headers["X-Tether-Timestamp"], System.Text.Encoding.UTF8.GetBytes(got.Body)), got.Headers["X-Tether-Signature"]);

        var (_, list) = await _api.SendAsync("GET", "/api/webhooks");
        Assert.DoesNotContain(secret, list.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(list.GetProperty("webhooks").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(200, (await _api.SendAsync("DELETE", $"/api/webhooks/{id}")).Status);
        Assert.Equal(404, (await _api.SendAsync("GET", $"/api/webhooks/{id}")).Status);
        Log("after");
        Assert.Single(_receiver.Got);
    }

    [Fact]
    public async Task A_webhook_that_rests_is_told_what_it_missed_when_it_wakes()
    {
        var id = await MakeAsync();
        Assert.Equal(200, (await _api.SendAsync("PATCH", $"/api/webhooks/{id}", """{"active": false}""")).Status);
        Log("missed");
        Log("missed too");
        var (_, rests) = await _api.SendAsync("GET", $"/api/webhooks/{id}");
        Assert.False(rests.GetProperty("active").GetBoolean());
        Assert.Empty(_receiver.Got);
        await _api.SendAsync("PATCH", $"/api/webhooks/{id}", """{"active": true, "types": ["output"]}""");
        Soon.Is(() => _receiver.Got.Count == 2);
    }

    [Fact]
    public async Task A_test_tells_what_came_of_it()
    {
        var id = await MakeAsync();
        Assert.True((await _api.SendAsync("POST", $"/api/webhooks/{id}/test")).Body.GetProperty("ok").GetBoolean());
        Assert.Equal("ping", _receiver.Got.Single().Headers["X-Tether-Event"]);
        _receiver.Answer = _ => 404;
        var (_, failed) = await _api.SendAsync("POST", $"/api/webhooks/{id}/test");
        Assert.Equal((false, "answered 404"), (failed.GetProperty("ok").GetBoolean(), failed.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Dead_letters_are_listed_sent_again_and_removed()
    {
        var id = await MakeAsync();
        using (var store = new WebhookStore(_scratch.File("webhooks.db")))
        {
            store.GiveUp(new DeadLetter(id, 7, "output", EventLogRig.Noon, 10, "answered 500", """{"id": 7}"""u8.ToArray()));
            store.GiveUp(new DeadLetter(id, 8, "output", EventLogRig.Noon, 10, "answered 500", """{"id": 8}"""u8.ToArray()));
        }

        var (_, list) = await _api.SendAsync("GET", $"/api/webhooks/{id}/dead-letters");
        Assert.Equal([8, 7], list.GetProperty("dead_letters").EnumerateArray().Select(letter => letter.GetProperty("event_id").GetInt32()));
        _receiver.Answer = _ => 500;
        Assert.False((await _api.SendAsync("POST", $"/api/webhooks/{id}/dead-letters/7/resend")).Body.GetProperty("ok").GetBoolean());
        _receiver.Answer = _ => 200;
        Assert.True((await _api.SendAsync("POST", $"/api/webhooks/{id}/dead-letters/7/resend")).Body.GetProperty("ok").GetBoolean());
        Assert.Equal(("""{"id": 7}""", $"{id}-7"), (_receiver.Got.Last().Body, _receiver.Got.Last().Headers["X-Tether-Delivery"]));
        Assert.Equal(404, (await _api.SendAsync("POST", $"/api/webhooks/{id}/dead-letters/7/resend")).Status);
        Assert.Equal(200, (await _api.SendAsync("DELETE", $"/api/webhooks/{id}/dead-letters/8")).Status);
        Assert.Equal(0, (await _api.SendAsync("GET", $"/api/webhooks/{id}/dead-letters")).Body.GetProperty("dead_letters").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"url": "ftp://example.com/"}""")]
    [InlineData("""{"url": "/relative"}""")]
    [InlineData("""{"url": "http://user:pass@example.com/"}""")]
    [InlineData("""{"url": "file:///etc/passwd"}""")]
    [InlineData("""{"url": "http://example.com/", "types": ["a b"]}""")]
    [InlineData("""{"url": "http://example.com/", "types": [null]}""")]
    [InlineData("""{"url": "http://example.com/", "secret": "short"}""")]
    [InlineData("""{"url": "http://example.com/", "since": -1}""")]
    [InlineData("""{"url": "http://example.com/", "active": false}""")]
    [InlineData("""{"url": "http://169.254.169.254/latest"}""")]
    [InlineData("""{"url": "http://[fe80::1]/"}""")]
    [InlineData("""{}""")]
    public async Task What_makes_no_sense_is_refused(string body)
    {
        Assert.Equal(422, (await _api.SendAsync("POST", "/api/webhooks", body)).Status);
        Assert.Empty(_desk.All);
    }

    [Fact]
    public async Task Unknown_webhooks_are_not_found_and_too_many_are_refused()
    {
        Assert.Equal(404, (await _api.SendAsync("PATCH", "/api/webhooks/unknown", """{"active": true}""")).Status);
        Assert.Equal(404, (await _api.SendAsync("DELETE", "/api/webhooks/unknown")).Status);
        Assert.Equal(404, (await _api.SendAsync("POST", "/api/webhooks/unknown/test")).Status);
        Assert.Equal(404, (await _api.SendAsync("GET", "/api/webhooks/unknown/dead-letters")).Status);
        for (var i = 0; i < WebhookDesk.Most; i++)
        {
            await MakeAsync();
        }

        Assert.Equal(409, (await _api.SendAsync("POST", "/api/webhooks", $"{{\"url\": \"{_receiver.Url}\"}}")).Status);
    }

    [Fact]
    public async Task Webhooks_outlive_the_daemon_and_their_file_is_the_users_alone()
    {
        var id = await MakeAsync();
        _desk.Dispose();
        Log("while nobody told");
        _desk = new WebhookDesk(_scratch.File("webhooks.db"), _log, TimeProvider.System, new ListLogger());
        _desk.Start();
        Assert.Equal(id, Assert.Single(_desk.All).Hook.Id);
        Soon.Is(() => _receiver.Got.Count == 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_scratch.File("webhooks.db")));
    }

    private void Log(string text) => _log.Post("aaaaaaaa", EventLogRig.Noon, "output", EventLogRig.Data(text));

    private async Task<string> MakeAsync()
    {
        var (_, made) = await _api.SendAsync("POST", "/api/webhooks", $"{{\"url\": \"{_receiver.Url}\"}}");
        return made.GetProperty("webhook").GetProperty("id").GetString()!;
    }
}
