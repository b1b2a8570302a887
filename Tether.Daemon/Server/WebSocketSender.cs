using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Server;

/// <summary>
/// The outgoing half of a WebSocket: whatever is sent, from any thread, waits in one queue that one pump on the thread pool empties.
/// Nobody waits, and what waits is bounded: messages by number and size, frames because each channel has one at a time.
/// </summary>
internal sealed class WebSocketSender(WebSocket socket, ILogger log, TimeProvider time) : IThreadPoolWorkItem
{
    public const int MostMessages = 1000;

    // One reply may be as large as it likes; further ones wait behind it only up to this.
    private const long MostMessageBytes = 32 << 20;

    // For the peer to take what is on its way and to say goodbye.
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    // ---- under _gate ----
    private readonly Queue<Outgoing> _queue = new();
    private int _messages;
    private long _messageBytes;
    private bool _isPumping;
    private (WebSocketCloseStatus Status, string Reason)? _close;
    private ITimer? _closeTimer;
    private bool _isGone;

    /// <summary>Done when nothing more will be sent: the goodbye is out, or the connection is gone.</summary>
    public Task Ended => _ended.Task;

    public void Send(byte[] json)
    {
        bool isTooMuch;
        lock (_gate)
        {
            isTooMuch = _messages >= MostMessages || (_messages > 0 && _messageBytes + json.Length > MostMessageBytes);
            if (Accepts() && !isTooMuch)
            {
                _messages++;
                _messageBytes += json.Length;
                Enqueue(new Outgoing(json, WebSocketMessageType.Text, null));
            }
        }

        if (isTooMuch)
        {
            DropQueue();
            Close(WebSocketCloseStatus.PolicyViolation, $"more than {MostMessages} messages wait to be read");
        }
    }

    public void SendFrame(ReadOnlyMemory<byte> frame, Action<bool> sent)
    {
        lock (_gate)
        {
            if (Accepts())
            {
                Enqueue(new Outgoing(frame, WebSocketMessageType.Binary, sent));
                return;
            }
        }

        sent(false);
    }

    /// <summary>Says goodbye behind what is queued, and breaks the connection if the peer does not take it.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        lock (_gate)
        {
            if (Accepts())
            {
                _close = (status, reason);
                _closeTimer = time.CreateTimer(_ => Abandon(), null, CloseLimit, Timeout.InfiniteTimeSpan);
                StartPump();
            }
        }
    }

    /// <summary>The connection is gone: nothing more is sent.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isGone = true;
            _closeTimer?.Dispose();
        }

        socket.Abort();
        DropQueue();
        _ended.TrySetResult();
    }

    async void IThreadPoolWorkItem.Execute()
    {
        try
        {
            while (Next() is { } item)
            {
                await SendAsync(item).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            Abandon();
        }
        catch (Exception e)
        {
            // Nobody awaits the pump: what it threw would end the daemon.
            log.SendFailed(e);
            Abandon();
        }
    }

    private bool Accepts() => !_isGone && _close is null;

    private void Enqueue(Outgoing item)
    {
        _queue.Enqueue(item);
        StartPump();
    }

    // Never pumped on the sender's own thread: a session must not do a client's writing, nor be called back within its own call.
    private void StartPump()
    {
        if (!_isPumping)
        {
            _isPumping = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private Outgoing? Next()
    {
        lock (_gate)
        {
            if (_queue.TryDequeue(out var item))
            {
                if (item.Sent is null)
                {
                    _messages--;
                    _messageBytes -= item.Bytes.Length;
                }

                return item;
            }

            if (_close is not null && !_isGone && !_ended.Task.IsCompleted)
            {
                return new Outgoing(default, WebSocketMessageType.Close, null);
            }

            _isPumping = false;
            return null;
        }
    }

    private async ValueTask SendAsync(Outgoing item)
    {
        if (item.Type == WebSocketMessageType.Close)
        {
            var (status, reason) = _close!.Value;
            await socket.CloseOutputAsync(status, reason, CancellationToken.None).ConfigureAwait(false);
            _ended.TrySetResult();
            return;
        }

        var isSent = false;
        try
        {
            await socket.SendAsync(item.Bytes, item.Type, WebSocketMessageFlags.EndOfMessage, CancellationToken.None).ConfigureAwait(false);
            isSent = true;
        }
        finally
        {
            item.Sent?.Invoke(isSent);
        }
    }

    private void DropQueue()
    {
        Outgoing[] dropped;
        lock (_gate)
        {
            dropped = [.. _queue];
            _queue.Clear();
            _messages = 0;
            _messageBytes = 0;
        }

        foreach (var item in dropped)
        {
            item.Sent?.Invoke(false);
        }
    }

    private readonly record struct Outgoing(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Type, Action<bool>? Sent);
}
