using Tether.Daemon.Native;

namespace Tether.Daemon;

/// <summary>There is one daemon for a runtime folder, and one for a data folder: who holds the lock on its file. The kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly int _fd;

    private InstanceLock(int fd) => _fd = fd;

    /// <summary>Takes the lock, waiting for a daemon that is about to end; null when another one serves.</summary>
    /// <param name="isServed">Whether a daemon answers.</param>
    /// <param name="patience">How long a daemon that does not answer may take to end.</param>
    /// <param name="clock">For the patience.</param>
    /// <param name="problem">What to say when it is over.</param>
    /// <exception cref="IOException">Another daemon holds the lock and does not answer.</exception>
    public static InstanceLock? Take(string path, Func<bool> isServed, TimeSpan patience, TimeProvider clock, string? problem = null)
    {
        var fd = NativeError.Check(Libc.open(path, Libc.O_RDWR | Libc.O_CREAT | Libc.O_CLOEXEC, 0x180), $"open {path}");
        using var never = new ManualResetEventSlim();
        var start = clock.GetTimestamp();
        while (Libc.flock(fd, Libc.LOCK_EX | Libc.LOCK_NB) != 0)
        {
            if (isServed())
            {
                _ = Libc.close(fd);
                return null;
            }

            if (clock.GetElapsedTime(start) > patience)
            {
                _ = Libc.close(fd);
                throw new IOException(problem ?? $"another daemon holds {path} but does not answer");
            }

            never.Wait(Pause);
        }

        return new InstanceLock(fd);
    }

    public void Dispose() => _ = Libc.close(_fd);
}
