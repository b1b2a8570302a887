using System.Runtime.InteropServices;

namespace Tether.Daemon.Keeper;

/// <summary>
/// The caller's umask for as long as a program is started: posix_spawn has no attribute for it, and what a program writes must be as private as in the
/// shell that started it. The keeper has no other thread that makes files.
/// </summary>
internal readonly ref partial struct FileModeMask
{
    private readonly int _previous;

    /// <param name="mask">0–511; anything else leaves the keeper's own.</param>
    public FileModeMask(int mask) => _previous = mask is >= 0 and <= 0x1ff ? umask(mask) : -1;

    public void Dispose()
    {
        if (_previous >= 0)
        {
            _ = umask(_previous);
        }
    }

    [LibraryImport("libc")]
    private static partial int umask(int mask);
}
