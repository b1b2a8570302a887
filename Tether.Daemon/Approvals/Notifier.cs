using System.Threading.Channels;
using Tether.Daemon.Approvals.Alerts;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Calls a person once for each new item of the queue: what an agent waits with at once, what is merely news after a moment, if it is still open then; not at
/// all while somebody looks at the session. Items arrive on any thread; one loop tells them, in their order.
/// </summary>
internal sealed class Notifier : IDisposable
{
    // A person who is there has seen what is done within this time.
    private static readonly TimeSpan NewsDelay = TimeSpan.FromSeconds(5);

    // What a vague item was about is known within this time, and becomes an item of its own: the person has been called for it.
    private static readonly TimeSpan ExplanationLimit = TimeSpan.FromSeconds(10);

    // More than anybody wants to be told at once; what does not fit stands in the queue all the same.
    private const int MostWaiting = 64;

    private readonly Channel<QueueItem> _due = Channel.CreateBounded<QueueItem>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly CancellationTokenSource _ends = new();
    private readonly IAlertOutlets _outlets;
    private readonly Func<string, bool> _isOpen;
    private readonly Func<string, SessionRecord?> _find;
    private readonly bool _withContent;
    private readonly TimeProvider _clock;
    private readonly Action<Exception> _failed;
    private readonly Lazy<Task> _loop;

    // The loop's: for each session when its last item was told, if that only said that something is asked.
    private readonly Dictionary<string, DateTimeOffset> _vague = [];

    /// <param name="outlets">The ways to the person.</param>
    /// <param name="isOpen">Whether the item with this id still waits for somebody, and is not put off.</param>
    /// <param name="find">A session by its id.</param>
    /// <param name="withContent">What is asked is told too, not only that something is.</param>
    /// <param name="clock">For the delay.</param>
    /// <param name="failed">Told what went wrong with one item; the next one is told all the same.</param>
    public Notifier(
        IAlertOutlets outlets, Func<string, bool> isOpen, Func<string, SessionRecord?> find, bool withContent, TimeProvider clock, Action<Exception> failed)
    {
        (_outlets, _isOpen, _find, _withContent, _clock, _failed) = (outlets, isOpen, find, withContent, clock, failed);
        _loop = new Lazy<Task>(() => Task.Run(RunAsync));
    }

    /// <summary>Waits until the items that came so far are on disk: what is told is not told again by the next daemon.</summary>
    public Action Keep { get; init; } = static () => { };

    /// <summary>A new item stands in the queue. Does not wait.</summary>
    public void Arrived(QueueItem item)
    {
        if (Alert.CanWait(item.Kind))
        {
            Task.Delay(NewsDelay, _clock, _ends.Token).ContinueWith(
                _ => Due(item), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
        else
        {
            Due(item);
        }
    }

    public void Dispose()
    {
        _ends.Cancel();
        _due.Writer.TryComplete();
        _ = _loop.IsValueCreated && _loop.Value.Wait(TimeSpan.FromSeconds(2));
        _ends.Dispose();
    }

    private void Due(QueueItem item)
    {
        _due.Writer.TryWrite(item);
        _ = _loop.Value;
    }

    private async Task RunAsync()
    {
        await foreach (var item in _due.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await TellAsync(item).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _failed(e);
            }
        }
    }

    private async Task TellAsync(QueueItem item)
    {
        if (_ends.IsCancellationRequested || !_isOpen(item.Id) || ExplainsTheLast(item) || await _outlets.IsLookedAtAsync(item.Session).ConfigureAwait(false))
        {
            return;
        }

        if (item is { Way: AnswerWay.Terminal, Kind: QueueKind.Approval or QueueKind.Question })
        {
            var now = _clock.GetUtcNow();
            _vague.Where(told => now - told.Value > ExplanationLimit).ToList().ForEach(told => _vague.Remove(told.Key));
            _vague[item.Session] = now;
        }

        Keep();
        var alert = Alert.Of(item, _find(item.Session), _withContent);
        if (!_outlets.TellSubscriber(item.Session, alert) && !await _outlets.TellTerminalAsync(alert).ConfigureAwait(false))
        {
            _outlets.TellDesktop(alert);
        }

        _outlets.RunCommand(item);
    }

    private bool ExplainsTheLast(QueueItem item) =>
        !Alert.CanWait(item.Kind) && _vague.Remove(item.Session, out var told) && _clock.GetUtcNow() - told <= ExplanationLimit;
}
