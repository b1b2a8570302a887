using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.Tests.Approvals;
using Xunit;

namespace Tether.Daemon.Tests.Events.Webhooks;

public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private const string A = "aaaaaaaa", B = "bbbbbbbb", Secret = "a secret of some length";

    private readonly ScratchDirectory _scratch = new();
    private readonly FakeEventLog _log = new();
    private readonly HandClock _clock = new();
    private readonly WebhookSender _sender = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private WebhookReceiver _receiver = null!;
    private WebhookStore _store = null!;
    private Task _loop = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _store = new WebhookStore(_scratch.File("webhooks.db"));
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _receiver.DisposeAsync();
        _sender.Dispose();
        _store.Dispose();
        _stop.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Events_come_signed_and_in_order()
    {
        Start(Hook());
        for (var i = 1; i <= 20; i++)
        {
            Log(A, $"{i}");
        }

        Soon.Is(() => _receiver.Got.Count == 20);
        var got = _receiver.Got.ToArray();
        Assert.Equal(Enumerable.Range(1, 20), got.Select(delivery => JsonElement.Parse(delivery.Body).GetProperty("id").GetInt32()));
        var first = got[0];
        var timestamp = first.Headers["X-Tether-Timestamp"];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}.{first.Body}")));
        Assert.Equal(("v1=" + expected, "output", "hook1-1", "1"), (first.Headers["X-Tether-Signature"], first.Headers["X-Tether-Event"], first.Headers["X-Tether-Delivery"], first.Headers["X-Tether-Attempt"]));
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(timestamp), -1, 60);
    }

    [Fact]
    public void Only_what_is_wanted_comes_and_the_cursor_goes_beyond_the_rest()
    {
        var delivery = Start(Hook() with { Types = ["user_input"], Session = A });
        Log(A, "1");
        Log(B, "2", "user_input");
        Log(A, "3", "user_input");
        Log(A, "4");
        Soon.Is(() => delivery.Hook.Cursor == 4);
        Assert.Equal("hook1-3", Assert.Single(_receiver.Got).Headers["X-Tether-Delivery"]);
    }

    [Fact]
    public void A_hook_whose_cursor_is_of_another_log_is_told_what_comes_next()
    {
        Log(A, "1");
        var delivery = Start(Hook() with { Cursor = 500 });
        Soon.Is(() => delivery.Hook.Cursor == 1);
        Log(A, "2");
        Soon.Is(() => _receiver.Got.Count == 1);
        Assert.Equal("hook1-2", Assert.Single(_receiver.Got).Headers["X-Tether-Delivery"]);
    }

    [Fact]
    public async Task A_hook_goes_on_where_it_was_after_a_restart()
    {
        Start(Hook());
        Log(A, "1");
        Soon.Is(() => _store.Hooks().Single().Cursor == 1);
        await StopAsync();
        Log(A, "2");
        using var again = new CancellationTokenSource();
        var loop = Task.Run(() => new WebhookDelivery(_store.Hooks().Single(), _log, _store, _sender, _clock, new Random(1), new ListLogger()).RunAsync(again.Token));
        Soon.Is(() => _receiver.Got.Count == 2);
        await again.CancelAsync();
        await loop.WaitAsync(Soon.Limit);
        Assert.Equal(["hook1-1", "hook1-2"], _receiver.Got.Select(one => one.Headers["X-Tether-Delivery"]));
    }

    [Fact]
    public void What_is_not_taken_comes_again_before_anything_else_with_the_same_name()
    {
        _receiver.Answer = one => one.Headers["X-Tether-Attempt"] == "3" || one.Headers["X-Tether-Delivery"] != "hook1-1" ? 200 : 500;
        var delivery = Start(Hook());
        Log(A, "1");
        Log(A, "2");
        Soon.Is(() => delivery.Report.Attempts == 1);
        Assert.Equal("answered 500", delivery.Report.LastError);
        AwaitMoving(() => _receiver.Got.Count == 4);
        Assert.Equal(["hook1-1 1", "hook1-1 2", "hook1-1 3", "hook1-2 1"], _receiver.Got.Select(one => $"{one.Headers["X-Tether-Delivery"]} {one.Headers["X-Tether-Attempt"]}"));
        Soon.Is(() => delivery.Report is { LastError: null, DeliveredAt: not null });
    }

    [Fact]
    public async Task What_is_never_taken_becomes_a_dead_letter_and_the_next_event_comes()
    {
        _receiver.Answer = one => one.Headers["X-Tether-Delivery"] == "hook1-1" ? 503 : 204;
        var delivery = Start(Hook());
        Log(A, "lost");
        Log(A, "2");
        AwaitMoving(() => _receiver.Got.Count == WebhookDelivery.MostAttempts + 1);
        var letter = Assert.Single(_store.Letters("hook1", 10));
        Assert.Equal((1, "output", WebhookDelivery.MostAttempts, "answered 503"), (letter.EventId, letter.Type, letter.Attempts, letter.Error));
        Assert.Equal(_receiver.Got.First().Body, Encoding.UTF8.GetString(letter.Body.Span));
        Soon.Is(() => delivery.Report.DeliveredAt is not null);
        await StopAsync();
        Assert.Equal(2, _store.Hooks().Single().Cursor);
    }

    [Fact]
    public void While_a_receiver_is_gone_each_event_is_tried_once_and_when_it_is_back_as_often_as_ever()
    {
        _receiver.Answer = one => (one.Headers["X-Tether-Delivery"], one.Headers["X-Tether-Attempt"]) is ("hook1-3", _) or ("hook1-4", "2") ? 200 : 503;
        Start(Hook());
        Log(A, "1");
        Log(A, "2");
        Log(A, "3");
        Log(A, "4");
        AwaitMoving(() => _receiver.Got.Count == WebhookDelivery.MostAttempts + 1 + 1 + 2);
        Assert.Equal(
            [("hook1-1", WebhookDelivery.MostAttempts), ("hook1-2", 1), ("hook1-3", 1), ("hook1-4", 2)],
            _receiver.Got.CountBy(one => one.Headers["X-Tether-Delivery"]).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([2L, 1L], _store.Letters("hook1", 10).Select(letter => letter.EventId));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _receiver.Answer = _ => 307;
        Assert.Equal("answered 307; redirects are not followed", await SendAsync(_sender));
        Assert.Equal("/hook", Assert.Single(_receiver.Got).Path);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    public async Task Nothing_is_sent_to_addresses_of_the_link(string url) =>
        Assert.Contains("link-local", await _sender.SendAsync(Hook() with { Url = new Uri(url) }, 1, "output", "{}"u8.ToArray(), 1, CancellationToken.None), StringComparison.Ordinal);

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_given_up_in_time()
    {
        _receiver.Answer = _ => 0;
        using var sender = new WebhookSender(_clock);
        var sending = SendAsync(sender);
        AwaitMoving(() => sending.IsCompleted);
        Assert.Equal("no answer within 10 s", await sending);
    }

    [Fact]
    public async Task Only_so_many_deliveries_are_on_their_way_at_once()
    {
        _receiver.Answer = _ => 0;
        using var stop = new CancellationTokenSource();
        var sending = Enumerable.Range(0, WebhookSender.MostAtOnce + 5).Select(_ => _sender.SendAsync(Hook(), 1, "output", "{}"u8.ToArray(), 1, stop.Token)).ToList();
        Soon.Is(() => _receiver.Got.Count == WebhookSender.MostAtOnce);
        Assert.DoesNotContain(sending, one => one.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(sending).WaitAsync(Soon.Limit));
        Assert.Equal(WebhookSender.MostAtOnce, _receiver.Got.Count);
    }

    [Fact]
    public async Task Nobody_there_is_an_error_like_any_other()
    {
        var url = _receiver.Url;
        await _receiver.DisposeAsync();
        Assert.NotNull(await _sender.SendAsync(Hook() with { Url = url }, 1, "output", "{}"u8.ToArray(), 1, CancellationToken.None));
        _receiver = await WebhookReceiver.StartAsync();
    }

    [Fact]
    public void Pauses_grow_to_five_minutes_and_are_spread()
    {
        var random = new Random(1);
        for (var attempt = 1; attempt < 20; attempt++)
        {
            var most = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), 300));
            var pauses = Enumerable.Range(0, 50).Select(_ => WebhookDelivery.PauseAfter(attempt, random)).ToList();
            Assert.All(pauses, pause => Assert.InRange(pause, most / 2, most));
            Assert.True(pauses.Max() - pauses.Min() > most / 10);
        }
    }

    [Fact]
    public void Of_dead_letters_the_newest_are_kept()
    {
        _store.Save(Hook());
        for (var i = 1; i <= WebhookStore.MostLetters + 3; i++)
        {
            _store.GiveUp(new DeadLetter("hook1", i, "output", DateTimeOffset.UnixEpoch, 1, "no", "{}"u8.ToArray()));
        }

        var kept = _store.Letters("hook1", int.MaxValue);
        Assert.Equal((WebhookStore.MostLetters, WebhookStore.MostLetters + 3, 4), (kept.Count, kept[0].EventId, kept[^1].EventId));
        Assert.Equal(WebhookStore.MostLetters + 3, _store.Hooks().Single().Cursor);
    }

    private Webhook Hook() => new() { Id = "hook1", Url = _receiver.Url, Secret = Secret, Types = [], CreatedAt = DateTimeOffset.UnixEpoch, Cursor = 0 };

    private Task<string?> SendAsync(WebhookSender sender) => sender.SendAsync(Hook(), 1, "output", "{}"u8.ToArray(), 1, CancellationToken.None);

    private void Log(string session, string text, string type = "output") => _log.Post(session, DateTimeOffset.UnixEpoch, type, EventLogRig.Data(text));

    private WebhookDelivery Start(Webhook hook)
    {
        _store.Save(hook);
        var delivery = new WebhookDelivery(hook, _log, _store, _sender, _clock, new Random(1), new ListLogger());
        _loop = Task.Run(() => delivery.RunAsync(_stop.Token));
        return delivery;
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(Soon.Limit);
    }

    private void AwaitMoving(Func<bool> condition) => Soon.Is(() =>
    {
        _clock.Move(TimeSpan.FromMinutes(1));
        return condition();
    });
}
