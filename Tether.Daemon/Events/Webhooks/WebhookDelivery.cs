using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Events.Webhooks;

/// <summary>
/// Tells one webhook, in order and each event at least once: what could not be delivered is tried again with growing pauses, and becomes a dead letter in the end. From then
/// on each event is tried once, until one is taken: a receiver that is gone does not hold up what comes later. Its loop is started by <see cref="WebhookDesk"/> and ends with
/// it, or with a change of the hook.
/// </summary>
internal sealed class WebhookDelivery(Webhook hook, IEventLog log, WebhookStore store, WebhookSender sender, TimeProvider clock, Random jitter, ILogger logger)
{
    /// <summary>Tries for one event, over about ten minutes.</summary>
    public const int MostAttempts = 10;

    private const int PageEvents = 50;

    // A cursor that only left events out need not be kept each time.
    private const int KeptEvery = 1000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly HashSet<string>? _types = hook.Types.Length > 0 ? [.. hook.Types] : null;
    private bool _isGone;
    private long _cursor = hook.Cursor;
    private long _kept = hook.Cursor;
    private volatile WebhookReport _report = new(null, null, 0);

    public Webhook Hook => hook with { Cursor = Interlocked.Read(ref _cursor) };

    /// <summary>How the last deliveries went.</summary>
    public WebhookReport Report => _report;

    /// <summary>The pause before an event is tried again.</summary>
    /// <param name="attempt">The one that failed, 1 for the first.</param>
    /// <param name="jitter">Spreads hooks that failed together: between half of the pause and all of it.</param>
    public static TimeSpan PauseAfter(int attempt, Random jitter)
    {
        var pause = Math.Min(Math.Pow(2, attempt - 1), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (0.5 + (jitter.NextDouble() / 2)));
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await DeliverNextAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // As when log or store fail: nothing is lost, only later.
                logger.WebhookStuck(hook.Id, e.Message);
                await Task.Delay(LongestPause / 10, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        KeepCursor();
    }

    private async Task DeliverNextAsync(CancellationToken stop)
    {
        var page = log.ReadAll(_cursor, _types, PageEvents);
        if (page.Next == _cursor)
        {
            await log.WaitAsync(null, _cursor, stop).ConfigureAwait(false);
            return;
        }

        foreach (var happened in page.Events.Where(happened => hook.Session is null || hook.Session == happened.Session))
        {
            await DeliverAsync(happened, stop).ConfigureAwait(false);
        }

        Interlocked.Exchange(ref _cursor, page.Next);
        if (Math.Abs(_cursor - _kept) >= KeptEvery)
        {
            Keep();
        }
    }

    private async Task DeliverAsync(LoggedEvent happened, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var error = await sender.SendAsync(hook, happened.Id, happened.Type, happened.Json, attempt, stop).ConfigureAwait(false);
            if (error is null)
            {
                _isGone = false;
                Interlocked.Exchange(ref _cursor, happened.Id);
                Keep();
                _report = new WebhookReport(clock.GetUtcNow(), null, 0);
                return;
            }

            _report = _report with { LastError = error, Attempts = attempt };
            logger.WebhookFailed(hook.Id, happened.Id, attempt, error);
            if (_isGone || attempt == MostAttempts)
            {
                _isGone = true;
                store.GiveUp(new DeadLetter(hook.Id, happened.Id, happened.Type, clock.GetUtcNow(), attempt, error, happened.Json));
                Interlocked.Exchange(ref _cursor, happened.Id);
                _kept = happened.Id;
                return;
            }

            await Task.Delay(PauseAfter(attempt, jitter), clock, stop).ConfigureAwait(false);
        }
    }

    private void Keep()
    {
        store.SaveCursor(hook.Id, _cursor);
        _kept = _cursor;
    }

    private void KeepCursor()
    {
        try
        {
            Keep();
        }
        catch (SqliteException e)
        {
            logger.WebhookStuck(hook.Id, e.Message);
        }
    }
}

/// <summary>How a webhook's last deliveries went.</summary>
/// <param name="DeliveredAt">When the last one was taken; null when none was since the daemon's start.</param>
/// <param name="LastError">Why the present event could not be delivered; null when all is well.</param>
/// <param name="Attempts">How often it was tried.</param>
internal sealed record WebhookReport(DateTimeOffset? DeliveredAt, string? LastError, int Attempts);
