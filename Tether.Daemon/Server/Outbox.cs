using Tether.Daemon.Native;

namespace Tether.Daemon.Server;

/// <summary>
/// What leaves by one local connection, in order. What the socket takes at once is sent on the caller's thread; the rest waits for a
/// thread of its own, which is started when it is first needed. No caller ever waits for a client.
/// </summary>
internal sealed class Outbox(UnixSocket socket)
{
    // Messages are small and rare; a client that leaves so many, or so many bytes, unread has stopped reading for good.
    private const int MaxWaiting = 64 * 1024;
    private const long MaxWaitingBytes = 8 << 20;

    private readonly Queue<(ReadOnlyMemory<byte> Bytes, Action<bool>? Sent)> _waiting = new();
    private readonly object _gate = new();
    private long _waitingBytes;
    private bool _hasThread;
    private bool _isSending;
    private bool _isClosed;

    /// <summary>Sends the bytes, now or later; <paramref name="sent"/> hears when the socket has them, or that it never will.</summary>
    public void Send(ReadOnlyMemory<byte> bytes, Action<bool>? sent = null)
    {
        bool? outcome = null;
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= MaxWaiting || _waitingBytes >= MaxWaitingBytes)
            {
                outcome = false;
                CloseLocked();
            }
            else if (_waiting.Count > 0)
            {
                Enqueue(bytes, sent);
            }
            else if (socket.SendNow(bytes.Span) is var count && count < bytes.Length)
            {
                Enqueue(bytes[Math.Max(0, count)..], sent);
                WakeSender();
            }
            else
            {
                outcome = true;
            }
        }

        if (outcome is { } known)
        {
            sent?.Invoke(known);
        }
    }

    /// <summary>Sends a head and what belongs behind it.</summary>
    public void Send(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> bytes, Action<bool> sent)
    {
        lock (_gate)
        {
            Send(head);
            Send(bytes, sent);
        }
    }

    /// <summary>What still waits is dropped.</summary>
    public void Close()
    {
        lock (_gate)
        {
            CloseLocked();
        }
    }

    /// <summary>Closes, and returns once nobody uses the socket any more: its number may soon be another file's.</summary>
    public void CloseAndWait()
    {
        lock (_gate)
        {
            CloseLocked();
            while (_isSending)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    private void Enqueue(ReadOnlyMemory<byte> bytes, Action<bool>? sent)
    {
        _waiting.Enqueue((bytes, sent));
        _waitingBytes += bytes.Length;
    }

    // Once: afterwards the socket's number may be another file's.
    private void CloseLocked()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        socket.Shutdown();
        Monitor.PulseAll(_gate);
    }

    private void WakeSender()
    {
        if (_hasThread)
        {
            Monitor.PulseAll(_gate);
            return;
        }

        _hasThread = true;
        new Thread(SendWaiting, 128 * 1024) { Name = "local sender", IsBackground = true }.Start();
    }

    private void SendWaiting()
    {
        while (true)
        {
            (ReadOnlyMemory<byte> Bytes, Action<bool>? Sent) next;
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_isClosed)
                {
                    Monitor.Wait(_gate);
                }

                if (_waiting.Count == 0)
                {
                    return;
                }

                next = _waiting.Peek();
                _isSending = !_isClosed;
            }

            // Only this thread changes it.
            var isSent = _isSending && socket.Send(next.Bytes.Span);
            lock (_gate)
            {
                _isSending = false;
                _waiting.Dequeue();
                _waitingBytes -= next.Bytes.Length;
                Monitor.PulseAll(_gate);
            }

            next.Sent?.Invoke(isSent);
        }
    }
}
