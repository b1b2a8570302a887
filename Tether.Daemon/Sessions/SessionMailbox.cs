using System.Threading.Channels;
using Tether.Daemon.Native;

namespace Tether.Daemon.Sessions;

/// <summary>Work that other threads leave for a session's thread. Its descriptor becomes readable when there is some.</summary>
internal sealed class SessionMailbox : IDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Wakeup _wakeup = new();

    public int Descriptor => _wakeup.Descriptor;

    /// <summary>Has work done on the session's thread. False when the session is over.</summary>
    public bool Post(Action work)
    {
        if (!_work.Writer.TryWrite(work))
        {
            return false;
        }

        _wakeup.Signal();
        return true;
    }

    /// <summary>Asks the session's thread; null when the session is over, or <paramref name="isOver"/> says so when the question's turn comes.</summary>
    public Task<T?> Ask<T>(Func<T> question, Func<bool> isOver)
        where T : class
    {
        var answer = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPosted = Post(() =>
        {
            try
            {
                answer.SetResult(isOver() ? null : question());
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                answer.SetException(e);
            }
        });
        return isPosted ? answer.Task : Task.FromResult<T?>(null);
    }

    /// <summary>Does the work that has come so far, and before each piece what is given. On the session's thread.</summary>
    public void Run(Action? before = null)
    {
        _wakeup.Clear();
        while (_work.Reader.TryRead(out var work))
        {
            before?.Invoke();
            work();
        }
    }

    /// <summary>No more work is taken; what came too late is given out.</summary>
    public IEnumerable<Action> Close()
    {
        _work.Writer.TryComplete();
        while (_work.Reader.TryRead(out var late))
        {
            yield return late;
        }
    }

    public void Dispose() => _wakeup.Dispose();
}
