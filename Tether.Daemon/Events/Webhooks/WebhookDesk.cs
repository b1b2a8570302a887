using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Events.Webhooks;

/// <summary>All webhooks, each with a loop that delivers. Any thread may call.</summary>
internal sealed class WebhookDesk : IDisposable
{
    /// <summary>More are refused.</summary>
    public const int Most = 32;

    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    private readonly IEventLog _log;
    private readonly WebhookStore _store;
    // Most daemons have no webhook, and the first HTTP client takes 30 ms.
    private readonly Lazy<WebhookSender> _sender;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changes = new(1);
    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Dictionary<string, Running> _running = [];

    public WebhookDesk(string path, IEventLog log, TimeProvider clock, ILogger logger)
    {
        (_log, _clock, _logger) = (log, clock, logger);
        _store = new WebhookStore(path);
        _sender = new Lazy<WebhookSender>(() => new WebhookSender(clock));
    }

    /// <summary>Goes on where the last daemon ended.</summary>
    public void Start()
    {
        try
        {
            foreach (var hook in _store.Exists ? _store.Hooks() : [])
            {
                Run(hook);
            }
        }
        catch (SqliteException e)
        {
            _logger.WebhooksNotRead(e.Message);
        }
    }

    /// <summary>The oldest first, with how the last deliveries went.</summary>
    public IReadOnlyList<(Webhook Hook, WebhookReport Report)> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _running.Values.Select(running => (running.Delivery.Hook, running.Delivery.Report)).OrderBy(pair => pair.Hook.CreatedAt)];
            }
        }
    }

    public (Webhook Hook, WebhookReport Report)? Find(string id) => FindRunning(id) is { } running ? (running.Delivery.Hook, running.Delivery.Report) : null;

    /// <summary>Makes a webhook that is told from now on, or from an event on; null when there are too many.</summary>
    /// <param name="secret">Null to make one.</param>
    /// <param name="since">The id of the last event that it is not told of; null for the newest.</param>
    /// <exception cref="SqliteException">It cannot be kept.</exception>
    public Webhook? Add(Uri url, string? secret, string[] types, string? session, long? since)
    {
        var hook = new Webhook
        {
            Id = RandomNumberGenerator.GetString(Alphabet, 12),
            Url = url,
            Secret = secret ?? "whsec_" + RandomNumberGenerator.GetString(Alphabet, 40),
            Types = types,
            Session = session,
            CreatedAt = _clock.GetUtcNow(),
            Cursor = since ?? _log.LastId,
        };
        lock (_gate)
        {
            if (_running.Count >= Most)
            {
                return null;
            }

            _store.Save(hook);
            Run(hook);
            return hook;
        }
    }

    /// <summary>Changes a webhook; null when there is none of that id.</summary>
    /// <exception cref="SqliteException">It cannot be kept.</exception>
    public async Task<Webhook?> ChangeAsync(string id, Func<Webhook, Webhook> change)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            if (FindRunning(id) is not { } running)
            {
                return null;
            }

            // The old loop ends before the new one begins: nothing is told by both.
            await running.EndAsync().ConfigureAwait(false);
            var hook = running.Delivery.Hook;
            try
            {
                var changed = change(hook);
                _store.Save(changed);
                hook = changed;
            }
            finally
            {
                Run(hook);
            }

            return hook;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>False when there is none of that id.</summary>
    /// <exception cref="SqliteException">It is still there, and the daemon's next start brings it back.</exception>
    public async Task<bool> RemoveAsync(string id)
    {
        await _changes.WaitAsync().ConfigureAwait(false);
        try
        {
            if (FindRunning(id) is not { } running)
            {
                return false;
            }

            await running.EndAsync().ConfigureAwait(false);
            lock (_gate)
            {
                _running.Remove(id);
            }

            _store.Remove(id);
            return true;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Sends something that is no event, once.</summary>
    /// <returns>Null when it was taken, else why it was not.</returns>
    public Task<string?> PingAsync(Webhook hook, CancellationToken stop) =>
        _sender.Value.SendAsync(hook, 0, "ping", EventJson.Write(json =>
        {
            json.WriteString("type", "ping");
            json.WriteString("webhook", hook.Id);
            json.WriteString("ts", EventJson.TimeText(_clock.GetUtcNow()));
        }), 1, stop);

    public IReadOnlyList<DeadLetter> Letters(string hook, int limit) => _store.Letters(hook, limit);

    public DeadLetter? FindLetter(string hook, long eventId) => _store.FindLetter(hook, eventId);

    public void RemoveLetter(DeadLetter letter) => _store.RemoveLetter(letter.Hook, letter.EventId);

    /// <summary>Sends a dead letter once more; one that is taken is gone from the list.</summary>
    /// <returns>Null when it was taken, else why it was not.</returns>
    public async Task<string?> ResendAsync(Webhook hook, DeadLetter letter, CancellationToken stop)
    {
        var error = await _sender.Value.SendAsync(hook, letter.EventId, letter.Type, letter.Body, letter.Attempts + 1, stop).ConfigureAwait(false);
        if (error is null)
        {
            RemoveLetter(letter);
        }

        return error;
    }

    public void Dispose()
    {
        List<Running> running;
        lock (_gate)
        {
            running = [.. _running.Values];
            _running.Clear();
        }

        Task.WaitAll([.. running.Select(one => one.EndAsync())], EndLimit);
        if (_sender.IsValueCreated)
        {
            _sender.Value.Dispose();
        }

        _store.Dispose();
        _changes.Dispose();
    }

    private Running? FindRunning(string id)
    {
        lock (_gate)
        {
            return _running.GetValueOrDefault(id);
        }
    }

    private void Run(Webhook hook)
    {
        var running = new Running(new WebhookDelivery(hook, _log, _store, _sender.Value, _clock, Random.Shared, _logger));
        running.Start();
        lock (_gate)
        {
            _running[hook.Id] = running;
        }
    }

    private sealed class Running(WebhookDelivery delivery)
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _loop = Task.CompletedTask;

        public WebhookDelivery Delivery => delivery;

        public void Start() => _loop = delivery.Hook.IsActive ? Task.Run(() => delivery.RunAsync(_stop.Token)) : Task.CompletedTask;

        public async Task EndAsync()
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
        }
    }
}
