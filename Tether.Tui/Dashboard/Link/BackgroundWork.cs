using System.Collections.Concurrent;
using Tether.Tui.Native;

namespace Tether.Tui.Dashboard.Link;

/// <summary>Work that would hold the loop up (git, programs, files) is done on other threads; what follows from it, on the loop's.</summary>
internal sealed class BackgroundWork : IDisposable
{
    private readonly (int Read, int Write) _pipe = Descriptor.Pipe();
    private readonly ConcurrentQueue<Action> _done = new();
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <summary>Readable when <see cref="Take"/> has something to do.</summary>
    public int WaitDescriptor => _pipe.Read;

    /// <summary>Does the work elsewhere, then calls <paramref name="then"/> from <see cref="Take"/>. Work that fails is not followed by anything.</summary>
    public void Start<T>(Func<T> work, Action<T> then) => ThreadPool.QueueUserWorkItem(_ =>
    {
        T result;
        try
        {
            result = work();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return;
        }

        _done.Enqueue(() => then(result));
        lock (_gate)
        {
            if (!_isDisposed)
            {
                Descriptor.Write(_pipe.Write, [1]);
            }
        }
    });

    /// <summary>Carries out what follows from finished work.</summary>
    public void Take()
    {
        Span<byte> woken = stackalloc byte[64];
        if (Poller.WaitReadable(_pipe.Read, 0))
        {
            Descriptor.Read(_pipe.Read, woken);
        }

        while (_done.TryDequeue(out var action))
        {
            action();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Descriptor.Close(_pipe.Read);
            Descriptor.Close(_pipe.Write);
        }
    }
}
